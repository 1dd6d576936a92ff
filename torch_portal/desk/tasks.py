"""The worker's sign of life, and the batches."""

import time

from celery import shared_task
from django.core.cache import cache

from torch_portal.common import clock
from torch_portal.desk import actions
from torch_portal.desk.queries import HEARTBEAT

SECONDS = 180


@shared_task
def beat_heart() -> None:
    """Say that a worker took a task within the last minutes (beat, every minute)."""
    cache.set(HEARTBEAT, time.time(), SECONDS)


@shared_task
def run_batch(*, batch_id: int) -> int:
    """Make a move on the next filings of a batch, one transaction each. Safe to run twice."""
    return actions.run(batch_id=batch_id, at=clock.now())


@shared_task
def sweep_batches() -> int:
    """Queue batches that a worker left lying; forget plans that nobody started (beat)."""
    return actions.sweep(at=clock.now())
