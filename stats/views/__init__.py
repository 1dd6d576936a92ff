"""The respondent's pages of the survey."""

from stats.views.answers import (
    answers,
    thread,
)
from stats.views.explanations import (
    check,
    explanations,
)
from stats.views.filling import (
    autosave,
    checks,
    start,
    step,
)
from stats.views.public import (
    guide,
)
from stats.views.review import (
    review,
    submit,
)
from stats.views.sheets import (
    sheet,
    sheet_workbook,
)
from stats.views.status import (
    detail,
    print_return,
    request_cancellation,
    scan,
    withdraw,
)

__all__ = [
    "answers",
    "autosave",
    "check",
    "checks",
    "detail",
    "explanations",
    "guide",
    "print_return",
    "request_cancellation",
    "review",
    "scan",
    "sheet",
    "sheet_workbook",
    "start",
    "step",
    "submit",
    "thread",
    "withdraw",
]
