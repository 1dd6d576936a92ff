"""The tables of S&T-SME evaluation."""

from sme_eval.models.after import (
    Change,
    Draw,
    IntegrityEntry,
    Revocation,
    SpotCheck,
)
from sme_eval.models.rows import (
    Evaluation,
    EvaluationQuerySet,
    IpRight,
    Project,
    RouteProof,
)
from sme_eval.models.settings import Window

__all__ = [
    "Change",
    "Draw",
    "Evaluation",
    "EvaluationQuerySet",
    "IntegrityEntry",
    "IpRight",
    "Project",
    "Revocation",
    "RouteProof",
    "SpotCheck",
    "Window",
]
