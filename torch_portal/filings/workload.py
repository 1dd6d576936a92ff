"""How much each reviewer has in hand and how fast decisions are, over all lines."""

import datetime
from statistics import median
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Person
from torch_portal.filings.models import Absence, Filing
from torch_portal.filings.models.covers import OPEN

SOON = datetime.timedelta(days=3)
MONTH = datetime.timedelta(days=30)


def workload(viewer: Person, people: list[User], today: datetime.date) -> list[dict[str, Any]]:
    """For each person, and for nobody (None): open, at risk, overdue; decided, median days.

    Of what the viewer may see. At risk is due within three days; decided and the median of
    calendar days from submission to decision are of the last thirty days. Three queries.
    """
    seen = Filing.objects.visible_to(viewer)
    late, risk = Q(due_on__lt=today), Q(due_on__range=(today, today + SOON))
    counted = seen.filter(OPEN).values("assigned_to").order_by("assigned_to")
    held: dict[Any, Any] = {
        row["assigned_to"]: row
        for row in counted.annotate(
            open=Count("id"), risk=Count("id", filter=risk), late=Count("id", filter=late)
        )
    }
    since = timezone.make_aware(datetime.datetime.combine(today - MONTH, datetime.time()))
    decided = seen.filter(decided_at__gte=since, decided_by__in=people)
    days: dict[int, list[int]] = {}
    for who, sent, done in decided.values_list("decided_by", "submitted_at", "decided_at"):
        if who and sent and done:
            days.setdefault(who, []).append((done - sent).days)
    away = {a.person_id: a for a in _away(people, today)}
    return [_row(p, held.get(p.pk if p else None, {}), days, away) for p in [*people, None]]


def _away(people: list[User], today: datetime.date) -> list[Absence]:
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
