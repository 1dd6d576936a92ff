"""What the clock starts for filings."""

import datetime

from celery import shared_task

from torch_portal.common import clock
from torch_portal.filings import idempotency, ratings

KEPT = datetime.timedelta(days=7)


@shared_task
def forget_old_answers() -> int:
    """Drop answers kept for an Idempotency-Key longer than a week (beat, every night)."""
    return idempotency.forget(before=clock.now() - KEPT)


@shared_task
def flag_late_replies() -> int:
    """Note each bad rating that was not answered within its working days, once (beat)."""
    return ratings.flag_overdue(at=clock.now())
