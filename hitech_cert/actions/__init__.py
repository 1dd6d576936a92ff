"""The official acts on an application, one function each."""

from hitech_cert.actions.draft import (
    add_row,
    answer_correction,
    attach,
    detach,
    put_table,
    remove_row,
    save_costs,
    save_draft,
    save_page,
    save_row,
    save_staff,
    start,
)
from hitech_cert.actions.filing import hand_in, submit, withdraw
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale

__all__ = [
    "Conflict",
    "Stale",
    "add_row",
    "answer_correction",
    "attach",
    "detach",
    "hand_in",
    "put_table",
    "remove_row",
    "save_costs",
    "save_draft",
    "save_page",
    "save_row",
    "save_staff",
    "start",
    "submit",
    "withdraw",
]
