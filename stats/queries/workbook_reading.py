"""Reading the workbook of a questionnaire: each cell by its column, every fault with its place."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from stats.queries.workbook import SHEETS, YES, Column, head_of
from stats.rules import NotReadable, parse
from torch_portal.common import sheets
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.sheets import BadCell, Sheet
from torch_portal.common.sheets.writing import ACTIVE

CLAUSE = "平台设定"
CODE = "workbook"
YES_WORDS = frozenset({YES, "y", "true", "1", "是"})
NO_WORDS = frozenset({"", "no", "n", "false", "0", "否"})
MOST_ROWS = 3_000
LIMITS = sheets.Limits(size=5 * 1024**2, unpacked=60 * 1024**2, rows=MOST_ROWS)
PLACES = 4

Row = dict[str, Any]


@dataclass
class Brought:
    """What a workbook says: the rows of each sheet by column, and everything wrong with it."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, place: str, message: Any, **values: Any) -> None:
        """Something that keeps the workbook from being taken."""
        self.findings.append(
            Finding(CODE, Level.BLOCK, place, message, CLAUSE, {"place": place, **values})
        )


def read(data: bytes) -> Brought:
    """The rows of a workbook with all that is wrong; BadSheet for what is no workbook at all."""
    brought = Brought()
    found = {sheet.name.strip().casefold(): sheet for sheet in sheets.read_all(data, LIMITS)}
    for name, columns in SHEETS.items():
        if name in found:
            brought.rows[name] = list(_rows(found[name], name, columns, brought))
        else:
            brought.fault(name, NO_SHEET, sheet=name)
    return brought


def _rows(sheet: Sheet, name: str, columns: Sequence[Column], brought: Brought) -> Iterator[Row]:
    table = sheets.find_table(sheet, [c.name for c in columns])
    places = _places(table.heads if table else (), columns)
    missing = [head_of(c) for c in columns if c.name not in places]
    if table is None or missing:
        brought.fault(name, NO_COLUMNS, sheet=name, heads=", ".join(missing))
        return
    for number, words in table.left_out:
        if number > table.head:
            brought.fault(f"{name} {number}", NO_ROW, words=words)
    for number, cells in table.rows:
        if number in sheet.hidden:
            brought.fault(f"{name} {number}", HIDDEN)
        row = {c.name: _cell(c, cells, places, f"{name} {number}", brought) for c in columns}
        yield row | {"row": number}


def _places(heads: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands, by its head without what is in brackets."""
    known = {column.name for column in columns}
    plain = [sheets.plain_head(head) for head in heads]
    return {head: n for n, head in reversed(list(enumerate(plain))) if head in known}


def _cell(
    column: Column, cells: Sequence[Any], places: Mapping[str, int], place: str, brought: Brought
) -> Any:
    """The value of one cell; a fault of it is kept and the value is None."""
    at = places[column.name]
    words = _words(cells[at] if at < len(cells) else "")
    where = f"{place}, {column.name}"
    if not words:
        if column.must:
            brought.fault(where, EMPTY)
        return None if column.form in {"day", "whole"} else ""
    if len(words) > column.longest:
        brought.fault(where, TOO_LONG, most=column.longest, count=len(words))
        return None
    try:
        return READ[column.form if not column.options or column.form == "yes" else "option"](
            column, words
        )
    except NotReadable as error:
        brought.fault(where, NO_EXPRESSION, said=str(error))
    except (BadCell, ValueError, InvalidOperation):
        brought.fault(where, WRONG[column.form] if not column.options else NO_OPTION,
                      words=words, options=", ".join(column.options))  # fmt: skip
    return None


def _words(cell: Any) -> str:
    """A cell as text, without the mark that keeps a text from becoming a formula."""
    words = sheets.text(cell)
    return words[1:] if words[:1] == "'" and words[1:2] in ACTIVE and words[1:2] else words


def _narrow(words: str) -> str:
    """Full-width digits, letters and signs as half-width ones."""
    return unicodedata.normalize("NFKC", words).strip()


def _code(_column: Column, words: str) -> str:
    return _narrow(words)


def _whole(_column: Column, words: str) -> int:
    found = Decimal(_narrow(words))
    if found != found.to_integral_value() or not 0 <= found < 1_000:
        raise ValueError(words)
    return int(found)


def _number(_column: Column, words: str) -> str:
    found = Decimal(_narrow(words).replace(",", ""))
    if not found.is_finite() or abs(found) >= 10**18 or found != round(found, PLACES):
        raise ValueError(words)
    return f"{found.normalize():f}" if found else "0"


def _day(_column: Column, words: str) -> str:
    found = sheets.day(words)
    if found is None:
        raise ValueError(words)
    return found.isoformat()


def _yes(_column: Column, words: str) -> bool:
    plain = _narrow(words).casefold()
    if plain not in YES_WORDS | NO_WORDS:
        raise ValueError(words)
    return plain in YES_WORDS


def _option(column: Column, words: str) -> str:
    plain = _narrow(words).casefold()
    if plain not in column.options:
        raise ValueError(words)
    return plain


def _expression(_column: Column, words: str) -> str:
    parse(words)
    return words


READ: dict[str, Any] = {
    "text": lambda _column, words: words,
    "code": _code,
    "whole": _whole,
    "number": _number,
    "day": _day,
    "yes": _yes,
    "option": _option,
    "expression": _expression,
}


def check_together(brought: Brought, version: str) -> None:
    """What only shows when sheets are seen together: the version, tables, keys that stand twice."""
    settings = brought.rows["settings"]
    if len(settings) != 1:
        brought.fault("settings", ONE_ROW, count=len(settings))
    elif settings[0]["version"] != version:
        brought.fault("settings", OTHER_VERSION, found=settings[0]["version"], version=version)
    tables = {row["name"] for row in brought.rows["tables"]}
    for row in brought.rows["survey"]:
        if row["table"] not in tables:
            brought.fault(f"survey {row['row']}, table", NO_TABLE, table=row["table"])
    for sheet, names in (("survey", ("name",)), ("rules", ("name",)), ("tables", ("name",)),
                         ("registers", ("name",)), ("choices", ("list_name", "name")),
                         ("comparability", ("before", "now"))):  # fmt: skip
        _twice(brought, sheet, names)


def _twice(brought: Brought, sheet: str, names: Sequence[str]) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for row in brought.rows[sheet]:
        key = tuple(row[name] for name in names)
        if key in first:
            said = {"key": ".".join(map(str, key)), "first": first[key]}
            brought.fault(f"{sheet} {row['row']}", TWICE, **said)
        first.setdefault(key, row["row"])


NO_SHEET = _("Sheet “%(sheet)s” is missing. Take the workbook again and fill that in.")
NO_COLUMNS = _(
    "%(place)s: columns are missing or their heads were changed: %(heads)s. Take the workbook "
    "again."
)
NO_ROW = _("%(place)s: “%(words)s” alone is no row. Complete it, or delete it.")
HIDDEN = _("%(place)s: the row is hidden. Show it, or delete it.")
EMPTY = _("%(place)s: the cell is empty. Fill it in; if the whole row is shifted, move it back.")
TOO_LONG = _("%(place)s: %(count)s characters; at most %(most)s are kept. Shorten it.")
NO_EXPRESSION = _("%(place)s: no expression. %(said)s")
NO_OPTION = _("%(place)s: “%(words)s” is not possible here. Use one of %(options)s.")
NO_WHOLE = _("%(place)s: “%(words)s” is no whole number from 0 on. Correct it.")
NO_NUMBER = _("%(place)s: “%(words)s” is no number. Correct it.")
NO_DAY = _("%(place)s: “%(words)s” is no day. Write it like 2022-01-01.")
ONE_ROW = _("%(place)s: one row is needed, and %(count)s are there.")
OTHER_VERSION = _(
    "The workbook is one of %(found)s and the draft is %(version)s. Take the workbook of this "
    "draft."
)
NO_TABLE = _("%(place)s: there is no table “%(table)s”. Add it to the sheet of tables.")
TWICE = _("%(place)s: %(key)s stands in row %(first)s already. Leave one of them out.")
WRONG = {"whole": NO_WHOLE, "number": NO_NUMBER, "day": NO_DAY}
