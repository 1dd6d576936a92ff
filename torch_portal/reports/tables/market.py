"""T1 to T10: which rows each table has, for the country or one jurisdiction.

Output (输出) counts a contract at its seller's region, absorption (吸纳) at its buyer's; one inside
a region counts in both. Cities planned separately stand beside their provinces, not inside. The
tables of a jurisdiction hold what its own agencies registered.
"""

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from torch_portal.common.counting import Cells, Counts, Dimensions, Entry
from torch_portal.reports.tables.build import Cell, Row, Shape
from torch_portal.reports.tables.span import Span


@dataclass(frozen=True)
class Ground:
    """What the rows hang on. place: "" for the country. regions, divisions: names by code."""

    place: str
    span: Span
    regions: Mapping[str, str]
    divisions: Mapping[str, str]
    dimensions: Dimensions


def shapes(ground: Ground, counts: Counts) -> list[Shape]:
    """All tables of a place and period."""
    return [*_by_entry(ground), *_by_place(ground, counts), *_clusters(counts), _months(ground)]


def _by_entry(ground: Ground) -> list[Shape]:
    known = ground.dimensions
    types = known["type"].entries
    return [
        Shape("T1", _("By kind of contract"), _kinds(known), _("Kind")),
        Shape("T2", _("By technology field"), _flat(known, "field"), _("Technology field")),
        Shape("T3", _("By intellectual property"), _property(known), _("Intellectual property")),
        Shape("T4", _("By plan"), _plans(known), _("Plan")),
        Shape("T5", _("By socio-economic objective"), _flat(known, "objective"), _("Objective")),
        Shape("T6.1", _("By type of seller"), _types(types, "seller_type"), _("Seller")),
        Shape("T6.2", _("By type of buyer"), _types(types, "buyer_type"), _("Buyer")),
    ]


def _cell(grouping: str, *key: str) -> Cell:
    return grouping, key


def _flat(known: Dimensions, name: str) -> tuple[Row, ...]:
    rows = known[name]
    return tuple(Row(e.code, e.label, (_cell(rows.grouping, e.code),)) for e in rows.entries)


def _kinds(known: Dimensions) -> tuple[Row, ...]:
    rows: list[Row] = []
    for kind in known["kind"].entries:
        rows.append(Row(kind.code, kind.label, (_cell("kind", kind.code),)))
        rows += [
            Row(f"{kind.code}.{sub.code}", sub.label, (_cell("subkind", kind.code, sub.code),), 1)
            for sub in known["subkind"].entries
            if sub.under == kind.code
        ]
    return tuple(rows)


def _under(code: str, label: Any, entries: Sequence[Entry], grouping: str) -> list[Row]:
    """A row for a group of entries, and one below it for each."""
    cells = tuple(_cell(grouping, e.code) for e in entries)
    return [Row(code, label, cells), *(Row(e.code, e.label, (c,), 1)
            for e, c in zip(entries, cells, strict=True))]  # fmt: skip


def _property(known: Dimensions) -> tuple[Row, ...]:
    entries = known["ip"].entries
    involved = [e for e in entries if e.code != "none"]
    rows = _under("involved", _("Involving intellectual property"), involved, "ip")
    return (*rows, *(Row(e.code, e.label, (_cell("ip", e.code),)) for e in entries[-1:]))


def _plans(known: Dimensions) -> tuple[Row, ...]:
    entries = known["plan"].entries
    planned = [e for e in entries if e.code != "outside"]
    rows = _under("planned", _("Plans of governments"), planned, "plan")
    return (*rows, *(Row(e.code, e.label, (_cell("plan", e.code),)) for e in entries[-1:]))


def _types(entries: Sequence[Entry], grouping: str) -> tuple[Row, ...]:
    firms = [e for e in entries if e.under]
    rest = [Row(e.code, e.label, (_cell(grouping, e.code),)) for e in entries if not e.under]
    return (*_under("firm", _("Enterprises"), firms, grouping), *rest)


def _region_rows(ground: Ground, grouping: str) -> tuple[Row, ...]:
    return tuple(Row(c, n, (_cell(grouping, c),)) for c, n in regions(ground).items())


def regions(ground: Ground) -> dict[str, str]:
    """The 37 regions, then what lies outside the mainland and abroad."""
    outside = {"hmt": _("Hong Kong, Macao and Taiwan"), "abroad": _("Abroad")}
    return {**ground.regions, **outside}


def _by_place(ground: Ground, counts: Counts) -> list[Shape]:
    note = "" if not ground.place else _("Contracts registered in this jurisdiction only.")
    output, absorption = (_region_rows(ground, n) for n in ("output", "absorption"))
    return [
        Shape("T7.1", _("Output by the seller's region"), output, _("Seller's region"), note),
        Shape("T7.2", _("Absorption by the buyer's region"), absorption, _("Buyer's region"), note),
        Shape("T7.3", _("Where technology flows"), _flows(ground, counts), _("Flow")),
        Shape("T7.4", _("Flow between regions"), _pairs(ground, counts), _("From → to")),
        Shape("T8", _city_title(ground), _cities(ground, counts), _("Place"),
              _("By the seller's division.")),
    ]  # fmt: skip


def _keys(counts: Counts, grouping: str) -> list[tuple[str, ...]]:
    """The keys that occur in this period or the one before, in order."""
    sides: Iterable[Cells] = (counts.now, counts.before)
    return sorted({key for cells in sides for key in cells.get(grouping, {})})


def _flows(ground: Ground, counts: Counts) -> tuple[Row, ...]:
    """What stays inside the seller's region and what leaves it; unstated ends are left over."""
    found: dict[str, list[Cell]] = {"inside": [], "outside": [], "hmt": [], "abroad": []}
    for seller, buyer in _keys(counts, "flow"):
        where = buyer if buyer in ("hmt", "abroad") else "outside"
        where = "inside" if seller == buyer else where
        if buyer and (seller or where in ("hmt", "abroad")):
            found[where].append(_cell("flow", seller, buyer))
    labels = {
        "inside": _("Inside the region"),
        "outside": _("To other regions"),
        "hmt": _("To Hong Kong, Macao and Taiwan"),
        "abroad": _("Abroad"),
    }
    return tuple(Row(code, labels[code], tuple(cells)) for code, cells in found.items())


def _pairs(ground: Ground, counts: Counts) -> tuple[Row, ...]:
    names = regions(ground)
    return tuple(
        Row(f"{a}>{b}", f"{names[a]} → {names[b]}", (_cell("flow", a, b),))
        for a, b in _keys(counts, "flow")
        if a in names and b in names
    )


def _city_title(ground: Ground) -> str:
    return _("By city and district") if ground.place else _("By province, its cities included")


def _cities(ground: Ground, counts: Counts) -> tuple[Row, ...]:
    """The divisions that occur; for the country the provinces."""
    found: dict[str, list[Cell]] = {}
    for (code,) in _keys(counts, "city"):
        place = code if ground.place else f"{code[:2]}0000"
        if code:
            found.setdefault(place, []).append(_cell("city", code))
    return tuple(Row(c, ground.divisions.get(c, c), tuple(cells)) for c, cells in found.items())


def _clusters(counts: Counts) -> list[Shape]:
    names = {
        "jjj": _("Beijing, Tianjin and Hebei"),
        "delta": _("Yangtze River Delta"),
        "bay": _("Guangdong, Hong Kong and Macao Greater Bay Area"),
    }
    rest = Row("other", _("Outside these clusters"), (_cell("cluster_output", ""),))
    output = tuple(Row(c, n, (_cell("cluster_output", c),)) for c, n in names.items())
    absorbed = tuple(Row(c, n, (_cell("cluster_absorption", c),)) for c, n in names.items())
    inner = tuple(Row(c, n, (_cell("cluster_flow", c, c),)) for c, n in names.items())
    other = Row("other", rest.label, (_cell("cluster_absorption", ""),))
    first = _("Cluster")
    return [
        Shape("T9.1", _("Output of clusters"), (*output, rest), first),
        Shape("T9.2", _("Absorption of clusters"), (*absorbed, other), first),
        Shape("T9.3", _("Flow inside clusters"), inner, first, total=None),
    ]


def _months(ground: Ground) -> Shape:
    """Quarters with their months, as far as the period reaches; the year before beside them."""
    rows: list[Row] = []
    months = list(_months_of(ground.span))
    for year, quarter in dict.fromkeys((y, (m + 2) // 3) for y, m in months):
        own = [(y, m) for y, m in months if (y, (m + 2) // 3) == (year, quarter)]
        cells = tuple(_month_cell(*month) for month in own)
        title = _("%(year)s, quarter %(quarter)s") % {"year": year, "quarter": quarter}
        rows.append(Row(f"{year}Q{quarter}", title, cells))
        rows += [Row(f"{y}-{m:02}", f"{y}-{m:02}", (_month_cell(y, m),), 1) for y, m in own]
    return Shape("T10", _("By quarter and month"), tuple(rows), _("Month of registration"))


def _month_cell(year: int, month: int) -> Cell:
    return _cell("month", f"{year}-{month:02}")


def _months_of(span: Span) -> Iterable[tuple[int, int]]:
    day = span.since.replace(day=1)
    while day <= span.until:
        yield day.year, day.month
        day += datetime.timedelta(days=calendar.monthrange(day.year, day.month)[1])
