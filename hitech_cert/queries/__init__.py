"""Reads over applications and batches."""

from hitech_cert.queries.intakes import (
    DEADLINES,
    calendar,
    changes,
    deadlines,
    in_local_check,
    intake_for,
    next_intake,
    open_intakes,
    shown,
    status,
    with_the_enterprise,
)

__all__ = [
    "DEADLINES",
    "calendar",
    "changes",
    "deadlines",
    "in_local_check",
    "intake_for",
    "next_intake",
    "open_intakes",
    "shown",
    "status",
    "with_the_enterprise",
]
