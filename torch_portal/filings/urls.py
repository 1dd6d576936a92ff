"""Addresses that the pages of every line use."""

from django.urls import path

from torch_portal.filings.guided.places import places

app_name = "filings"
urlpatterns = [path("places/", places, name="places")]
