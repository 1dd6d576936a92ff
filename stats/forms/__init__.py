"""What the respondent's pages show of a return, and what they read back."""

from stats.forms.cells import (
    differences,
    entries_of,
    for_browser,
    groups,
    table_named,
)
from stats.forms.sheet import (
    SheetForm,
    carried,
    entries_from,
    read_workbook,
    workbook,
)

__all__ = [
    "SheetForm",
    "carried",
    "differences",
    "entries_from",
    "entries_of",
    "for_browser",
    "groups",
    "read_workbook",
    "table_named",
    "workbook",
]
