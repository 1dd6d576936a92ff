"""What people and the clock do with rounds and returns of the survey."""

from stats.actions.authoring import load_editions
from stats.actions.corrections import (
    answer_correction,
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
from stats.actions.reminders import (
    remind,
)
from stats.actions.rounds import (
    approve_round,
    close_round,
    open_round,
)
from stats.actions.scans import (
    upload_scan,
)
from stats.actions.thread import (
    send_message,
)
from stats.actions.workbook import (
    save_workbook,
)

__all__ = [
    "answer_correction",
    "approve_round",
    "check",
    "close_round",
    "edit",
    "explain",
    "load_editions",
    "open_round",
    "print_return",
    "remind",
    "request_cancellation",
    "save_table",
    "save_workbook",
    "send_message",
    "start",
    "submit",
    "upload_scan",
    "withdraw",
]
