"""Vocabularies of the survey."""

from stats.enums.states import FILED, IN_REVIEW, OPEN_TO_EDIT, AttachmentKind, RoundState, State
from stats.enums.values import Kind, Missing, Severity, Verdict

__all__ = [
    "FILED",
    "IN_REVIEW",
    "OPEN_TO_EDIT",
    "AttachmentKind",
    "Kind",
    "Missing",
    "RoundState",
    "Severity",
    "State",
    "Verdict",
]
