"""What people and the clock do with rounds and returns of the survey."""

from stats.actions.against import (
    against,
)
from stats.actions.corrections import (
    answer_correction,
)
from stats.actions.designing import (
    design_round,
)
from stats.actions.documents import (
    print_return,
)
from stats.actions.explaining import (
    explain,
)
from stats.actions.filing import (
    request_cancellation,
    submit,
    withdraw,
)
from stats.actions.filling import (
    check,
    edit,
    save_table,
    start,
)
from stats.actions.forgetting import (
    forget,
)
from stats.actions.frames import (
    bring_respondents,
    end_exemption,
    exempt,
    freeze_frame,
    reassign,
)
from stats.actions.microdata import (
    end_grant,
    grant,
    take,
)
from stats.actions.outliers import (
    note_outlier,
)
from stats.actions.reminders import (
    remind,
)
from stats.actions.reviewing import (
    accept,
    approve_city,
    approve_local,
    approve_province,
    assign,
    cancel,
    refuse_cancellation,
    return_for_correction,
)
from stats.actions.rounds import (
    approve_round,
    close_round,
    open_round,
)
from stats.actions.scans import (
    upload_scan,
)
from stats.actions.signing import (
    accept_round,
    explain_total,
    publish_round,
    sign_off,
)
from stats.actions.summaries import (
    tell_levels_above,
)
from stats.actions.thread import (
    send_message,
)
from stats.actions.totals import (
    count_totals,
    find_outliers,
)
from stats.actions.workbook import (
    save_workbook,
)

__all__ = [
    "accept",
    "accept_round",
    "against",
    "answer_correction",
    "approve_city",
    "approve_local",
    "approve_province",
    "approve_round",
    "assign",
    "bring_respondents",
    "cancel",
    "check",
    "close_round",
    "count_totals",
    "design_round",
    "edit",
    "end_exemption",
    "end_grant",
    "exempt",
    "explain",
    "explain_total",
    "find_outliers",
    "forget",
    "freeze_frame",
    "grant",
    "note_outlier",
    "open_round",
    "print_return",
    "publish_round",
    "reassign",
    "refuse_cancellation",
    "remind",
    "request_cancellation",
    "return_for_correction",
    "save_table",
    "save_workbook",
    "send_message",
    "sign_off",
    "start",
    "submit",
    "take",
    "tell_levels_above",
    "upload_scan",
    "withdraw",
]
