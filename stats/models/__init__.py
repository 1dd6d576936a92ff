"""The tables of the survey."""

from stats.models.returns import (
    CheckResult,
    Explanation,
    Return,
    ReturnQuerySet,
    ReturnRevision,
    ReturnScan,
)
from stats.models.rounds import Assignment, AssignmentQuerySet, Round

__all__ = [
    "Assignment",
    "AssignmentQuerySet",
    "CheckResult",
    "Explanation",
    "Return",
    "ReturnQuerySet",
    "ReturnRevision",
    "ReturnScan",
    "Round",
]
