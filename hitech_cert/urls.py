"""Addresses of the certification."""

from hitech_cert.views.experts.urls import review_urls
from torch_portal.filings.pages.urls import shared_urls

app_name = "hitech_cert"
urlpatterns = [
    *shared_urls("hitech_cert"),
    *review_urls,
]
