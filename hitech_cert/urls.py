"""Addresses of the enterprise's pages."""

from django.urls import path

from hitech_cert.views.batches import batches
from hitech_cert.views.status import detail
from hitech_cert.views.experts.urls import review_urls
from torch_portal.filings.pages.urls import shared_urls

app_name = "hitech_cert"
urlpatterns = [
    *shared_urls("hitech_cert"),
    *review_urls,
    path("batches/", batches, name="batches"),
    path("<int:pk>/", detail, name="detail"),
]
