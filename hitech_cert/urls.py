"""Addresses of the enterprise's pages."""

from django.urls import path

from hitech_cert.views.batches import batches
from hitech_cert.views.status import detail
from torch_portal.filings.pages.urls import shared_urls

app_name = "hitech_cert"
urlpatterns = [
    *shared_urls("hitech_cert"),
    path("batches/", batches, name="batches"),
    path("<int:pk>/", detail, name="detail"),
]
