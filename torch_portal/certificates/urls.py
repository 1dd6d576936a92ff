"""Addresses of public verification."""

from django.urls import path

from torch_portal.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.verify, name="verify"),
    path("<str:code>/", views.scan, name="scan"),
]
