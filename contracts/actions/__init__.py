"""The official acts on a technology contract, one function each."""

from contracts.actions.copying import PARTS, USUAL, WHOLE, copy
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
    Filled,
    answer_correction,
    attach,
    detach,
    save_draft,
    start,
    start_many,
)
from contracts.actions.filing import submit, withdraw
from contracts.actions.importing import ReadyRow, take_rows
from contracts.actions.parties import take_party
from contracts.actions.reminding import flag_overdue
from torch_portal.filings.transitions import Stale

__all__ = [
    "PARTS",
    "USUAL",
    "WHOLE",
    "Conflict",
    "Filled",
    "ReadyRow",
    "Stale",
    "accept",
    "answer_correction",
    "attach",
    "copy",
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
    "start_many",
    "submit",
    "take_party",
    "take_rows",
    "withdraw",
]
