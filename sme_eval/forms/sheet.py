"""The long tables of the form as a workbook: handed out with its rows, read back row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval.forms.rows import TABLES, Table
from sme_eval.models import Evaluation
from torch_portal.common import sheets
from torch_portal.common.sheets import BadCell, BadSheet, writing
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.lines import BaseLines, shown_lines

SHEETS: Mapping[str, Table] = {
    step: table for step, table in TABLES.items() if table.name in ("projects", "ip_rights")
}
LANGUAGES = ("en", "zh-hans")
YES = ("yes", "y", "true", "1", "是", "有")
WAN = 10_000
# Place of a column, its entry, and its unit in yuan.
Place = tuple[int, str, int]


class SheetForm(forms.Form):
    """A workbook that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("Workbook or table"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={
            "required": gettext_lazy("Choose the workbook first."),
            "empty": gettext_lazy("The file is empty. Choose it again."),
        },
    )


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
    columns = [_column(name, field) for name, field in _fields(table).items()]
    rows = [[_cell(table, name, row[name]) for name in table.lines.keys] for row in saved]
    return writing.workbook(str(table.title)[:31], columns, rows)


def _fields(table: Table) -> dict[str, forms.Field]:
    fields = table.lines.form.base_fields
    return {name: fields[name] for name in table.lines.keys}


def _column(name: str, field: forms.Field) -> writing.Column:
    options = tuple(_words(field).values())
    if isinstance(field, forms.BooleanField):
        options = (_("Yes"), _("No"))
    days = isinstance(field, forms.DateField)
    hint = _("For example 2020-03-02.") if days else ""
    wide = 36 if name in ("name", "product") else 18
    return writing.Column(name, _head(field), hint, options, days, wide)


def _head(field: forms.Field) -> str:
    unit = f" ({field.unit})" if isinstance(field, f.FigureField) else ""
    return f"{field.label}{unit}"


def _words(field: forms.Field) -> dict[str, str]:
    """Labels of a code list by code, in the active language."""
    choices = field.choices if isinstance(field, forms.ChoiceField) else ()
    return {str(code): str(label) for code, label in choices if code}  # type: ignore[union-attr]


def _cell(table: Table, name: str, value: Any) -> Any:
    field = _fields(table)[name]
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _words(field).get(value, value)


def read(step: str, data: bytes) -> Brought:
    """The rows of a workbook that somebody filled in; BadSheet when it is no such table."""
    table = SHEETS[step]
    found, columns = _found(table, sheets.read(data))
    rows = {number: _row(table, columns, cells) for number, cells in found.rows}
    typed = {n: row for n, row in rows.items() if any(row.get(s) for s in table.lines.signs)}
    _check_count(len(typed), table.lines.max_num)
    lines = shown_lines(table.lines, typed=list(typed.values()), saved=[])
    empty = [number for number in rows if number not in typed]
    known = {place for place, _name, _unit in columns}
    return Brought(
        lines=lines,
        rows=list(_shown(lines, list(typed), table)),
        left_out=sorted([*empty, *(number for number, _word in found.left_out)]),
        unknown=[head for n, head in enumerate(found.heads) if head and n not in known],
    )


def _found(table: Table, sheet: sheets.Sheet) -> tuple[sheets.Table, list[Place]]:
    """The table in a sheet, and where its columns stand; BadSheet when one of them is missing."""
    fields = _fields(table)
    known = {head: name for name, field in fields.items() for head in _heads(field)}
    found = sheets.find_table(sheet, known)
    columns = [
        (n, known[plain], sheets.unit_of(head) or WAN)
        for n, head in enumerate(found.heads if found else ())
        if (plain := sheets.plain_head(head)) in known
    ]
    missing = [_head(fields[s]) for s in table.lines.signs if s not in {c[1] for c in columns}]
    if found is None or missing:
        words = _("Columns are missing: %(heads)s. Take the workbook again.")
        raise BadSheet(words % {"heads": ", ".join(missing)})
    return found, columns


def _check_count(count: int, most: int) -> None:
    if not count:
        raise BadSheet(_("There is no row below the heads."))
    if count > most:
        words = _("At most %(most)s rows are kept here; this table has %(count)s.")
        raise BadSheet(words % {"most": most, "count": count})


def _row(table: Table, columns: list[Place], cells: tuple[Any, ...]) -> dict[str, str]:
    """What stands in a row by entry, as it would be typed; empty cells left out."""
    fields = _fields(table)
    typed = {
        name: _typed(fields[name], cells[n], unit) for n, name, unit in columns if n < len(cells)
    }
    return {name: words for name, words in typed.items() if words}


def _heads(field: forms.Field) -> Iterable[str]:
    """The plain heads under which a column is known, in both languages."""
    for language in LANGUAGES:
        with translation.override(language):
            yield sheets.plain_head(str(field.label))


def _typed(field: forms.Field, cell: Any, unit: int) -> str:
    """A cell as it would be typed on the page; what cannot be read stays as it stands."""
    words = sheets.text(cell)
    if isinstance(field, forms.BooleanField):
        return "on" if words.casefold() in YES else ""
    try:
        if isinstance(field, forms.DateField):
            day = sheets.day(cell)
            return day.isoformat() if day else ""
        if isinstance(field, f.FigureField):
            yuan = sheets.amount(cell, unit)
            return "" if yuan is None else f"{(yuan / WAN).normalize():f}"
    except BadCell:
        return words
    return _code(field, words)


def _code(field: forms.Field, words: str) -> str:
    """The code that a label means, in either language; the words themselves otherwise."""
    for language in LANGUAGES:
        with translation.override(language):
            for code, label in _words(field).items():
                if words.casefold() in (code, label.casefold()):
                    return code
    return words


def _shown(lines: BaseLines, numbers: list[int], table: Table) -> Iterable[dict[str, Any]]:
    for number, form in zip(numbers, lines.forms, strict=True):
        cells = [(form[name].label, _said(form, name)) for name in table.lines.keys]
        faults = [
            (form.fields[name].label if name in form.fields else "", error)
            for name, errors in form.errors.items()
            for error in errors
        ]
        yield {"number": number, "cells": cells, "faults": faults}


def _said(form: forms.Form, name: str) -> str:
    """What was understood of a cell, as people read it; else what was typed."""
    field, typed = form.fields[name], form[name].data
    if isinstance(field, forms.BooleanField):
        return _("Yes") if typed else ""
    return _words(field).get(str(typed or ""), str(typed or ""))
