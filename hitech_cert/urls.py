"""Addresses of the certification."""

from hitech_cert.views.experts.urls import review_urls

app_name = "hitech_cert"
urlpatterns = [
    *review_urls,
]
