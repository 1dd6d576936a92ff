"""Reads over applications and batches."""

from hitech_cert.queries.forgetting import forgettable
from hitech_cert.queries.intakes import (
    DEADLINES,
    calendar,
    changes,
    counted,
    covers_of,
    deadlines,
    in_local_check,
    intake_for,
    label_of_deadline,
    next_intake,
    open_intakes,
    shown,
    states_of,
    status,
    with_the_enterprise,
)

__all__ = [
    "DEADLINES",
    "calendar",
    "changes",
    "counted",
    "covers_of",
    "deadlines",
    "forgettable",
    "in_local_check",
    "intake_for",
    "label_of_deadline",
    "next_intake",
    "open_intakes",
    "shown",
    "states_of",
    "status",
    "with_the_enterprise",
]
