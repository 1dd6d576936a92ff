"""Which contracts nobody needs any more: drafts never submitted, filings withdrawn long ago."""

import datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from contracts.models import Contract
from torch_portal.filings.enums import Stage


def forgettable(stage: str, before: datetime.date) -> QuerySet[Contract]:
    """Drafts (never submitted) or withdrawn filings that nobody touched since before this day.

    A draft that was emptied and taken up again counts anew.
    """
    start = timezone.make_aware(datetime.datetime.combine(before, datetime.time()))
    again = Q(saved_at__date__gt=F("filing__forgotten_on"))
    rows = Contract.objects.filter(
        Q(filing__forgotten_on__isnull=True) | again,
        filing__stage=stage,
        filing__created_at__lt=start,
        saved_at__lt=start,
    ).exclude(filing__events__at__gte=start)
    if stage == Stage.DRAFT:
        rows = rows.filter(filing__submitted_at__isnull=True)
    return rows.order_by("pk")
