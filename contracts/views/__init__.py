"""The enterprise's pages of technology contracts."""

from contracts.views.answers import answers
from contracts.views.draft import autosave, compute, divisions, start, step
from contracts.views.files import attach, attachment, detach, files
from contracts.views.public import guide
from contracts.views.review import review, submit
from contracts.views.service import hand_over, rate
from contracts.views.status import (
    certificate,
    certificate_status,
    detail,
    document,
    withdraw,
)
from contracts.views.thread import thread, thread_file

__all__ = [
    "answers",
    "attach",
    "attachment",
    "autosave",
    "certificate",
    "certificate_status",
    "compute",
    "detach",
    "detail",
    "divisions",
    "document",
    "files",
    "guide",
    "hand_over",
    "rate",
    "review",
    "start",
    "step",
    "submit",
    "thread",
    "thread_file",
    "withdraw",
]
