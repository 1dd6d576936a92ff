"""Acts on paper originals, on emergencies, and what the clock does."""

from torch_portal.papers.actions.emergencies import (
    AlreadyEnded,
    declare_emergency,
    end_emergency,
    load_policies,
)
from torch_portal.papers.actions.moves import (
    TooLate,
    defer,
    put_off,
    receive,
    report_mismatch,
    verify,
    waive,
)
from torch_portal.papers.actions.reminders import flag_overdue, remind

__all__ = [
    "AlreadyEnded",
    "TooLate",
    "declare_emergency",
    "defer",
    "end_emergency",
    "flag_overdue",
    "load_policies",
    "put_off",
    "receive",
    "remind",
    "report_mismatch",
    "verify",
    "waive",
]
