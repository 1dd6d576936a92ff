"""A return as a workbook: every item a row with code, name and unit; read back row by row."""

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import queries
from stats.editions import Instrument, Item
from stats.enums import Kind
from stats.models import Return
from stats.rules import read_value
from stats.rules.entries import BadEntry, plain, read_entry
from torch_portal.common import sheets
from torch_portal.common.sheets import BadSheet, writing
from torch_portal.filings.guided.sheet import LANGUAGES, SheetForm

__all__ = ["SheetForm", "carried", "entries_from", "read_workbook", "workbook"]

HEADS: Mapping[str, Any] = {
    "table": gettext_lazy("Table"),
    "code": gettext_lazy("Code"),
    "label": gettext_lazy("Item"),
    "unit": gettext_lazy("Unit"),
    "value": gettext_lazy("This year"),
    "before": gettext_lazy("Last year"),
    "choices": gettext_lazy("Choices"),
}
WIDTHS = {"label": 44, "value": 20, "before": 20, "choices": 40}
NEEDED = ("code", "value")
LONGEST_CHOICES = 400
MOST_ROWS = 2_000


def workbook(report: Return) -> bytes:
    """The whole return with its values as saved, and last year's beside them."""
    instrument = queries.version_of(report.round)
    before = queries.last_year(report)
    columns = [
        writing.Column(name, str(head), width=WIDTHS.get(name, 14)) for name, head in HEADS.items()
    ]
    rows = [
        [
            item.table,
            item.code,
            "　" * item.indent + item.label_zh,
            item.unit,
            _cell(item, report.data.get(item.code, "")),
            _cell(item, before.get(item.code, "")),
            _choices(item, instrument),
        ]
        for item in instrument.items.values()
    ]
    return writing.workbook(instrument.version[:31], columns, rows)


def _cell(item: Item, value: str) -> Any:
    known = read_value(item.kind.value, value) if item.kind in (Kind.NUMBER, Kind.COUNT) else None
    return known if isinstance(known, Decimal) else value or None


def _choices(item: Item, instrument: Instrument) -> str:
    listed = instrument.lists.get(item.choices)
    words = (f"{code} {label}" for code, label in listed.choices) if listed else ()
    return "；".join(words)[:LONGEST_CHOICES]


@dataclass
class Line:
    """One row of a workbook: its number, the item, what stands in it and what is wrong."""

    number: int
    code: str
    label: str = ""
    typed: str = ""
    now: str = ""
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Brought:
    """What was read. lines: rows that change something or are wrong. same: rows that agree."""

    lines: list[Line]
    same: int

    @property
    def whole(self) -> bool:
        """Whether all of it can be taken."""
        return bool(self.lines) and not any(line.faults for line in self.lines)

    @property
    def faulty(self) -> list[Line]:
        """Rows with a fault."""
        return [line for line in self.lines if line.faults]


def carried(brought: Brought) -> str:
    """The values as text, for the form that takes them."""
    entries = {line.code: line.typed for line in brought.lines}
    return json.dumps(entries, ensure_ascii=False)


def entries_from(text: str) -> dict[str, str] | None:
    """The values that a form carried; None for what no form of ours carried."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict) or not found:
        return None
    pairs = {str(code): str(value) for code, value in found.items() if isinstance(value, str)}
    return pairs if len(pairs) == len(found) else None


def read_workbook(report: Return, data: bytes, today: datetime.date) -> Brought:
    """The values of a workbook that somebody filled in; BadSheet when it is no such table."""
    instrument = queries.version_of(report.round)
    sheet = sheets.read(data)
    known = {head: name for name, label in HEADS.items() for head in _plain_heads(label)}
    found = sheets.find_table(sheet, known)
    places: dict[str, int] = {}
    for n, head in enumerate(found.heads if found else ()):
        name = known.get(sheets.plain_head(head))
        if name:
            places.setdefault(name, n)
    missing = [str(HEADS[name]) for name in NEEDED if name not in places]
    if found is None or missing:
        words = _("Columns are missing: %(heads)s. Take the workbook again.")
        raise BadSheet(words % {"heads": ", ".join(missing)})
    if len(found.rows) > MOST_ROWS:
        raise BadSheet(_("This table has too many rows. Take the workbook again."))
    lines = list(_lines(report, instrument, found.rows, places, today))
    if not lines:
        raise BadSheet(_("There is no row below the heads."))
    changed = [line for line in lines if line.faults or line.typed != line.now]
    return Brought(changed, len(lines) - len(changed))


def _plain_heads(label: Any) -> Iterator[str]:
    for language in LANGUAGES:
        with translation.override(language):
            yield sheets.plain_head(str(label))


def _lines(
    report: Return,
    instrument: Instrument,
    rows: Any,
    places: Mapping[str, int],
    today: datetime.date,
) -> Iterator[Line]:
    others = queries.versions_with(report)
    seen: set[str] = set()
    for number, cells in rows:
        row = {n: _text(cells[place]) for n, place in places.items() if place < len(cells)}
        code = row.get("code", "")
        line = Line(number, code, row.get("label", ""), row.get("value", ""))
        item = instrument.items.get(code)
        if item is None:
            line.faults.append(_unknown(code, cells, instrument, others))
            yield line
            continue
        line.label, line.now = item.label_zh, report.data.get(code, "")
        line.faults += _apart(item, row)
        if code in seen:
            line.faults.append(_("The code %(code)s stands in two rows.") % {"code": code})
        seen.add(code)
        if not line.faults:
            _read(line, item, instrument, today)
        yield line


def _text(cell: Any) -> str:
    words = sheets.text(cell)
    return words[1:] if words[:1] == "'" and words[1:2] in writing.ACTIVE else words


def _read(line: Line, item: Item, instrument: Instrument, today: datetime.date) -> None:
    try:
        line.typed = read_entry(item, instrument, line.typed, today)
    except BadEntry as error:
        line.faults.append(str(error))


def _unknown(
    code: str, cells: tuple[Any, ...], instrument: Instrument, others: Mapping[str, str]
) -> str:
    """Why the first column is no code: shifted, of another year, or unknown."""
    words = [_text(cell) for cell in cells]
    astray = next((word for word in words if word in instrument.items), "")
    values = {
        "code": code[:40] or _("blank"),
        "found": astray,
        "version": instrument.version,
        "other": others.get(code, ""),
    }
    if astray:
        return (
            _(
                "The columns are shifted here: the code %(found)s does not stand in the column of "
                "codes. Put the row right, or take the workbook again."
            )
            % values
        )
    if values["other"]:
        return (
            _(
                "%(code)s is a code of %(other)s; this round asks %(version)s. Take the workbook "
                "of this round and use its codes."
            )
            % values
        )
    return _("%(version)s has no item %(code)s. Check the code in the first column.") % values


def _apart(item: Item, row: Mapping[str, str]) -> Iterator[str]:
    """Name and unit beside the code are those of the item; else columns or rows were moved."""
    label, unit = row.get("label", ""), row.get("unit", "")
    if label and plain(label) != plain(item.label_zh):
        yield (
            _(
                "Beside the code %(code)s stands “%(label)s”, but the item is “%(right)s”: columns "
                "or rows were moved apart. Take the workbook again."
            )
            % {"code": item.code, "label": label[:40], "right": item.label_zh}
        )
    elif unit and plain(unit) != plain(item.unit):
        yield (
            _("The unit of %(code)s is %(right)s, but the row says “%(unit)s”. Convert the value.")
            % {"code": item.code, "right": item.unit or "—", "unit": unit[:20]}
        )
