"""Tables from counted cells: plain Python, exact sums, nothing rounded.

Rounding has one place (printing.py). Here rows are summed and compared as they are, so that a
total is the sum of its contracts and not of printed figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from torch_portal.common.counting import Cells, Counts, Figures, Key

Cell = tuple[str, Key]


@dataclass(frozen=True)
class Row:
    """What a row of a table is: where it stands and which cells make it up."""

    code: str
    label: Any
    cells: tuple[Cell, ...]
    depth: int = 0


@dataclass(frozen=True)
class Shape:
    """One table: its number, title and rows. total: the cell that its rows must add up to."""

    number: str
    title: Any
    rows: tuple[Row, ...]
    first: Any
    note: Any = ""
    total: Cell | None = ("all", ())


@dataclass(frozen=True)
class Line:
    """A row with its figures; `before` is None where no period can be compared with."""

    code: str
    label: str
    depth: int
    now: Figures
    before: Figures | None


@dataclass(frozen=True)
class Table:
    """A table with figures. total: None where the rows are not parts of one whole."""

    number: str
    title: str
    first: str
    note: str
    lines: tuple[Line, ...]
    total: Line | None

    def line(self, code: str) -> Line:
        """The row of this code; KeyError when there is none."""
        return {line.code: line for line in self.lines}[code]


def build(shapes: Sequence[Shape], counts: Counts, *, compared: bool, rest: str) -> list[Table]:
    """Each shape with its figures. rest: the label of what stands in no row of its table."""
    return [_table(shape, counts, compared=compared, rest=rest) for shape in shapes]


def _table(shape: Shape, counts: Counts, *, compared: bool, rest: str) -> Table:
    lines = [_line(row, counts, compared=compared) for row in shape.rows]
    total = None
    if shape.total:
        whole = Row("total", "", (shape.total,))
        total = _line(whole, counts, compared=compared)
        left = _left_over(total, lines, rest)
        if left:
            left = _with_respondents(left, shape, counts)
        lines += [left] if left else []
    return Table(
        shape.number, str(shape.title), str(shape.first), str(shape.note), tuple(lines), total
    )


def _line(row: Row, counts: Counts, *, compared: bool) -> Line:
    before = _sum(row, counts.before) if compared else None
    return Line(row.code, str(row.label), row.depth, _sum(row, counts.now), before)


def _sum(row: Row, cells: Cells) -> Figures:
    found = (cells.get(grouping, {}).get(key) for grouping, key in row.cells)
    return sum((f for f in found if f), Figures())


def _left_over(total: Line, lines: Sequence[Line], label: str) -> Line | None:
    """What the rows do not hold: entries that were not stated, codes that are gone."""
    roots = [line for line in lines if line.depth == 0]
    now = total.now - sum((line.now for line in roots), Figures())
    before = None
    if total.before is not None:
        parts = (line.before for line in roots if line.before)
        before = total.before - sum(parts, Figures())
    if not now.items and not (before and before.items):
        return None
    return Line("rest", label, 0, now, before)


def _with_respondents(left: Line, shape: Shape, counts: Counts) -> Line:
    """Behind what stands in no row are at least those of its largest cell."""
    taken = {cell for row in shape.rows if row.depth == 0 for cell in row.cells}
    groupings = {grouping for grouping, _key in taken}

    def people(cells: Cells) -> int:
        loose = (
            figures.respondents
            for grouping in groupings
            for key, figures in cells.get(grouping, {}).items()
            if (grouping, key) not in taken
        )
        return max(loose, default=0)

    now = replace(left.now, respondents=people(counts.now))
    before = left.before and replace(left.before, respondents=people(counts.before))
    return replace(left, now=now, before=before)


@dataclass(frozen=True)
class Difference:
    """A row that is not as it was frozen: both figures, and what lies between."""

    number: str
    title: str
    code: str
    label: str
    frozen: Figures
    live: Figures

    @property
    def change(self) -> Figures:
        """Live less frozen."""
        return self.live - self.frozen


def differences(frozen: Sequence[Table], live: Sequence[Table]) -> list[Difference]:
    """The rows of this period that differ, in the order of the tables."""
    found = []
    for table in frozen:
        other = next((t for t in live if t.number == table.number), None)
        found += _between(table, other) if other else []
    return found


def _between(frozen: Table, live: Table) -> list[Difference]:
    was, is_now = _by_code(frozen), _by_code(live)
    found = []
    for code in dict.fromkeys([*was, *is_now]):
        label = (was.get(code) or is_now[code]).label
        before = _plain(was[code].now if code in was else Figures())
        after = _plain(is_now[code].now if code in is_now else Figures())
        if before != after:
            found.append(Difference(frozen.number, frozen.title, code, label, before, after))
    return found


def _by_code(table: Table) -> dict[str, Line]:
    lines = [table.total, *table.lines] if table.total else list(table.lines)
    return {line.code: line for line in lines}


def _plain(figures: Figures) -> Figures:
    return replace(figures, respondents=0)


def as_plain(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """For JSON: amounts in yuan as decimal strings with two places."""
    return [
        {
            "number": t.number,
            "title": t.title,
            "first": t.first,
            "note": t.note,
            "lines": [_plain_line(line) for line in t.lines],
            "total": _plain_line(t.total) if t.total else None,
        }
        for t in tables
    ]


def _plain_line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "label": line.label,
        "depth": line.depth,
        "now": plain_figures(line.now),
        "before": plain_figures(line.before) if line.before else None,
    }


def plain_figures(figures: Figures) -> dict[str, Any]:
    """Figures for JSON."""
    return {
        "items": figures.items,
        "total_yuan": f"{figures.total:.2f}",
        "technical_yuan": f"{figures.technical:.2f}",
        "respondents": figures.respondents,
    }


def from_plain(rows: Sequence[Mapping[str, Any]]) -> list[Table]:
    """What as_plain made."""
    return [
        Table(
            row["number"],
            row["title"],
            row["first"],
            row["note"],
            tuple(_line_from(line) for line in row["lines"]),
            _line_from(row["total"]) if row["total"] else None,
        )
        for row in rows
    ]


def _line_from(row: Mapping[str, Any]) -> Line:
    before = _figures_from(row["before"]) if row["before"] else None
    return Line(row["code"], row["label"], row["depth"], _figures_from(row["now"]), before)


def _figures_from(row: Mapping[str, Any]) -> Figures:
    return Figures(
        row["items"],
        Decimal(row["total_yuan"]),
        Decimal(row["technical_yuan"]),
        row["respondents"],
    )
