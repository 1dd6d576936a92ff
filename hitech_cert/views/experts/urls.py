"""Addresses of the experts' pages, for the line's own: all below reviews/."""

from django.urls import path

from hitech_cert.views.experts import application, desk, leading, sheets

review_urls = [
    path("reviews/", desk.reviews, name="reviews"),
    path("reviews/ties/", desk.ties, name="ties"),
    path("reviews/ties/<int:tie_pk>/end/", desk.end_tie, name="end_tie"),
    path("reviews/<int:pk>/", application.review, name="review"),
    path("reviews/<int:pk>/invitation/", desk.invitation, name="invitation"),
    path("reviews/<int:pk>/decline/", desk.decline, name="decline"),
    path("reviews/<int:pk>/files/<int:attachment_pk>/", application.file, name="review_file"),
    path("reviews/<int:pk>/sheet/", sheets.sheet, name="sheet"),
    path("reviews/<int:pk>/sheet/autosave/", sheets.autosave, name="sheet_autosave"),
    path("reviews/<int:pk>/leader/", leading.leader, name="leader"),
    path("reviews/<int:pk>/leader/autosave/", leading.leader_autosave, name="leader_autosave"),
]
