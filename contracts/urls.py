"""Addresses of the enterprise's pages."""

from django.urls import path

from contracts import views
from contracts.queries import TEMPLATE
from torch_portal.certificates.pages import issued_urls
from torch_portal.filings.guided.places import places
from torch_portal.filings.pages.urls import shared_urls

app_name = "contracts"
urlpatterns = [
    *shared_urls("contracts"),
    *issued_urls("contracts", TEMPLATE),
    path("", views.guide, name="guide"),
    path("start/", views.start, name="start"),
    path("divisions/", places, name="divisions"),
    path("lists/", views.lists, name="lists"),
    path("lists/<slug:list_code>/", views.registration_list, name="list"),
    path("lists/<slug:list_code>/file/", views.list_file, name="list_file"),
    path("bought/", views.bought, name="bought"),
    path("bought/<int:access_pk>/end/", views.end_access, name="end_access"),
    path("<int:pk>/after/<slug:kind>/", views.ask, name="ask"),
    path("<int:pk>/matters/<int:matter_pk>/", views.matter, name="matter"),
    path(
        "<int:pk>/matters/<int:matter_pk>/withdraw/", views.withdraw_matter, name="withdraw_matter"
    ),
    path("<int:pk>/matters/<int:matter_pk>/state/", views.state_case, name="state_case"),
    path("<int:pk>/versions/<int:number>/", views.version, name="version"),
    path("<int:pk>/issued/<int:certificate_pk>/", views.issued, name="issued"),
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
    path("<int:pk>/answers/", views.answers, name="answers"),
    path("<int:pk>/files/", views.files, name="files"),
    path("<int:pk>/files/attach/", views.attach, name="attach"),
    path("<int:pk>/files/<int:attachment_pk>/remove/", views.detach, name="detach"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/messages/", views.thread, name="thread"),
    path("<int:pk>/party/", views.party, name="party"),
    path("<int:pk>/copy/", views.copy, name="copy"),
    path("<int:pk>/compute/", views.compute, name="compute"),
    path("<int:pk>/certificate/status/", views.certificate_status, name="certificate_status"),
    path("<int:pk>/<slug:step>/", views.step, name="step"),
    path("<int:pk>/<slug:step>/autosave/", views.autosave, name="autosave"),
]
