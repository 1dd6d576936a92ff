"""What the rows of a national list are matched against, and how they stand."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from hitech_cert.enums import STANDING, State
from hitech_cert.enums.after import ChangeState, ObjectionState
from hitech_cert.models import (
    Application,
    Change,
    NationalList,
    NationalObjection,
    NationalRow,
    Reported,
)
from hitech_cert.queries.decided import AT_LEADING_GROUP
from hitech_cert.rules.national import Firm, Ground, Listed
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import Enterprise
from torch_portal.common.codes import normalise
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Qualification

GOOD = Q(trouble="", known=False, skipped=False, taken_at__isnull=True, application__isnull=False)
STANDS = {
    "good": GOOD,
    "trouble": ~Q(trouble="") & Q(skipped=False, taken_at__isnull=True),
    "skipped": Q(skipped=True, taken_at__isnull=True),
    "known": Q(known=True, taken_at__isnull=True, skipped=False),
    "taken": Q(taken_at__isnull=False),
    "all": Q(),
}


def listed(row: NationalRow, common: datetime.date | None) -> Listed:
    """A row as the rules take it: what was typed by hand over the cells, else the list's day."""
    typed = row.mended.get("issued_on")
    day = datetime.date.fromisoformat(typed) if typed else row.issued_on
    if day is None and not row.unread:
        day = common
    number = str(row.mended.get("number") or row.number)
    return Listed(row.place, row.name, row.credit_code, number, day, row.unread)


def ground(national: NationalList, rows: Sequence[NationalRow], day: datetime.date) -> Ground:
    """The enterprises that these rows can be, with all that speaks for or against them."""
    numbers = {normalise(str(row.mended.get("number") or row.number)) for row in rows}
    ids = _enterprises(national.jurisdiction_id, rows, numbers)
    return Ground(
        firms=_firms(ids, national.jurisdiction_id, day),
        jurisdiction=national.jurisdiction_id,
        day=day,
        owners=_owners(numbers),
    )


def _enterprises(
    jurisdiction: str, rows: Sequence[NationalRow], numbers: Iterable[str]
) -> set[int]:
    codes = {normalise(row.credit_code) for row in rows if row.credit_code}
    names = {row.name for row in rows if row.name}
    former = Change.objects.filter(before__name__in=list(names), state=ChangeState.CONFIRMED)
    former_names = Reported.objects.filter(name__in=names)
    wanted = (
        Q(filing__state__in=AT_LEADING_GROUP)
        | Q(enterprise__credit_code__in=codes)
        | Q(enterprise__name__in=names)
        | Q(certificate_number__in=list(numbers))
        | Q(pk__in=former.values("application"))
        | Q(pk__in=former_names.values("application"))
        | Q(enterprise__in=[row.enterprise_id for row in rows if row.enterprise_id])
    )
    found = Application.objects.filter(wanted, filing__jurisdiction=jurisdiction)
    return set(found.values_list("enterprise_id", flat=True))


def _owners(numbers: Iterable[str]) -> dict[str, int]:
    """Whose each number is already, by certificate here or by a qualification on record."""
    wanted = list(numbers)
    held = Qualification.objects.filter(
        kind=QualificationKind.HNTE_CERTIFICATE, number__in=wanted
    ).values_list("number", "enterprise_id")
    taken = Application.objects.filter(certificate_number__in=wanted)
    return dict(held) | {
        str(number): owner
        for number, owner in taken.values_list("certificate_number", "enterprise_id")
    }


def _firms(ids: set[int], jurisdiction: str, day: datetime.date) -> list[Firm]:
    """Each enterprise with its names, certificates and waiting application; six queries."""
    applications: dict[int, list[Any]] = defaultdict(list)
    rows = Application.objects.filter(enterprise_id__in=ids, filing__jurisdiction=jurisdiction)
    for row in rows.order_by("pk").values_list(
        "enterprise_id", "pk", "filing__state", "certificate_number", "issued_on", "valid_to"
    ):
        applications[row[0]].append(row[1:])
    names = _former_names(ids)
    held = _objected(ids)
    periods = _periods(ids)
    enterprises = Enterprise.objects.filter(pk__in=ids).values_list("pk", "credit_code", "name")
    return [
        _firm((pk, code, (name, *names[pk])), applications[pk], day, held, periods)
        for pk, code, name in enterprises
    ]


def _firm(
    who: tuple[int, str, tuple[str, ...]],
    rows: list[Any],
    day: datetime.date,
    objected: set[int],
    periods: dict[int, datetime.date],
) -> Firm:
    waiting = next((pk for pk, state, *_rest in rows if state in AT_LEADING_GROUP), None)
    numbered = {number: (pk, issued) for pk, _state, number, issued, _to in rows if number}
    pk, code, names = who
    return Firm(
        id=pk,
        credit_code=code,
        names=names,
        waiting=waiting,
        certified=numbered,
        standing=any(s in STANDING and to and to >= day for _pk, s, _no, _on, to in rows),
        stands=str(WORKFLOW.labels[rows[-1][1]]) if rows else "",
        objection=waiting in objected,
        publicity_to=periods.get(waiting) if waiting else None,
    )


def _former_names(ids: set[int]) -> dict[int, list[str]]:
    """Names before a confirmed change, and those under which an application was reported."""
    found: dict[int, list[str]] = defaultdict(list)
    changes = Change.objects.filter(
        application__enterprise_id__in=ids, state=ChangeState.CONFIRMED, before__has_key="name"
    ).values_list("application__enterprise_id", "before__name")
    reported = Reported.objects.filter(application__enterprise_id__in=ids)
    for pk, name in (*changes, *reported.values_list("application__enterprise_id", "name")):
        if name not in found[pk]:
            found[pk].append(name)
    return found


def objected(applications: Iterable[int]) -> set[int]:
    """Those of these applications that an open objection holds back."""
    rows = NationalObjection.objects.filter(
        state=ObjectionState.OPEN, application__in=list(applications)
    )
    return set(rows.values_list("application_id", flat=True))


def _objected(ids: set[int]) -> set[int]:
    rows = NationalObjection.objects.filter(
        state=ObjectionState.OPEN, application__enterprise_id__in=ids
    )
    return set(rows.values_list("application_id", flat=True))


def _periods(ids: set[int]) -> dict[int, datetime.date]:
    """The last day of the national publicity by application."""
    rows = Reported.objects.filter(
        application__enterprise_id__in=ids, application__filing__state=State.NATIONAL_PUBLICITY
    ).order_by("pk")
    told = rows.values_list("application_id", "report__public_to")
    return {pk: day for pk, day in told if day is not None}


def tally(national: NationalList) -> dict[str, int]:
    """How many rows stand where, in one query."""
    counts = {f"n_{name}": Count("pk", filter=stands) for name, stands in STANDS.items()}
    found = national.rows.aggregate(**counts)
    return {name: found[f"n_{name}"] for name in STANDS}


def rows_by(national: NationalList, stands: str) -> QuerySet[NationalRow]:
    """The rows that stand so, in the order of the sheet."""
    rows = national.rows.filter(STANDS.get(stands, Q()))
    return rows.select_related("application__enterprise", "enterprise").order_by("place")
