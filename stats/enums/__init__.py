"""Vocabularies of the survey."""

from stats.enums.guidance import HoursWay, QuestionState
from stats.enums.instruments import Mark, Period, RuleBasis
from stats.enums.states import FILED, IN_REVIEW, OPEN_TO_EDIT, AttachmentKind, RoundState, State
from stats.enums.values import Kind, Missing, Severity, Verdict

__all__ = [
    "FILED",
    "IN_REVIEW",
    "OPEN_TO_EDIT",
    "AttachmentKind",
    "HoursWay",
    "Kind",
    "Mark",
    "Missing",
    "Period",
    "QuestionState",
    "RoundState",
    "RuleBasis",
    "Severity",
    "State",
    "Verdict",
]
