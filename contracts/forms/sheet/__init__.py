"""Contracts in a spreadsheet: its columns, what their words mean, each row checked."""

from contracts.forms.sheet.checked import CheckedRow, Entry, Reading
from contracts.forms.sheet.columns import (
    COLUMNS,
    Column,
    known_heads,
    label_of,
    mapping_complete,
    suggest_columns,
)
from contracts.forms.sheet.line import LINE, reader_of
from contracts.forms.sheet.rows import Reader
from contracts.forms.sheet.words import kind_meaning, plain
from contracts.forms.sheet.workbook import drafts_workbook, template_workbook

__all__ = [
    "COLUMNS",
    "LINE",
    "CheckedRow",
    "Column",
    "Entry",
    "Reader",
    "Reading",
    "drafts_workbook",
    "kind_meaning",
    "known_heads",
    "label_of",
    "mapping_complete",
    "plain",
    "reader_of",
    "suggest_columns",
    "template_workbook",
]
