"""The tables of a place and period as the contracts stand now, for somebody who may see them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contracts import line
from torch_portal.accounts.models import Division, Jurisdiction
from torch_portal.accounts.roles import Person, governs, official_areas
from torch_portal.common.counting import Counts
from torch_portal.reports.tables import market
from torch_portal.reports.tables.build import Table, build
from torch_portal.reports.tables.span import Span

COUNTRY = ""


def places(user: Person) -> dict[str, str]:
    """The places whose tables the person may read, by code; the country has the code ""."""
    areas = official_areas(user)
    rows = Jurisdiction.objects.order_by("code")
    if None not in areas:
        return {j.code: j.name for j in rows.filter(code__in=areas)} if areas else {}
    return {COUNTRY: _("The whole country")} | {j.code: j.name for j in rows}


def may_read(user: Person, place: str) -> bool:
    """Officials, of their own jurisdiction; of the country those of the whole country."""
    return governs(user, place or None)


def counts(user: Person, place: str, span: Span, *, respondents: bool = False) -> Counts:
    """The contracts of a place that this person may see, counted."""
    rows = line.MODEL.objects.visible_to(user)
    if place:
        rows = rows.filter(filing__jurisdiction_id=place)
    before = span.year_before
    return line.counted(
        rows,
        period=span.days,
        before=before.days if before else None,
        respondents=respondents,
    )


def live(user: Person, place: str, span: Span, *, respondents: bool = False) -> list[Table]:
    """T1 to T10 as things stand now."""
    return tables(place, span, counts(user, place, span, respondents=respondents))


def tables(place: str, span: Span, counted: Counts) -> list[Table]:
    """Counted cells as tables, with the names of regions and divisions."""
    ground = market.Ground(
        place=place,
        span=span,
        regions=regions(),
        divisions=_divisions(place, counted),
        dimensions=line.DIMENSIONS,
    )
    shapes = market.shapes(ground, counted)
    return build(shapes, counted, compared=span.comparable, rest=_("Not stated"))


def regions() -> dict[str, str]:
    """The 37 jurisdictions by code, provinces each followed by its city planned separately."""
    return {j.code: j.name for j in Jurisdiction.objects.order_by("code")}


def _divisions(place: str, counted: Counts) -> Mapping[str, str]:
    codes = {key[0] for cells in (counted.now, counted.before) for key in cells.get("city", {})}
    if not place:
        codes = {f"{code[:2]}0000" for code in codes}
    return dict(Division.objects.filter(code__in=codes).values_list("code", "name"))


@dataclass(frozen=True)
class Asked:
    """What a page or file is about."""

    place: str
    span: Span
    unit: str

    def title(self, names: Mapping[str, str]) -> str:
        """Place and period, as the head of a table."""
        where = names.get(self.place, "")
        return _("Technology contracts of %(place)s, %(period)s") % {
            "place": where,
            "period": period_words(self.span),
        }


def period_words(span: Span) -> str:
    """The period in words: a year, a half, a quarter, a month, or its two days."""
    first, last = span.days
    whole = first.day == 1 and (last + datetime.timedelta(days=1)).day == 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if whole and months == 12 and first.month == 1:
        return _("%(year)s") % {"year": first.year}
    if whole and months == 6 and first.month in (1, 7):
        half = _("first half of %(year)s") if first.month == 1 else _("second half of %(year)s")
        return half % {"year": first.year}
    if whole and months == 3 and first.month % 3 == 1:
        values = {"year": first.year, "quarter": (first.month + 2) // 3}
        return _("%(year)s, quarter %(quarter)s") % values
    if whole and months == 1:
        return f"{first:%Y-%m}"
    return str(span)
