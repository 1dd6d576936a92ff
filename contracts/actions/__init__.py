"""The official acts on a technology contract, one function each."""

from contracts.actions.assigning import assign
from contracts.actions.batch import against
from contracts.actions.decision import (
    accept,
    decline,
    deregister,
    fix_technical_amount,
    obstacles,
    propose,
    recognise,
    refuse,
    return_for_correction,
    revoke,
)
from contracts.actions.draft import (
    Conflict,
    answer_correction,
    attach,
    detach,
    save_draft,
    start,
)
from contracts.actions.filing import submit, withdraw
from contracts.actions.reminding import flag_overdue
from torch_portal.filings.transitions import Stale

__all__ = [
    "Conflict",
    "Stale",
    "accept",
    "against",
    "answer_correction",
    "assign",
    "attach",
    "decline",
    "deregister",
    "detach",
    "fix_technical_amount",
    "flag_overdue",
    "obstacles",
    "propose",
    "recognise",
    "refuse",
    "return_for_correction",
    "revoke",
    "save_draft",
    "start",
    "submit",
    "withdraw",
]
