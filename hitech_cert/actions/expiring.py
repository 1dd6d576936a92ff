"""Certificates whose three years are over (32号 第九条)."""

import datetime

from django.db import transaction
from django.utils import timezone

from hitech_cert.enums import State
from hitech_cert.models import Application
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.filings import engine

AT_ONCE = 500


def expire(*, at: datetime.datetime, by: User | None = None) -> int:
    """End what is no longer valid; returns how many. Twice is once.

    by: None, the clock alone does it. One whose cancellation is announced waits for that decision.
    """
    day = timezone.localdate(at)
    rows = Application.objects.filter(filing__state=State.CERTIFIED, valid_to__lt=day)
    ended = 0
    while batch := list(rows.select_related("filing").order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            filings = [application.filing for application in batch]
            moved = engine.fire_many(filings, WORKFLOW, "expire", by=by, at=at)
        ended += len(moved)
        if not moved:
            break
    return ended
