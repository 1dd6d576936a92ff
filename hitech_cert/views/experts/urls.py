"""Addresses of the experts' pages, for the line's own: all below reviews/."""

from django.urls import path

from hitech_cert.views.experts import application, desk, leading, sheets

review_urls = [
    path("reviews/", desk.reviews, name="expert_reviews"),
    path("reviews/ties/", desk.ties, name="expert_ties"),
    path("reviews/ties/<int:tie_pk>/end/", desk.end_tie, name="expert_end_tie"),
    path("reviews/<int:pk>/", application.review, name="expert_review"),
    path("reviews/<int:pk>/invitation/", desk.invitation, name="expert_invitation"),
    path("reviews/<int:pk>/decline/", desk.decline, name="expert_decline"),
    path("reviews/<int:pk>/files/<int:attachment_pk>/", application.file, name="expert_file"),
    path("reviews/<int:pk>/sheet/", sheets.sheet, name="expert_sheet"),
    path("reviews/<int:pk>/sheet/autosave/", sheets.autosave, name="expert_autosave"),
    path("reviews/<int:pk>/leader/", leading.leader, name="expert_leader"),
    path(
        "reviews/<int:pk>/leader/autosave/", leading.leader_autosave, name="expert_leader_autosave"
    ),
]
