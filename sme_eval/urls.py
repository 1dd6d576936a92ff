"""Addresses of the enterprise's pages."""

from django.urls import path

from sme_eval import views
from sme_eval.queries import PROOF
from torch_portal.certificates.pages import issued_urls
from torch_portal.filings.pages.urls import shared_urls

app_name = "sme_eval"
urlpatterns = [
    *shared_urls("sme_eval"),
    *issued_urls("sme_eval", PROOF),
    path("", views.guide, name="guide"),
    path("start/", views.start, name="start"),
    path("figures/", views.yearly, name="yearly"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/average/", views.average, name="average"),
    path("<int:pk>/answers/", views.answers, name="answers"),
    path("<int:pk>/files/", views.files, name="files"),
    path("<int:pk>/files/attach/", views.attach, name="attach"),
    path("<int:pk>/files/<int:attachment_pk>/remove/", views.detach, name="detach"),
    path("<int:pk>/review/", views.review, name="review"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/messages/", views.thread, name="thread"),
    path("<int:pk>/proof/", views.prove, name="prove"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/resign/", views.resign, name="resign"),
    path("<int:pk>/case/", views.state_case, name="state_case"),
    path("<int:pk>/checks/<int:check_pk>/", views.material, name="material"),
    path("<int:pk>/checks/<int:check_pk>/file/", views.material_file, name="material_file"),
    path("<int:pk>/<slug:step>/", views.step, name="step"),
    path("<int:pk>/<slug:step>/autosave/", views.autosave, name="autosave"),
    path("<int:pk>/<slug:step>/sheet/", views.sheet, name="sheet"),
    path("<int:pk>/<slug:step>/sheet/workbook/", views.sheet_workbook, name="sheet_workbook"),
    path("<int:pk>/<slug:step>/score/", views.score, name="score"),
]
