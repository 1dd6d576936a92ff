"""Addresses of the respondents' pages."""

from stats.views.guidance.urls import guidance_urls

app_name = "stats"
urlpatterns = [
    *guidance_urls,
]
