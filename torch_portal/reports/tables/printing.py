"""The printed figure: the one place where a table rounds, half up and away from zero.

Amounts are kept and summed in yuan and printed in 亿元 or 万元 with two decimals. Growth (同比) and
share (占比) are computed from yuan, growth with one decimal, shares with two. A printed total can
therefore differ from the sum of the printed rows by a unit of its last place; it is not forced.
Published texts truncate now and then; the portal does not follow them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from torch_portal.common.counting import Figures
from torch_portal.common.money import half_up, percent
from torch_portal.reports.tables.build import Line, Table

UNITS = {"yi": Decimal(10**8), "wan": Decimal(10**4)}
GROWTH = Decimal("0.1")
NONE = "—"
HIDDEN = "*"


@dataclass(frozen=True)
class PrintedLine:
    """A row as text; `figures` follows COLUMNS."""

    code: str
    label: str
    depth: int
    figures: tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    """A table as text."""

    number: str
    title: str
    first: str
    note: str
    columns: tuple[str, ...]
    lines: tuple[PrintedLine, ...]


def unit_name(unit: str) -> str:
    """亿元 or 万元."""
    return _("100 million yuan") if unit == "yi" else _("10,000 yuan")


def columns(unit: str) -> tuple[str, ...]:
    """The heads: 项数, 成交额, 技术交易额, each with 同比, and the share of the amount."""
    growth = _("year on year (%)")
    return (
        _("Items"),
        growth,
        _("Contract amount (%(unit)s)") % {"unit": unit_name(unit)},
        growth,
        _("Share (%)"),
        _("Technical amount (%(unit)s)") % {"unit": unit_name(unit)},
        growth,
    )


def printed(
    tables: Sequence[Table], *, unit: str, hidden: dict[str, "Hidden"] | None = None
) -> list[PrintedTable]:
    """Every table as text; `hidden` names the rows that are not told in public, by table."""
    return [_printed(t, unit, (hidden or {}).get(t.number, Hidden())) for t in tables]


@dataclass(frozen=True)
class Hidden:
    """Rows whose figures are not told, in this period and in the one before."""

    now: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()


def _printed(table: Table, unit: str, hidden: Hidden) -> PrintedTable:
    lines = [*([table.total] if table.total else []), *table.lines]
    whole = None if "total" in hidden.now else table.total
    return PrintedTable(
        table.number,
        table.title,
        table.first,
        table.note,
        columns(unit),
        tuple(_printed_line(line, whole, unit, hidden) for line in lines),
    )


def _printed_line(line: Line, whole: Line | None, unit: str, hidden: Hidden) -> PrintedLine:
    label = line.label if line.code != "total" else _("Total")
    if line.code in hidden.now:
        return PrintedLine(line.code, label, line.depth, (HIDDEN,) * 7)
    before = (None if line.code in hidden.before else line.before) or Figures()
    figures = (
        f"{line.now.items:,}",
        growth_of(Decimal(line.now.items), Decimal(before.items)),
        amount(line.now.total, unit),
        growth_of(line.now.total, before.total),
        share(line.now, whole.now) if whole else NONE,
        amount(line.now.technical, unit),
        growth_of(line.now.technical, before.technical),
    )
    told = figures if line.code not in hidden.before else _without_growth(figures)
    return PrintedLine(line.code, label, line.depth, told)


def _without_growth(figures: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(HIDDEN if n in (1, 3, 6) else text for n, text in enumerate(figures))


def amount(yuan: Decimal, unit: str) -> str:
    """In 亿元 or 万元, two decimals, half up, with thousands separators."""
    return f"{half_up(yuan / UNITS[unit]):,.2f}"


def growth_of(now: Decimal, before: Decimal | None) -> str:
    """同比 in percent, one decimal and signed; — where there was nothing to compare with."""
    if not before:
        return NONE
    value = half_up((now - before) * 100 / before, GROWTH)
    return f"{value:+,.1f}" if value else "0.0"


def share(part: Figures, whole: Figures) -> str:
    """Of the total amount in percent, two decimals; — where there is none."""
    return f"{percent(part.total, whole.total):.2f}" if whole.total else NONE
