"""Addresses of exports and tables."""

from django.urls import URLPattern, path

from torch_portal.reports.views import board, tables

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", board.board, name="board"),
    path("public/", board.public, name="public"),
    path("tables/", tables.tables, name="tables"),
    path("tables/xlsx/", tables.tables_xlsx, name="tables_xlsx"),
    path("tables/pdf/", tables.tables_pdf, name="tables_pdf"),
    path("tables/freeze/", tables.freeze, name="tables_freeze"),
]
