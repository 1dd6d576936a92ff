"""Addresses of the enterprise's pages."""

from django.urls import path

from hitech_cert.queries.record import RECORD
from hitech_cert.views.after import after_urls
from hitech_cert.views.batches import batches
from hitech_cert.views.certified import certified, changes
from torch_portal.certificates.pages import issued_urls

app_name = "hitech_cert"
urlpatterns = [
    *issued_urls("hitech_cert", RECORD),
    *after_urls(),
    path("certified/", certified, name="certified"),
    path("changes/", changes, name="public_changes"),
    path("batches/", batches, name="batches"),
]
