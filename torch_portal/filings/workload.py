"""How much each reviewer has in hand, what is at risk, how long each step takes; over all lines."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, OuterRef, Q, Subquery
from django.utils import timezone

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Person
from torch_portal.common.workdays import Limit, Unit, foreseen
from torch_portal.filings.models import Absence, Event, Filing, may_see
from torch_portal.filings.models.covers import OPEN
from torch_portal.filings.queries import calendar_for

SOON = Limit(3, Unit.WORKING, "")
MONTH = datetime.timedelta(days=30)


class Median(Aggregate):
    """The middle of the values, as the database finds it."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Step:
    """How long filings of a line stood in a state before they left it, in the last thirty days."""

    line: str
    state: str
    times: int
    took: datetime.timedelta


def due_soon(viewer: Person, today: datetime.date, prefix: str = "") -> Q:
    """Of open filings those due from today to the third working day from now.

    By the calendar of each place: a query for the places and one for each of them. `prefix`
    leads to the cover ("filing__").
    """
    rows = Filing.objects.visible_to(viewer).filter(OPEN).order_by()
    found = Q(pk__in=[])
    for place in rows.values_list("jurisdiction_id", flat=True).distinct():
        last = foreseen(today, SOON, calendar=calendar_for(place)).on
        within = {"jurisdiction_id": place, "due_on__range": (today, last)}
        found |= Q(**{f"{prefix}{name}": value for name, value in within.items()})
    return found


def workload(viewer: Person, people: Sequence[User], today: datetime.date) -> list[dict[str, Any]]:
    """For each person, and for nobody (None): open, at risk, overdue; decided, median days.

    Of what the viewer may see. At risk is due within three working days; decided and the median
    of calendar days from submission to decision are of the last thirty days.
    """
    seen = Filing.objects.visible_to(viewer)
    late = Q(due_on__lt=today)
    counted = seen.filter(OPEN).values("assigned_to").order_by("assigned_to")
    held: dict[Any, Any] = {
        row["assigned_to"]: row
        for row in counted.annotate(
            open=Count("id"),
            risk=Count("id", filter=due_soon(viewer, today)),
            late=Count("id", filter=late),
        )
    }
    decided = seen.filter(decided_at__gte=_month_ago(today), decided_by__in=people)
    days: dict[int, list[int]] = {}
    for who, sent, done in decided.values_list("decided_by", "submitted_at", "decided_at"):
        if who and sent and done:
            days.setdefault(who, []).append((done - sent).days)
    away = {a.person_id: a for a in _away(people, today)}
    return [_row(p, held.get(p.pk if p else None, {}), days, away) for p in [*people, None]]


def steps(viewer: Person, today: datetime.date) -> list[Step]:
    """The median time in each state that filings left within thirty days; one query."""
    moved = Event.objects.exclude(from_state=F("to_state")).exclude(from_state="")
    came = Event.objects.filter(filing=OuterRef("filing"), seq__lt=OuterRef("seq"))
    came = came.filter(to_state=OuterRef("from_state")).exclude(from_state=F("to_state"))
    rows = (
        moved.filter(may_see(viewer, "filing__"), at__gte=_month_ago(today))
        .annotate(came=Subquery(came.order_by("-seq").values("at")[:1]))
        .values("filing__line", "from_state")
        .annotate(n=Count("id"), took=Median(F("at") - F("came"), output_field=DurationField()))
        .order_by("filing__line", "from_state")
    )
    return [Step(row["filing__line"], row["from_state"], row["n"], row["took"]) for row in rows]


def _month_ago(today: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(today - MONTH, datetime.time()))


def _away(people: Sequence[User], today: datetime.date) -> list[Absence]:
    rows = Absence.objects.filter(person__in=people, starts_on__lte=today, ends_on__gte=today)
    return list(rows.select_related("substitute"))


def _row(
    person: User | None,
    held: dict[str, Any],
    days: dict[int, list[int]],
    away: dict[int, Absence],
) -> dict[str, Any]:
    took = days.get(person.pk, []) if person else []
    absence = away.get(person.pk) if person else None
    return {
        "person": person,
        "name": person.get_full_name() if person else "",
        "substitute": absence.substitute.get_full_name() if absence else "",
        **{name: held.get(name, 0) for name in ("open", "risk", "late")},
        "decided": len(took),
        "median": median(took) if took else None,
    }
