"""Addresses of the enterprise's pages."""

from django.http import HttpResponse
from django.urls import path

app_name = "sme_eval"
urlpatterns = [
    path("<int:pk>/", lambda request, pk: HttpResponse(""), name="detail"),
]
