"""The official acts on an S&T-SME evaluation, one function each."""

from sme_eval.actions.after import (
    REPORTED,
    confirm_change,
    drop_revocation,
    notify_revocation,
    refuse_change,
    report_change,
    revoke,
    state_case,
)
from sme_eval.actions.against import against
from sme_eval.actions.batches import PUBLICITY, STEPS, announce, publicise, strike
from sme_eval.actions.checking import (
    attach_material,
    conclude,
    draw_spot_check,
    give_material,
)
from sme_eval.actions.draft import (
    answer_correction,
    attach,
    detach,
    save_draft,
    start,
)
from sme_eval.actions.filing import resign, submit, withdraw
from sme_eval.actions.forgetting import forget
from sme_eval.actions.proof import issue_proof
from sme_eval.actions.reminders import remind
from sme_eval.actions.reviewing import (
    assign,
    pass_form,
    refuse,
    return_for_correction,
    send_back,
)
from sme_eval.actions.thread import send_message
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale

__all__ = [
    "PUBLICITY",
    "REPORTED",
    "STEPS",
    "Conflict",
    "Stale",
    "against",
    "announce",
    "answer_correction",
    "assign",
    "attach",
    "attach_material",
    "conclude",
    "confirm_change",
    "detach",
    "draw_spot_check",
    "drop_revocation",
    "forget",
    "give_material",
    "issue_proof",
    "notify_revocation",
    "pass_form",
    "publicise",
    "refuse",
    "refuse_change",
    "remind",
    "report_change",
    "resign",
    "return_for_correction",
    "revoke",
    "save_draft",
    "send_back",
    "send_message",
    "start",
    "state_case",
    "strike",
    "submit",
    "withdraw",
]
