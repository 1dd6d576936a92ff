"""Addresses of exports and tables."""

from django.urls import URLPattern, path

from torch_portal.reports.views import archives, board, exports, letters, tables

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", board.board, name="board"),
    path("public/", board.public, name="public"),
    path("tables/", tables.tables, name="tables"),
    path("tables/xlsx/", tables.tables_xlsx, name="tables_xlsx"),
    path("tables/pdf/", tables.tables_pdf, name="tables_pdf"),
    path("tables/freeze/", tables.freeze, name="tables_freeze"),
    path("exports/", exports.exports, name="exports"),
    path("regular/", letters.subscriptions, name="subscriptions"),
    path("archives/", archives.archives, name="archives"),
    path("archives/<int:archive_pk>/file/", archives.archive_file, name="archive_file"),
    path("exports/new/<slug:report>/", exports.export, name="export"),
    path("exports/<int:export_pk>/cancel/", exports.cancel, name="export_cancel"),
    path("exports/<int:export_pk>/resume/", exports.resume, name="export_resume"),
    path("exports/<int:export_pk>/again/", exports.again, name="export_again"),
    path("exports/<int:export_pk>/file/", exports.download_file, name="export_file"),
]
