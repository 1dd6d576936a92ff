"""Addresses of the enterprise's pages."""

from django.urls import path

from contracts import views

app_name = "contracts"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("start/", views.start, name="start"),
    path("divisions/", views.divisions, name="divisions"),
    path("imports/", views.import_list, name="imports"),
    path("imports/template/", views.import_template, name="import_template"),
    path("imports/drafts/", views.import_drafts, name="import_drafts"),
    path("imports/<int:run_pk>/", views.import_run, name="import_run"),
    path("imports/<int:run_pk>/columns/", views.import_columns, name="import_columns"),
    path("imports/<int:run_pk>/words/", views.import_words, name="import_words"),
    path("imports/<int:run_pk>/take/", views.import_take, name="import_take"),
    path("imports/<int:run_pk>/drop/", views.import_drop, name="import_drop"),
    path("imports/<int:run_pk>/rows/<int:row_pk>/", views.import_row, name="import_row"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/files/", views.files, name="files"),
    path("<int:pk>/files/attach/", views.attach, name="attach"),
    path("<int:pk>/files/<int:attachment_pk>/", views.attachment, name="attachment"),
    path("<int:pk>/files/<int:attachment_pk>/remove/", views.detach, name="detach"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/party/", views.party, name="party"),
    path("<int:pk>/copy/", views.copy, name="copy"),
    path("<int:pk>/compute/", views.compute, name="compute"),
    path("<int:pk>/certificate/", views.certificate, name="certificate"),
    path("<int:pk>/certificate/status/", views.certificate_status, name="certificate_status"),
    path("<int:pk>/<slug:step>/", views.step, name="step"),
    path("<int:pk>/<slug:step>/autosave/", views.autosave, name="autosave"),
]
