"""Tables that people bring in spreadsheets: read by content, understood cell by cell."""

from torch_portal.common.sheets.cells import BadCell, amount, day, text
from torch_portal.common.sheets.heads import Table, find_table, plain_head, unit_of
from torch_portal.common.sheets.reading import BadSheet, Limits, Sheet, check_size, read, read_all

__all__ = [
    "BadCell",
    "BadSheet",
    "Limits",
    "Sheet",
    "Table",
    "amount",
    "check_size",
    "day",
    "find_table",
    "plain_head",
    "read",
    "read_all",
    "text",
    "unit_of",
]
