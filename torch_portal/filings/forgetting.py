"""Forgetting what came to nothing: drafts never submitted, filings withdrawn long ago."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from torch_portal.filings import actions
from torch_portal.filings.drafts import hold
from torch_portal.filings.enums import Stage


def forgettable(rows: QuerySet[Any], stage: str, before: datetime.date) -> QuerySet[Any]:
    """Drafts (never submitted) or withdrawn filings that nobody touched since before this day.

    rows: those of a line's main table, with its `saved_at`. A draft that was emptied and taken up
    again counts anew.
    """
    start = timezone.make_aware(datetime.datetime.combine(before, datetime.time()))
    again = Q(saved_at__date__gt=F("filing__forgotten_on"))
    found = rows.filter(
        Q(filing__forgotten_on__isnull=True) | again,
        filing__stage=stage,
        filing__created_at__lt=start,
        saved_at__lt=start,
    ).exclude(filing__events__at__gte=start)
    if stage == Stage.DRAFT:
        found = found.filter(filing__submitted_at__isnull=True)
    return found.order_by("pk")


def forget(
    found: QuerySet[Any],
    empty: Callable[[Any], None],
    *,
    day: datetime.date,
    at: datetime.datetime,
) -> int:
    """Empty what is personal in all that `forgettable` found; answers how many. Twice is once.

    empty: takes the line's own columns of a row away. Each row in a transaction of its own,
    looked at again while held: whoever takes a draft up in between keeps it. Events and
    certificates are not touched (个人信息保护法 第四十七条).
    """
    count = 0
    for pk in list(found.values_list("pk", flat=True)):
        with transaction.atomic():
            row = found.model._default_manager.select_related("filing").get(pk=pk)
            hold(row.filing)
            row.filing.refresh_from_db()
            if not found.filter(pk=pk).exists():
                continue
            empty(row)
            actions.forget_contents(filing=row.filing, day=day, at=at)
            count += 1
    return count
