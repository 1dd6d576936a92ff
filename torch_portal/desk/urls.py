"""Addresses of the cross-line pages."""

from django.urls import path

from torch_portal.desk import service, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
    path("desk/", views.mine, name="mine"),
    path("desk/start/", views.start, name="start"),
    path("desk/reminders/", service.reminders, name="reminders"),
    path("desk/handover/<int:enterprise_pk>/", service.hand_over, name="hand_over"),
    path("desk/filings/<int:pk>/", views.filing, name="filing"),
]
