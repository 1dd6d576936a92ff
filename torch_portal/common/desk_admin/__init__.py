"""The review desk: a queue, read-only pages, one button for each move a person may make now.

This ground knows no accounts and no filings: a line hands in its workflow, who may, and the acts.
Its main table has a `filing` (the cover: state, version, due_on, events) and a manager with
`visible_to(user)`.
"""

from torch_portal.common.desk_admin.batch import LARGEST, BatchForm, BatchMove, chosen
from torch_portal.common.desk_admin.exported import ExportedList
from torch_portal.common.desk_admin.moves import Decision, DeskAdmin, MoveForm
from torch_portal.common.desk_admin.queue import (
    MANY,
    CappedPaginator,
    ChoiceFilter,
    Queue,
    QueueFilter,
    count_text,
    due_mark,
)
from torch_portal.common.desk_admin.saved import SavedFilters

__all__ = [
    "LARGEST",
    "MANY",
    "BatchForm",
    "BatchMove",
    "CappedPaginator",
    "ChoiceFilter",
    "Decision",
    "DeskAdmin",
    "ExportedList",
    "MoveForm",
    "Queue",
    "QueueFilter",
    "SavedFilters",
    "chosen",
    "count_text",
    "due_mark",
]
