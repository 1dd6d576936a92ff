"""Rounds and returns: which are there, who answers, what was answered before."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from stats.enums import FILED, Mark, RoundState
from stats.models import Assignment, InstrumentVersion, Return, Round
from stats.queries.instruments import comparable, instrument_of, items_of
from torch_portal.accounts.models import Agency, Enterprise
from torch_portal.accounts.roles import Person, standing
from torch_portal.filings.models import Filing
from torch_portal.filings.people import agencies_at

LINE = "stats"
VERSION = ("round__version__instrument", "round__version__approval")
# The content of a version is kept in the process; a return is read without it.
FROZEN = ("round__version__schema", "round__version__pending")
Values = Mapping[str, str]


def with_cover(returns: Any) -> Any:
    """Returns with what every page shows of cover, round and version, in one query."""
    return returns.select_related(
        "enterprise",
        "unit",
        "city_unit",
        "assignment",
        "filing__enterprise",
        "filing__agency",
        "filing__contact",
        "filing__created_by",
        *VERSION,
    ).defer(*FROZEN)


def covers(user: Person) -> QuerySet[Filing]:
    """The covers of this line that a person may see."""
    seen = Return.objects.visible_to(user).values("filing")
    return Filing.objects.filter(line=LINE, pk__in=seen)


def digest_of(data: Values) -> str:
    """SHA-256 over the values in canonical JSON; the same values give the same digest."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def open_assignments(user: Person, day: datetime.date) -> QuerySet[Assignment]:
    """What the person's enterprises have to answer now and have not begun."""
    rows = Assignment.objects.filter(
        enterprise_id__in=standing(user).filer_of,
        exempt=False,
        report__isnull=True,
        round__state=RoundState.OPEN,
        round__opens_on__lte=day,
        round__closes_on__gte=day,
    )
    related = rows.select_related("round__version__approval", "enterprise", "responsible_unit")
    return related.order_by("round__closes_on", "pk")


def rounds_open(day: datetime.date) -> QuerySet[Round]:
    """The rounds that take returns on a day, for the public page."""
    rows = Round.objects.filter(
        state=RoundState.OPEN, opens_on__lte=day, closes_on__gte=day
    ).select_related("version__instrument", "version__approval")
    return rows.order_by("closes_on", "pk")


def units_for(enterprise: Enterprise) -> tuple[Agency | None, Agency | None]:
    """The unit responsible by place, and the city's above it; None where there is none.

    The unit with the narrowest area takes the enterprise: a county or zone before the city, the
    city before the province. A unit whose area is the whole city has no second city above it.
    """
    found = []
    for agency in agencies_at(LINE, enterprise.division):
        areas = [area.prefix for area in agency.areas.all()]
        fitting = [len(p) for p in areas if enterprise.division.startswith(p)]
        found.append((-max(fitting, default=0), agency.pk, agency))
    found.sort(key=lambda row: row[:2])
    if not found:
        return None, None
    unit = found[0][2]
    above = [agency for width, _pk, agency in found[1:] if width == -4]
    return unit, above[0] if above and found[0][0] < -4 else None


def last_return(report: Return) -> Return | None:
    """The same respondent's return of the year before, submitted and standing."""
    rows = Return.objects.filter(
        enterprise_id=report.enterprise_id,
        round__year=report.round.year - 1,
        round__version__instrument_id=report.round.version.instrument_id,
        filing__state__in=FILED,
    )
    found: Return | None = (
        rows.select_related(*VERSION).defer(*FROZEN).order_by("-round_id").first()
    )
    return found


def last_year(report: Return) -> Values:
    """Last year's values as prev(code) reads them: those that mean the same this year."""
    before = last_return(report)
    if before is None:
        return {}
    same = comparable_codes(before.round.version, report.round.version)
    return {code: value for code, value in before.data.items() if code in same}


def comparable_codes(before: InstrumentVersion, after: InstrumentVersion) -> frozenset[str]:
    """The codes whose values can be laid side by side; all of them within one version."""
    old, new = items_of(before), items_of(after)
    if before.pk == after.pk:
        return frozenset(new)
    return frozenset(
        code
        for code in old.keys() & new.keys()
        if old[code].indicator == new[code].indicator
        or comparable(code, before, after).mark is not Mark.BROKEN
    )


def versions_with(report: Return) -> dict[str, str]:
    """Code of an item to another version of the instrument that has it, the newest first."""
    found: dict[str, str] = {}
    rows = InstrumentVersion.objects.filter(
        instrument_id=report.round.version.instrument_id, published_at__isnull=False
    ).exclude(pk=report.round.version_id)
    for version in rows.order_by("-starts_on"):
        for code in instrument_of(version).items:
            found.setdefault(code, version.version)
    return found
