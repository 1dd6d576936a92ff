"""Public addresses of the notice and the hotline."""

from django.urls import path

from torch_portal.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.notice_list, name="list"),
    path("hotlines/", views.hotlines, name="hotlines"),
]
