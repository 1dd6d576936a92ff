"""The official acts on an application, one function each."""

from hitech_cert.actions.against import against
from hitech_cert.actions.cancelling import cancel, drop_cancellation, notify_cancellation
from hitech_cert.actions.certifying import certify
from hitech_cert.actions.deciding import not_recognise, propose
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
from hitech_cert.actions.drawing import dissolve_panel, draw_panel
from hitech_cert.actions.expiring import expire
from hitech_cert.actions.filing import hand_in, submit, withdraw
from hitech_cert.actions.forgetting import forget
from hitech_cert.actions.intakes import Terms, close_intake, extend, open_intake
from hitech_cert.actions.lists import publicise, publicise_nationally, report, strike
from hitech_cert.actions.packages import (
    attach_package,
    hand_in_package,
    keep_package,
    open_package,
    tell_missing,
)
from hitech_cert.actions.redo import reopen
from hitech_cert.actions.reminders import remind
from hitech_cert.actions.reviewing import (
    accept,
    assign,
    recommend,
    reject,
    return_for_correction,
    send_back,
)
from hitech_cert.actions.sheets import close_review
from hitech_cert.actions.thread import send_message
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale

__all__ = [
    "Conflict",
    "Stale",
    "Terms",
    "accept",
    "add_row",
    "against",
    "answer_correction",
    "assign",
    "attach",
    "attach_package",
    "cancel",
    "certify",
    "close_intake",
    "close_review",
    "detach",
    "dissolve_panel",
    "draw_panel",
    "drop_cancellation",
    "expire",
    "extend",
    "forget",
    "hand_in",
    "hand_in_package",
    "keep_package",
    "not_recognise",
    "notify_cancellation",
    "open_intake",
    "open_package",
    "propose",
    "publicise",
    "publicise_nationally",
    "put_table",
    "recommend",
    "reject",
    "remind",
    "remove_row",
    "reopen",
    "report",
    "return_for_correction",
    "save_costs",
    "save_draft",
    "save_page",
    "save_row",
    "save_staff",
    "send_back",
    "send_message",
    "start",
    "strike",
    "submit",
    "tell_missing",
    "withdraw",
]
