"""What the clock starts for filings."""

import datetime

from celery import shared_task
from django.utils import timezone

from torch_portal.common import clock
from torch_portal.common.queueing import queue
from torch_portal.filings import idempotency, lookups, ratings, webhooks

KEPT = datetime.timedelta(days=7)


@shared_task
def forget_old_answers() -> int:
    """Drop answers kept for an Idempotency-Key longer than a week (beat, every night)."""
    return idempotency.forget(before=clock.now() - KEPT)


@shared_task
def flag_late_replies() -> int:
    """Note each bad rating that was not answered within its working days, once (beat)."""
    return ratings.flag_overdue(at=clock.now())


@shared_task
def sweep_webhooks() -> int:
    """Write the deliveries of new events and queue what is due, also after a lost worker (beat)."""
    at = timezone.now()
    webhooks.sweep(at)
    due = webhooks.take_due(at)
    for delivery_id in due:
        queue("torch_portal.filings.tasks.deliver_webhook", delivery_id=delivery_id)
    return len(due)


@shared_task
def deliver_webhook(*, delivery_id: int) -> str:
    """Send one delivery; receivers know a repetition by its event id."""
    return webhooks.deliver(delivery_id, timezone.now())


@shared_task
def ask_registry(*, lookup_id: int) -> None:
    """Ask the registry about one party; a second delivery finds it claimed or answered."""
    lookups.ask(lookup_id, timezone.now())


@shared_task
def retry_lookups() -> int:
    """Queue questions to the registry that are due and in nobody's hands (beat)."""
    at = timezone.now()
    lookups.give_up_lost(at)
    waiting = lookups.take_waiting(at)
    for position, lookup_id in enumerate(waiting):
        if not queue(lookups.ASK, lookup_id=lookup_id):
            lookups.release(waiting[position:])
            return position
    return len(waiting)
