"""Forgetting the people behind filings that came to nothing (个人信息保护法 第四十七条).

For main tables of lines: one-to-one with the cover, `saved_at` the last save of the draft.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from torch_portal.filings.actions import forget_contents
from torch_portal.filings.drafts import hold
from torch_portal.filings.enums import Stage


def forgettable(rows: Any, stage: str, before: datetime.date) -> QuerySet[Any]:
    """Drafts (never submitted) or withdrawn filings that nobody touched since before this day.

    A draft that was emptied and taken up again counts anew.
    """
    start = timezone.make_aware(datetime.datetime.combine(before, datetime.time()))
    again = Q(saved_at__date__gt=F("filing__forgotten_on"))
    found: QuerySet[Any] = rows.filter(
        Q(filing__forgotten_on__isnull=True) | again,
        filing__stage=stage,
        filing__created_at__lt=start,
        saved_at__lt=start,
    ).exclude(filing__events__at__gte=start)
    if stage == Stage.DRAFT:
        found = found.filter(filing__submitted_at__isnull=True)
    return found.order_by("pk")


def forget(
    due: Callable[[], QuerySet[Any]],
    empty: Callable[[Any], None],
    *,
    day: datetime.date,
    at: datetime.datetime,
) -> int:
    """Empty what is personal in all rows that are due; answers how many. Twice is once.

    empty: takes the personal columns out of a row. Each in a transaction of its own, looked at
    again while held: whoever takes a draft up in between keeps it. Events and certificates are
    not touched.
    """
    count = 0
    for pk in list(due().values_list("pk", flat=True)):
        with transaction.atomic():
            row = due().model._default_manager.select_related("filing").get(pk=pk)
            hold(row.filing)
            row.filing.refresh_from_db()
            if not due().filter(pk=pk).exists():
                continue
            empty(row)
            forget_contents(filing=row.filing, day=day, at=at)
            count += 1
    return count
