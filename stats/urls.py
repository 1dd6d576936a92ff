"""Addresses of the respondent's pages."""

from django.urls import path

from stats import views
from stats.views.guidance.urls import guidance_urls
from torch_portal.certificates.pages import issued_urls
from torch_portal.filings.pages.urls import shared_urls

app_name = "stats"
urlpatterns = [
    *shared_urls("stats"),
    *issued_urls("stats"),
    *guidance_urls,
    path("", views.guide, name="guide"),
    path("start/", views.start, name="start"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/answers/", views.answers, name="answers"),
    path("<int:pk>/messages/", views.thread, name="thread"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/checks.json", views.checks, name="checks"),
    path("<int:pk>/explanations/", views.explanations, name="explanations"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/cancellation/", views.request_cancellation, name="request_cancellation"),
    path("<int:pk>/print/", views.print_return, name="print"),
    path("<int:pk>/scan/", views.scan, name="scan"),
    path("<int:pk>/workbook/", views.sheet, name="sheet"),
    path("<int:pk>/workbook/file/", views.sheet_workbook, name="sheet_workbook"),
    path("<int:pk>/<slug:table>/", views.step, name="step"),
    path("<int:pk>/<slug:table>/autosave/", views.autosave, name="autosave"),
]
