"""The figures of a year for the report that each province writes (年度工作总结)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval.enums import NUMBERED, STANDING, Route, State, TechField
from sme_eval.models import Evaluation
from torch_portal.accounts.models import Division

ENTERED = Q(filing__state__in=NUMBERED)
VALID = Q(filing__state__in=STANDING)
# What each column counts; sums are of the enterprises whose number is valid, in 万元 or persons.
COUNTED: dict[str, Any] = {
    "filed": Count("pk"),
    "passed": Count("pk", filter=~Q(points={})),
    "entered": Count("pk", filter=ENTERED),
    "refused": Count("pk", filter=Q(filing__state=State.NOT_ENTERED)),
    "revoked": Count("pk", filter=Q(filing__state=State.REVOKED)),
    "resigned": Count("pk", filter=Q(filing__state=State.RESIGNED)),
    "valid": Count("pk", filter=VALID),
    "staff": Sum("staff_total", filter=VALID),
    "staff_st": Sum("staff_st", filter=VALID),
    "revenue": Sum("revenue", filter=VALID),
    "rd_cost": Sum("rd_cost", filter=VALID),
}
HEADS: dict[str, Any] = {
    "filed": gettext_lazy("Filed"),
    "passed": gettext_lazy("Passed"),
    "entered": gettext_lazy("Entered"),
    "refused": gettext_lazy("Not entered"),
    "revoked": gettext_lazy("Revoked"),
    "resigned": gettext_lazy("Given up"),
    "valid": gettext_lazy("Valid now"),
    "staff": gettext_lazy("Staff (persons)"),
    "staff_st": gettext_lazy("S&T staff (persons)"),
    "revenue": gettext_lazy("Sales revenue (万元)"),
    "rd_cost": gettext_lazy("R&D cost (万元)"),
}


@dataclass(frozen=True)
class Row:
    """One line of a table: its name and the figures in the order of the heads."""

    label: str
    figures: tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """One table: title, the head of its first column, its rows; the last one is the total."""

    title: str
    first: str
    rows: tuple[Row, ...]


def yearly(visible: QuerySet[Evaluation], year: int) -> list[Table]:
    """The tables of a year over the evaluations that a person may see; nine queries.

    An enterprise that is confirmed by several routes counts in each of them, so the table by
    route has no sum of its own but that of the year.
    """
    rows = visible.filter(year=year, filing__submitted_at__isnull=False).order_by()
    whole = Row(_("Total"), _figures(rows.aggregate(**COUNTED)))
    fields = dict(TechField.choices)
    return [
        Table(
            _("By place"),
            _("City"),
            (*_by_city(rows), whole),
        ),
        Table(
            _("By technology field"),
            _("Field"),
            (*_grouped(rows, "tech_field", lambda code: str(fields.get(code, "—"))), whole),
        ),
        Table(
            _("By way of confirmation"),
            _("Way"),
            (
                Row(_("By score"), _figures(rows.filter(by_route="score").aggregate(**COUNTED))),
                *(
                    Row(
                        str(route.label),
                        _figures(
                            rows.filter(direct_routes__contains=[route.value]).aggregate(**COUNTED)
                        ),
                    )
                    for route in Route
                ),
                whole,
            ),
        ),
    ]


def _by_city(rows: QuerySet[Evaluation]) -> Iterable[Row]:
    cities = rows.annotate(city=Left("enterprise__division", 4))
    found = list(cities.values("city").annotate(**COUNTED).order_by("city"))
    codes = [f"{row['city']}00" for row in found]
    names = dict(Division.objects.filter(code__in=codes).values_list("code", "path"))
    return [Row(names.get(f"{r['city']}00", r["city"]), _figures(r)) for r in found]


def _grouped(rows: QuerySet[Evaluation], column: str, label: Any) -> Iterable[Row]:
    found = rows.values(column).annotate(**COUNTED).order_by(column)
    return [Row(label(row[column]), _figures(row)) for row in found]


def _figures(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] or 0 for name in COUNTED)
