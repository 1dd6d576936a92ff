"""What the officials' dashboard shows: sums over the pre-aggregated rows, each with its list."""

import datetime
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from contracts import line
from torch_portal.accounts.models import Agency
from torch_portal.reports.models import MonthTally, Recount, StateTally
from torch_portal.reports.tables import pictures, printing, reading, tally

AGENCIES = 20


@dataclass(frozen=True)
class Filters:
    """What the address narrows the figures to; "" for all."""

    place: str
    year: int
    kind: str = ""
    tech_field: str = ""

    def rows(self, model: Any) -> QuerySet[Any]:
        """The rows of this place, kind and field."""
        known = {"jurisdiction": self.place, "kind": self.kind, "tech_field": self.tech_field}
        return model.objects.filter(**{k: v for k, v in known.items() if v})

    def listed(self, **more: Any) -> str:
        """The list that a figure counts, with the same narrowing."""
        query = {"queue": "all", "place": self.place, "kind": self.kind, "field": self.tech_field}
        query = {k: v for k, v in (query | more).items() if v}
        return f"{reverse(line.QUEUE_URL)}?{urllib.parse.urlencode(query)}"


def counted_at() -> datetime.datetime | None:
    """When the rows were made."""
    found = Recount.objects.filter(name=tally.BOARD).values_list("counted_at", flat=True)
    return found.first()


def board(filters: Filters) -> dict[str, Any]:
    """Everything on the page, in five queries."""
    months = _months(filters)
    states = list(
        filters.rows(StateTally).values("at_state", "agency").annotate(n=Sum("filings"),
                                                                       late=Sum("overdue"))
    )  # fmt: skip
    return {
        "sums": _sums(filters, months),
        "columns": _columns(filters, months),
        "months": _month_rows(filters, months),
        "states": _states(filters, states),
        "overdue": _overdue(filters, states),
        "kinds": _parts(filters, "kind", line.DIMENSIONS["kind"]),
        "fields": _parts(filters, "tech_field", line.DIMENSIONS["field"]),
    }


def _months(filters: Filters) -> dict[datetime.date, dict[str, Any]]:
    """By month of this year and the one before."""
    first = datetime.date(filters.year - 1, 1, 1)
    rows = (
        filters.rows(MonthTally)
        .filter(month__range=(first, datetime.date(filters.year, 12, 31)))
        .values("month")
        .annotate(sent=Sum("submitted"), done=Sum("registered"), total=Sum("total_yuan"),
                  technical=Sum("technical_yuan"))
    )  # fmt: skip
    return {row["month"]: row for row in rows}


def _sums(filters: Filters, months: Mapping[datetime.date, Mapping[str, Any]]) -> list[Any]:
    year = str(filters.year)
    heads = (
        ("sent", _("Submitted"), filters.listed(sent=year)),
        ("done", _("Registered, in force"), filters.listed(registered=year)),
        ("total", _("Contract amount"), filters.listed(registered=year)),
        ("technical", _("Technical amount"), filters.listed(registered=year)),
    )
    found = []
    for name, label, url in heads:
        now, before = (
            sum((Decimal(r[name]) for m, r in months.items() if m.year == year), Decimal(0))
            for year in (filters.year, filters.year - 1)
        )
        money = name in ("total", "technical")
        text = printing.amount(now, "yi") if money else f"{now:,}"
        unit = printing.unit_name("yi") if money else ""
        growth = printing.growth_of(now, before)
        told = {"growth": growth, "compared": bool(before)}
        found.append({"label": label, "text": text, "unit": unit, "url": url} | told)
    return found


def _of_year(filters: Filters, months: Mapping[datetime.date, Mapping[str, Any]]) -> list[Any]:
    empty = {"sent": 0, "done": 0, "total": Decimal(0), "technical": Decimal(0)}
    days = [datetime.date(filters.year, month, 1) for month in range(1, 13)]
    return [(f"{day:%Y-%m}", months.get(day, empty)) for day in days]


def _month_rows(filters: Filters, months: Any) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "sent": f"{row['sent']:,}",
            "done": f"{row['done']:,}",
            "total": printing.amount(row["total"], "yi"),
            "sent_url": filters.listed(sent=label),
            "done_url": filters.listed(registered=label),
        }
        for label, row in _of_year(filters, months)
    ]


def _columns(filters: Filters, months: Any) -> list[dict[str, Any]]:
    rows = _of_year(filters, months)
    return [
        {
            "title": _("Filings submitted by month"),
            "columns": pictures.columns([
                (label[5:], r["sent"], f"{r['sent']:,}" if r["sent"] else "",
                 filters.listed(sent=label)) for label, r in rows
            ]),
        },
        {
            "title": _("Contract amount registered by month (%(unit)s)")
            % {"unit": printing.unit_name("yi")},
            "columns": pictures.columns([
                (label[5:], r["total"], printing.amount(r["total"], "yi") if r["total"] else "",
                 filters.listed(registered=label)) for label, r in rows
            ]),
        },
    ]  # fmt: skip


def _bars(rows: list[tuple[str, Decimal | int, str, str]]) -> list[dict[str, Any]]:
    top = max((value for _l, value, _t, _u in rows), default=0)
    return [
        {"label": label, "width": pictures.share_of(value, top), "text": text, "url": url}
        for label, value, text, url in rows
    ]


def _states(filters: Filters, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The way of a filing from top to bottom, every state that was reached."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row["at_state"]] = sums.get(row["at_state"], 0) + row["n"]
    labels = line.workflow.labels
    return _bars([
        (str(labels[s]), sums[s], f"{sums[s]:,}", filters.listed(state=s))
        for s in labels if sums.get(s)
    ])  # fmt: skip


def _overdue(filters: Filters, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Agencies with filings past their day, most first."""
    sums: dict[int, int] = {}
    for row in (r for r in rows if r["late"] and r["agency"]):
        sums[row["agency"]] = sums.get(row["agency"], 0) + row["late"]
    most = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:AGENCIES]
    names = dict(Agency.objects.filter(pk__in=[pk for pk, _n in most]).values_list("pk", "name"))
    return _bars([
        (names[pk], n, f"{n:,}", filters.listed(queue="overdue", agency=pk)) for pk, n in most
    ])  # fmt: skip


def _parts(filters: Filters, column: str, dimension: Any) -> list[dict[str, Any]]:
    """Registered contracts of the year by kind or field, with their amounts."""
    year = datetime.date(filters.year, 1, 1), datetime.date(filters.year, 12, 31)
    rows = filters.rows(MonthTally).filter(month__range=year).values(column)
    sums = {r[column]: r for r in rows.annotate(n=Sum("registered"), total=Sum("total_yuan"))}
    name = "field" if column == "tech_field" else column
    found: list[tuple[str, Decimal | int, str, str]] = []
    for entry in dimension.entries:
        row = sums.get(entry.code, {"n": 0, "total": Decimal(0)})
        words = _("%(items)s items, %(amount)s %(unit)s") % {
            "items": f"{row['n']:,}",
            "amount": printing.amount(row["total"], "yi"),
            "unit": printing.unit_name("yi"),
        }
        more = {name: entry.code, "registered": str(filters.year)}
        found.append((str(entry.label), row["total"], words, filters.listed(**more)))
    return _bars(found)


def regions(filters: Filters) -> list[dict[str, Any]]:
    """The country as tiles: amounts registered by each jurisdiction in the year."""
    year = datetime.date(filters.year, 1, 1), datetime.date(filters.year, 12, 31)
    everywhere = Filters("", filters.year, filters.kind, filters.tech_field)
    rows = everywhere.rows(MonthTally).filter(month__range=year).values("jurisdiction")
    sums = {r["jurisdiction"]: r for r in rows.annotate(n=Sum("registered"),
                                                        total=Sum("total_yuan"))}  # fmt: skip
    made = pictures.tiles({c: r["total"] for c, r in sums.items()}, reading.regions())
    for tile in made:
        row = sums.get(tile["code"], {"n": 0, "total": Decimal(0)})
        tile["items"] = f"{row['n']:,}"
        tile["text"] = printing.amount(row["total"], "yi")
        tile["url"] = everywhere.listed(place=tile["code"], registered=str(filters.year))
    return made
