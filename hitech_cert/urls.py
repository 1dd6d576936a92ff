"""Addresses of the enterprise's pages."""

from django.urls import path

from hitech_cert.views.batches import batches

app_name = "hitech_cert"
urlpatterns = [
    path("batches/", batches, name="batches"),
]
