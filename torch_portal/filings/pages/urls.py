"""Addresses that a line takes over as they are."""

from django.urls import URLPattern, path

from torch_portal.filings.pages.files import attachment
from torch_portal.filings.pages.service import hand_over, rate
from torch_portal.filings.pages.talk import thread_file


def shared_urls(line: str) -> list[URLPattern]:
    """Files, messages' files, hand-over and rating of the filings of a line."""
    own = {"line": line}
    return [
        path("<int:pk>/files/<int:attachment_pk>/", attachment, own, name="attachment"),
        path("<int:pk>/messages/files/<int:file_pk>/", thread_file, own, name="thread_file"),
        path("<int:pk>/handover/", hand_over, own, name="hand_over"),
        path("<int:pk>/rating/", rate, own, name="rate"),
    ]
