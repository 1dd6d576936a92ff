"""Addresses of the enterprise's pages."""

from django.urls import path

from hitech_cert import views
from hitech_cert.queries.record import RECORD
from hitech_cert.views.after import after_urls
from hitech_cert.views.certified import certified, changes
from hitech_cert.views.experts.urls import review_urls
from torch_portal.certificates.pages import issued_urls
from torch_portal.filings.pages.urls import shared_urls

app_name = "hitech_cert"
urlpatterns = [
    *shared_urls("hitech_cert"),
    *issued_urls("hitech_cert", RECORD),
    *after_urls(),
    *review_urls,
    path("", views.guide, name="guide"),
    path("certified/", certified, name="certified"),
    path("changes/", changes, name="public_changes"),
    path("batches/", views.batches, name="batches"),
    path("start/", views.start, name="start"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/answers/", views.answers, name="answers"),
    path("<int:pk>/files/", views.files, name="files"),
    path("<int:pk>/files/attach/", views.attach, name="attach"),
    path("<int:pk>/files/<int:attachment_pk>/remove/", views.detach, name="detach"),
    path("<int:pk>/messages/", views.thread, name="thread"),
    path("<int:pk>/panel/", views.panel, name="panel"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/<slug:step>/", views.step, name="step"),
    path("<int:pk>/<slug:step>/autosave/", views.autosave, name="autosave"),
    path("<int:pk>/<slug:table>/add/", views.add_row, name="add_row"),
    path("<int:pk>/<slug:table>/<int:row_pk>/", views.row, name="row"),
    path("<int:pk>/<slug:table>/<int:row_pk>/autosave/", views.row_autosave, name="row_autosave"),
    path("<int:pk>/<slug:table>/<int:row_pk>/remove/", views.remove_row, name="remove_row"),
    path("<int:pk>/<slug:table>/sheet/", views.sheet, name="sheet"),
    path("<int:pk>/<slug:table>/sheet/workbook/", views.sheet_workbook, name="sheet_workbook"),
]
