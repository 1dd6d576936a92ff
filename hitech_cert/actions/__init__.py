"""The official acts on an application, one function each."""

from hitech_cert.actions.against import against
from hitech_cert.actions.annual import begin_report, save_report, submit_report
from hitech_cert.actions.cancelling import (
    cancel,
    drop_cancellation,
    notify_cancellation,
    state_case,
)
from hitech_cert.actions.certifying import certify
from hitech_cert.actions.changes import (
    confirm_change,
    note_objection,
    publicise_change,
    refuse_change,
    release_change,
    report_change,
)
from hitech_cert.actions.deciding import (
    give_opinion,
    hold_session,
    not_recognise,
    propose,
    propose_many,
)
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
from hitech_cert.actions.lists import (
    PUBLICITY,
    STEPS,
    announce,
    enter_objection,
    publicise,
    publicise_nationally,
    reject_objection,
    report,
    strike,
    uphold_objection,
)
from hitech_cert.actions.national import (
    drop_list,
    leave_out,
    match_again,
    open_list,
    resolve,
    take_over,
)
from hitech_cert.actions.packages import (
    attach_package,
    hand_in_package,
    keep_package,
    open_package,
    tell_missing,
)
from hitech_cert.actions.rechecking import recheck_change
from hitech_cert.actions.record import issue_record
from hitech_cert.actions.redo import ask_reexamination, refuse_reexamination, reopen
from hitech_cert.actions.reminders import remind
from hitech_cert.actions.reminders_after import remind_after
from hitech_cert.actions.reviewing import (
    accept,
    assign,
    recommend,
    reject,
    return_for_correction,
    send_back,
)
from hitech_cert.actions.reviews import (
    fail_review,
    keep_certificate,
    open_for_missing_reports,
    open_review,
)
from hitech_cert.actions.sheets import close_review
from hitech_cert.actions.thread import send_message
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale

__all__ = [
    "PUBLICITY",
    "STEPS",
    "Conflict",
    "Stale",
    "Terms",
    "accept",
    "add_row",
    "against",
    "announce",
    "answer_correction",
    "ask_reexamination",
    "assign",
    "attach",
    "attach_package",
    "begin_report",
    "cancel",
    "certify",
    "close_intake",
    "close_review",
    "confirm_change",
    "detach",
    "dissolve_panel",
    "draw_panel",
    "drop_cancellation",
    "drop_list",
    "enter_objection",
    "expire",
    "extend",
    "fail_review",
    "forget",
    "give_opinion",
    "hand_in",
    "hand_in_package",
    "hold_session",
    "issue_record",
    "keep_certificate",
    "keep_package",
    "leave_out",
    "match_again",
    "not_recognise",
    "note_objection",
    "notify_cancellation",
    "open_for_missing_reports",
    "open_intake",
    "open_list",
    "open_package",
    "open_review",
    "propose",
    "propose_many",
    "publicise",
    "publicise_change",
    "publicise_nationally",
    "put_table",
    "recheck_change",
    "recommend",
    "refuse_change",
    "refuse_reexamination",
    "reject",
    "reject_objection",
    "release_change",
    "remind",
    "remind_after",
    "remove_row",
    "reopen",
    "report",
    "report_change",
    "resolve",
    "return_for_correction",
    "save_costs",
    "save_draft",
    "save_page",
    "save_report",
    "save_row",
    "save_staff",
    "send_back",
    "send_message",
    "start",
    "state_case",
    "strike",
    "submit",
    "submit_report",
    "take_over",
    "tell_missing",
    "uphold_objection",
    "withdraw",
]
