"""The official acts on a technology contract, one function each."""

from contracts.actions.asking import (
    object_to_decision,
    record_authority_objection,
    report_income,
    request_change,
    request_deregistration,
    supplement_income,
)
from contracts.actions.assigning import assign
from contracts.actions.batch import against
from contracts.actions.copying import PARTS, USUAL, WHOLE, copy
from contracts.actions.deciding import (
    grant_request,
    refuse_request,
    reinstate,
    reopen,
)
from contracts.actions.decision import (
    accept,
    decline,
    fix_technical_amount,
    obstacles,
    propose,
    recognise,
    refuse,
    return_for_correction,
)
from contracts.actions.draft import (
    Filled,
    answer_correction,
    attach,
    detach,
    save_draft,
    start,
    start_many,
)
from contracts.actions.ending import (
    deregister,
    drop_revocation,
    notify_revocation,
    revoke,
    state_case,
)
from contracts.actions.experts import record_expert_opinion, request_expert_opinion
from contracts.actions.filing import submit, withdraw
from contracts.actions.forgetting import forget
from contracts.actions.importing import ReadyRow, ask_drafts, take_rows
from contracts.actions.matters import withdraw_request
from contracts.actions.parties import ask_registry, take_party
from contracts.actions.reminders import remind
from contracts.actions.reminding import flag_overdue, flag_overdue_matters
from contracts.actions.sharing import (
    RENDER_LIST,
    end_buyer_access,
    lists_due,
    make_list,
    make_list_again,
    open_buyer_access,
    produce_list,
)
from contracts.actions.thread import send_message
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale

__all__ = [
    "PARTS",
    "RENDER_LIST",
    "USUAL",
    "WHOLE",
    "Conflict",
    "Filled",
    "ReadyRow",
    "Stale",
    "accept",
    "against",
    "answer_correction",
    "ask_drafts",
    "ask_registry",
    "assign",
    "attach",
    "copy",
    "decline",
    "deregister",
    "detach",
    "drop_revocation",
    "end_buyer_access",
    "fix_technical_amount",
    "flag_overdue",
    "flag_overdue_matters",
    "forget",
    "grant_request",
    "lists_due",
    "make_list",
    "make_list_again",
    "notify_revocation",
    "object_to_decision",
    "obstacles",
    "open_buyer_access",
    "produce_list",
    "propose",
    "recognise",
    "record_authority_objection",
    "record_expert_opinion",
    "refuse",
    "refuse_request",
    "reinstate",
    "remind",
    "reopen",
    "report_income",
    "request_change",
    "request_deregistration",
    "request_expert_opinion",
    "return_for_correction",
    "revoke",
    "save_draft",
    "send_message",
    "start",
    "start_many",
    "state_case",
    "submit",
    "supplement_income",
    "take_party",
    "take_rows",
    "withdraw",
    "withdraw_request",
]
