"""Sending messages: queued after the commit that wrote them, and again by beat.

Leases and retries run on the real clock, which all workers share, not on the portal's.
"""

from celery import shared_task
from django.utils import timezone

from torch_portal.common.queueing import queue
from torch_portal.notices import delivery


@shared_task
def send(*, message_id: int) -> None:
    """Send one message; a second delivery of this task finds it claimed or sent."""
    delivery.deliver(message_id, timezone.now())


@shared_task
def retry_unsent() -> None:
    """Queue what waits: lost from the queue, put back after a failure, or left by a dead worker."""
    at = timezone.now()
    delivery.give_up_lost(at)
    waiting = delivery.take_waiting(at)
    for position, message_id in enumerate(waiting):
        if not queue("torch_portal.notices.tasks.send", message_id=message_id):
            delivery.release(waiting[position:])
            return
