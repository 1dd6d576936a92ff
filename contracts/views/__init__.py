"""The enterprise's pages of technology contracts."""

from contracts.views.after import (
    ask,
    document,
    matter,
    state_case,
    version,
    withdraw_matter,
)
from contracts.views.draft import autosave, compute, divisions, start, step
from contracts.views.files import attach, attachment, detach, files
from contracts.views.public import guide
from contracts.views.review import review, submit
from contracts.views.sharing import bought, end_access, lists, registration_list
from contracts.views.status import certificate, certificate_status, detail, withdraw

__all__ = [
    "ask",
    "attach",
    "attachment",
    "autosave",
    "bought",
    "certificate",
    "certificate_status",
    "compute",
    "detach",
    "detail",
    "divisions",
    "document",
    "end_access",
    "files",
    "guide",
    "lists",
    "matter",
    "registration_list",
    "review",
    "start",
    "state_case",
    "step",
    "submit",
    "version",
    "withdraw",
    "withdraw_matter",
]
