"""Addresses of the respondent's pages."""

from django.urls import path

from stats import views
from torch_portal.certificates.pages import issued_urls
from torch_portal.filings.pages.urls import shared_urls

app_name = "stats"
urlpatterns = [
    *shared_urls("stats"),
    *issued_urls("stats", ""),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/cancellation/", views.request_cancellation, name="request_cancellation"),
    path("<int:pk>/print/", views.print_return, name="print"),
    path("<int:pk>/scan/", views.scan, name="scan"),
]
