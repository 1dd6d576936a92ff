"""The desk of S&T-SME evaluation."""

from sme_eval.admin.changes import ChangeAdmin
from sme_eval.admin.checks import SpotCheckAdmin
from sme_eval.admin.desk import EvaluationAdmin
from sme_eval.admin.draws import DrawAdmin
from sme_eval.admin.revocations import IntegrityEntryAdmin, RevocationAdmin
from sme_eval.admin.settings import WindowAdmin

__all__ = [
    "ChangeAdmin",
    "DrawAdmin",
    "EvaluationAdmin",
    "IntegrityEntryAdmin",
    "RevocationAdmin",
    "SpotCheckAdmin",
    "WindowAdmin",
]
