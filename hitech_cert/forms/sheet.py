"""Each table of an application as a workbook: handed out with its rows, read back row by row."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import queries
from hitech_cert.enums import StaffName
from hitech_cert.forms import cells as c
from hitech_cert.forms.grids import COST_COLUMNS, STAFF_COLUMNS
from hitech_cert.forms.places import TABLE_TITLES
from hitech_cert.forms.rows import TABLES
from hitech_cert.models import Application
from hitech_cert.rules.tables import IDS
from torch_portal.common import sheets
from torch_portal.common.sheets import writing
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided import sheet
from torch_portal.filings.guided.steps import tell_template

GRIDS = ("staff", "costs")
SHEETS = (*TABLES, *GRIDS)
WIDE = ("name", "number", "goal", "core", "outcome", "technology", "advantage", "support")
# What stands for an empty cell of a mark.
MARKED = ("mainland", "owner_is_applicant", "in_force")


class StaffLine(forms.Form):
    """A row of staff in a workbook."""

    name = f.choice(gettext_lazy("Row"), StaffName.choices)
    staff = c.persons(STAFF_COLUMNS["staff"])
    st = c.persons(STAFF_COLUMNS["st"])


class CostLine(forms.Form):
    """The cost of an activity in a year, in a workbook."""

    project = forms.CharField(label=gettext_lazy("Number of the activity"), max_length=8)
    year = c.year(gettext_lazy("Year"))


CostLine.base_fields |= {name: c.amount(label) for name, label in COST_COLUMNS.items()}


@cache
def form_of(table: str) -> type[forms.Form]:
    """The form of a row of a workbook; rows of their own page have their number beside it."""
    if table in GRIDS:
        return {"staff": StaffLine, "costs": CostLine}[table]
    code = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=8)
    form = TABLES[table].form
    fields = {n: field for n, field in form.base_fields.items() if n != "seen"}
    made: Any = type(f"{form.__name__}Line", (forms.Form,), {"code": code, **fields})
    return made


@dataclass(frozen=True)
class Brought:
    """What was read of a workbook. typed: rows word for word. rows: as the page shows them.

    left_out: numbers of rows that are no entries; unknown: heads that the table does not have.
    """

    typed: list[dict[str, str]]
    rows: list[dict[str, Any]]
    left_out: list[int]
    unknown: list[str]

    @property
    def whole(self) -> bool:
        """Whether all of it can be taken."""
        return bool(self.rows) and not any(row["faults"] for row in self.rows)

    @property
    def carried(self) -> str:
        """The rows as text, for the form that takes them."""
        return json.dumps(self.typed, ensure_ascii=False)


def workbook(application: Application, table: str) -> bytes:
    """A table with its rows as saved, and lists to choose from."""
    fields = form_of(table).base_fields
    columns = [sheet.column_of(n, field, wide=n in WIDE) for n, field in fields.items()]
    rows = [
        [_cell(fields[name], getattr(row, name)) for name in fields]
        for row in _saved(application, table)
    ]
    return writing.workbook(str(TABLE_TITLES[table])[:31], columns, rows)


def _saved(application: Application, table: str) -> Iterable[Any]:
    if table == "costs":
        return queries.costs_of(application)
    rows = queries.in_order(getattr(application, table))
    order = {name: place for place, name in enumerate(StaffName.values)}
    return sorted(rows, key=lambda row: order[row.name]) if table == "staff" else rows


def _cell(field: forms.Field, value: Any) -> Any:
    return "、".join(value) if isinstance(value, list) else sheet.cell_of(field, value)


def read(table: str, data: bytes) -> Brought:
    """The rows of a workbook that somebody filled in; BadSheet when it is no such table."""
    fields = form_of(table).base_fields
    found, columns = sheet.found_in(sheets.read(data), fields, _signs(table))
    typed: dict[int, dict[str, str]] = {}
    for number, cells in found.rows:
        row = sheet.typed_row(fields, columns, cells)
        if any(row.get(sign) for sign in _signs(table)):
            typed[number] = row | _marks(fields, columns, cells)
    sheet.check_count(len(typed), _most(table))
    lines = list(checked(table, list(typed.values())))
    known = {place for place, _name, _unit in columns}
    empty = [number for number, _cells in found.rows if number not in typed]
    return Brought(
        typed=list(typed.values()),
        rows=list(_shown(lines, list(typed), list(fields))),
        left_out=sorted([*empty, *(number for number, _word in found.left_out)]),
        unknown=[head for n, head in enumerate(found.heads) if head and n not in known],
    )


def _signs(table: str) -> tuple[str, ...]:
    """The columns that a workbook has to have."""
    return ("project", "year") if table == "costs" else ("name",)


def _most(table: str) -> int:
    return TABLES[table].most if table in TABLES else 1000


def _marks(
    fields: sheet.Fields, columns: list[sheet.Place], cells: tuple[Any, ...]
) -> dict[str, str]:
    """Marks that were not answered as they usually are."""
    said = {name: sheets.text(cells[n]) for n, name, _unit in columns if n < len(cells)}
    return {
        name: "on" if name in MARKED else ""
        for name, field in fields.items()
        if isinstance(field, forms.BooleanField) and not said.get(name)
    }


def checked(table: str, typed: list[dict[str, str]]) -> Iterator[forms.Form]:
    """A form for each row, checked; a number that stands twice is said at its second row."""
    seen: set[str] = set()
    for row in typed:
        form = form_of(table)(row)
        for field in form.fields.values():
            tell_template(field)
        form.is_valid()
        key = _key(table, form)
        if key in seen:
            form.add_error(None, _("%(key)s stands here more than once.") % {"key": key})
        seen |= {key} if key else set()
        _check_code(table, form)
        yield form


def _key(table: str, form: forms.Form) -> str:
    known = form.cleaned_data
    if table == "costs":
        return f"{known.get('project', '')} {known.get('year', '')}"
    if table == "staff":
        return str(dict(StaffName.choices).get(known.get("name", ""), ""))
    return str(known.get("code", "")).strip().upper()


def _check_code(table: str, form: forms.Form) -> None:
    """A number has the form of its table; without one the next is given."""
    shape = IDS.get("projects" if table == "costs" else table)
    name = "project" if table == "costs" else "code"
    code = str(form.cleaned_data.get(name, "")).strip().upper()
    if code and shape and not shape.fullmatch(code):
        message = _("“%(id)s” is no number of this table.") % {"id": code}
        form.add_error(name, message)
    elif name in form.cleaned_data:
        form.cleaned_data[name] = code


def taken(table: str, carried: str) -> list[dict[str, Any]] | None:
    """The rows that a page carried, ready for the table; None when they cannot be taken."""
    try:
        typed = json.loads(carried)
    except ValueError:
        return None
    fields = form_of(table).base_fields
    rows = typed if isinstance(typed, list) else []
    if not rows or len(rows) > _most(table) or not all(isinstance(row, dict) for row in rows):
        return None
    plain = [{n: str(row[n]) for n in fields if n in row} for row in rows]
    lines = list(checked(table, plain))
    if any(form.errors for form in lines):
        return None
    return [_values(table, form) for form in lines]


def _values(table: str, form: forms.Form) -> dict[str, Any]:
    known: Mapping[str, Any] = form.cleaned_data
    if table == "costs":
        return {name: 0 if value is None else value for name, value in known.items()}
    return dict(known)


def _shown(
    lines: list[forms.Form], numbers: list[int], names: list[str]
) -> Iterator[dict[str, Any]]:
    for number, form in zip(numbers, lines, strict=True):
        cells = [(form.fields[name].label, sheet.said(form, name)) for name in names]
        yield {"number": number, "cells": cells, "faults": sheet.faults_of(form)}
