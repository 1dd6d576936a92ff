"""Addresses of the public lists."""

from django.urls import path

from torch_portal.publicity import views

app_name = "publicity"
urlpatterns = [
    path("", views.index, name="index"),
    path("objections/", views.outcome, name="outcome"),
    path("<int:batch_pk>/", views.detail, name="detail"),
    path("<int:batch_pk>/list.<slug:suffix>", views.download, name="download"),
    path("<int:batch_pk>/object/", views.object_, name="object"),
]
