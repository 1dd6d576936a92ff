"""A workbook of contracts as the lines of a bulk request: each row as the JSON that means the same.

Heads are the names of the entries, or the words of our own template. A word that only resembles
one of a list is refused here: no page asks the sender whether that was meant.
"""

import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as Invalid
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser

from contracts import editions
from contracts.api.entries import NewContract
from contracts.forms.sheet import COLUMNS, kind_meaning, known_heads, suggest_columns
from contracts.forms.sheet.cells import read_cell
from contracts.forms.sheet.columns import COST, PHONE
from contracts.forms.sheet.words import no_such_word, yes_or_no
from torch_portal.common import clock, money
from torch_portal.common.downloads import XLSX
from torch_portal.common.sheets import (
    BadCell,
    BadSheet,
    Limits,
    Table,
    find_table,
    plain_head,
    read,
    text,
    unit_of,
)
from torch_portal.common.sheets.heads import is_serial
from torch_portal.filings.api.bulk import Rows
from torch_portal.filings.uploads import BadUpload, check_clean

# What a line says beside the entries of its draft.
BESIDE = ("key", "submit", "agency")
NAMES = {plain_head(name): name for name in (*NewContract().fields, *BESIDE)}
WORDS = ("choice", "many")
Place = tuple[int, str, int]


class Workbook(BaseParser):
    """The first visible sheet of a workbook."""

    media_type = XLSX

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Rows:
        """Numbered rows; BadUpload for what is no table, what is wrong with one row with it."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RequestDataTooBig
        check_clean(SimpleUploadedFile("table.xlsx", body, XLSX))
        try:
            sheet = read(body, Limits(size=limit))
        except BadSheet as error:
            raise BadUpload(str(error)) from error
        table = find_table(sheet, known_heads() | set(NAMES))
        return _rows(table) if table else Rows()


def _rows(table: Table) -> Rows:
    columns = _columns(table.heads)
    rows = Rows((number, partial(entries_of, cells, columns)) for number, cells in table.rows)
    rows.left_out = tuple(number for number, _words in table.left_out)
    return rows


def _columns(heads: tuple[str, ...]) -> list[Place]:
    """(place, entry, unit in yuan); an unknown head keeps its own words and is refused by them.

    The kind comes last: what it is depends on the day of signing.
    """
    understood = suggest_columns(heads, {})
    found = []
    for place, head in enumerate(heads):
        if not head or is_serial(head):
            continue
        spec = understood.get(str(place), {})
        name = NAMES.get(plain_head(head)) or spec.get("field") or head
        found.append((place, name, unit_of(head) or 1))
    return sorted(found, key=lambda column: column[1] == "kind")


def entries_of(cells: tuple[Any, ...], columns: list[Place]) -> dict[str, Any]:
    """The entries of a row as JSON has them; ValidationError with all cells that are wrong."""
    told: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for place, name, unit in columns:
        cell = cells[place] if place < len(cells) else ""
        if not text(cell) or name == PHONE:
            continue
        try:
            _put(told, name, cell, unit)
        except BadCell as error:
            wrong[name] = str(error)
        except Invalid as error:
            wrong[name] = error.messages[0]
    if wrong:
        raise ValidationError(wrong)
    return told


def _put(told: dict[str, Any], name: str, cell: Any, unit: int) -> None:
    """One cell into the entries."""
    typed = text(cell)
    if name == "kind":
        told |= _kind(typed, told)
    elif name.startswith(COST):
        amount = read_cell(COLUMNS[name], cell, unit, {})[0]
        line = {"kind": name.removeprefix(COST), "amount_yuan": money.plain(amount)}
        told.setdefault("deductions", []).append(line)
    elif name == "submit":
        said = yes_or_no(typed)
        told[name] = typed if said is None else said
    elif name in COLUMNS and name in NAMES.values():
        value, _shown, resembles = read_cell(COLUMNS[name], cell, unit, {})
        if resembles and COLUMNS[name].kind in WORDS:
            raise BadCell(no_such_word(name, typed))
        told[name] = _plain(value, COLUMNS[name].kind)
    else:
        told[name] = typed


def _kind(typed: str, told: dict[str, Any]) -> dict[str, str]:
    """Kind and, if its name says so and no column does, sub-kind."""
    today = clock.today()
    signed = datetime.date.fromisoformat(told["signed_on"]) if "signed_on" in told else today
    edition = editions.on(today)
    kind, subkind, exact = kind_meaning(typed, {}, min(signed, today), edition.licence_from)
    if not (kind and exact):
        raise BadCell(no_such_word("kind", typed))
    return {"kind": kind} | ({"subkind": subkind} if subkind and "subkind" not in told else {})


def _plain(value: Any, kind: str) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return money.plain(value) if kind == "amount" else f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, datetime.date) else value
