"""The long tables of the form as a workbook: handed out with its rows, read back row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sme_eval.forms.rows import TABLES, Table
from sme_eval.models import Evaluation
from torch_portal.common import sheets
from torch_portal.common.sheets import writing
from torch_portal.filings.guided import sheet
from torch_portal.filings.guided.lines import BaseLines, shown_lines

SHEETS: Mapping[str, Table] = {
    step: table for step, table in TABLES.items() if table.name in ("projects", "ip_rights")
}


@dataclass(frozen=True)
class Brought:
    """What was read of a workbook. lines: its rows, checked. rows: as the page shows them.

    left_out: numbers of rows that are no entries; unknown: heads that the table does not have.
    """

    lines: BaseLines
    rows: list[dict[str, Any]]
    left_out: list[int]
    unknown: list[str]

    @property
    def whole(self) -> bool:
        """Whether all of it can be taken."""
        return bool(self.rows) and not any(row["faults"] for row in self.rows)


def workbook(evaluation: Evaluation, step: str) -> bytes:
    """The table of a step with its rows as saved, and lists to choose from."""
    table = SHEETS[step]
    saved = getattr(evaluation, table.name).order_by("pk").values(*table.lines.keys)
    fields = _fields(table)
    columns = [
        sheet.column_of(name, field, wide=name in ("name", "product"))
        for name, field in fields.items()
    ]
    rows = [[sheet.cell_of(fields[name], row[name]) for name in fields] for row in saved]
    return writing.workbook(str(table.title)[:31], columns, rows)


def _fields(table: Table) -> sheet.Fields:
    fields = table.lines.form.base_fields
    return {name: fields[name] for name in table.lines.keys}


def read(step: str, data: bytes) -> Brought:
    """The rows of a workbook that somebody filled in; BadSheet when it is no such table."""
    table = SHEETS[step]
    fields, signs = _fields(table), table.lines.signs
    found, columns = sheet.found_in(sheets.read(data), fields, signs)
    rows = {number: sheet.typed_row(fields, columns, cells) for number, cells in found.rows}
    typed = {n: row for n, row in rows.items() if any(row.get(s) for s in signs)}
    sheet.check_count(len(typed), table.lines.max_num)
    lines = shown_lines(table.lines, typed=list(typed.values()), saved=[])
    empty = [number for number in rows if number not in typed]
    known = {place for place, _name, _unit in columns}
    return Brought(
        lines=lines,
        rows=list(_shown(lines, list(typed), table)),
        left_out=sorted([*empty, *(number for number, _word in found.left_out)]),
        unknown=[head for n, head in enumerate(found.heads) if head and n not in known],
    )


def _shown(lines: BaseLines, numbers: list[int], table: Table) -> Iterable[dict[str, Any]]:
    for number, form in zip(numbers, lines.forms, strict=True):
        cells = [(form[name].label, sheet.said(form, name)) for name in table.lines.keys]
        yield {"number": number, "cells": cells, "faults": sheet.faults_of(form)}
