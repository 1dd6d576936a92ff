"""Who has to answer in a round, and which unit is responsible for a place."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from stats.models import Assignment, Round
from torch_portal.accounts.models import Agency, AgencyArea, Enterprise
from torch_portal.common.codes import normalise
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Qualification

LINE = "stats"
CERTIFIED_YEARS = 3  # 高新技术企业年报范围: certified in the year of the data or the two before
LIST = "调查单位名录"
SEVERAL = 1000


@dataclass(frozen=True)
class Listed:
    """One row of a list of respondents: its number in the sheet, credit code, code of the unit."""

    place: int
    credit_code: str
    unit: str = ""


@dataclass
class Matched:
    """What the rows of a list mean: seats by enterprise, units by enterprise, what is wrong."""

    seats: list[tuple[int, str]] = field(default_factory=list)
    units: dict[int, int] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)


class Units:
    """The units by area; the smallest area decides, of several the first by code."""

    def __init__(self) -> None:
        rows = AgencyArea.objects.filter(agency__active=True).select_related("agency")
        self.by_area: dict[str, int] = {}
        for row in rows.order_by("-agency__code"):
            if row.agency.serves(LINE):
                self.by_area[row.prefix] = row.agency_id

    def of(self, division: str) -> tuple[int | None, int | None]:
        """The responsible unit of a place (six digits) and the city above it."""
        found = (self.by_area.get(division[:n]) for n in (6, 4, 2))
        unit = next((each for each in found if each is not None), None)
        return unit, self.city_above(division, unit)

    def city_above(self, division: str, unit: int | None) -> int | None:
        """The city's body where it is another one than the unit."""
        city = self.by_area.get(division[:4])
        return None if city == unit or unit is None else city


def certified(round: Round) -> QuerySet[Enterprise]:
    """Enterprises whose certificate is of the year of the data or the two before it."""
    first = datetime.date(round.year - CERTIFIED_YEARS + 1, 1, 1)
    last = datetime.date(round.year, 12, 31)
    held = Qualification.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=last),
        enterprise=OuterRef("pk"),
        kind=QualificationKind.HNTE_CERTIFICATE,
        valid_from__range=(first, last),
    )
    return Enterprise.objects.filter(Exists(held))


def certified_without_assignment(round: Round) -> Iterator[tuple[int, str]]:
    """Ids and divisions of those that are not on the list yet."""
    known = Assignment.objects.filter(round=round, enterprise=OuterRef("pk"))
    rows = certified(round).filter(~Exists(known)).order_by("pk")
    return rows.values_list("pk", "division").iterator(SEVERAL)


def matched(rows: Sequence[Listed]) -> Matched:
    """Each row with its enterprise and unit; problems name the row and what to do."""
    found = Matched()
    codes = {normalise(row.credit_code) for row in rows}
    firms = {
        code: (pk, division)
        for code, pk, division in Enterprise.objects.filter(credit_code__in=codes).values_list(
            "credit_code", "pk", "division"
        )
    }
    units = {a.code: a.pk for a in Agency.objects.filter(active=True) if a.serves(LINE)}
    seen: dict[str, int] = {}
    for row in rows:
        code = normalise(row.credit_code)
        problem = _problem(row, code in firms, row.unit in units, seen.get(code))
        seen.setdefault(code, row.place)
        if problem:
            found.problems.append(problem)
            continue
        enterprise, division = firms[code]
        found.seats.append((enterprise, division))
        if row.unit:
            found.units[enterprise] = units[row.unit]
    return found


def _problem(row: Listed, known: bool, unit_known: bool, before: int | None) -> Finding | None:
    values = {
        "row": row.place, "code": row.credit_code, "unit": row.unit, "before": before,
    }  # fmt: skip
    if not known:
        words = _("Row %(row)s: no enterprise of the portal has the credit code %(code)s.")
    elif row.unit and not unit_known:
        words = _("Row %(row)s: no unit of the survey has the code %(unit)s.")
    elif before is not None:
        words = _("Row %(row)s: %(code)s stands in row %(before)s already. Leave one of them.")
    else:
        return None
    return Finding("list", Level.BLOCK, "file", words, LIST, values)


def respondents(rows: Iterable[Assignment] | QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Assignments with all that a list shows of them."""
    if not isinstance(rows, QuerySet):
        raise TypeError("a query is needed")
    return rows.select_related("enterprise", "responsible_unit", "city_unit").annotate(
        report_state=F("report__filing__state")
    )
