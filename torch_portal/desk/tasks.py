"""The worker's sign of life, batches, and what the installation does every night."""

import datetime
import time

from celery import shared_task
from django.core.cache import cache

from torch_portal.accounts.changes import actions as changes
from torch_portal.common import clock
from torch_portal.desk import actions, digests, retention, runs
from torch_portal.desk.queries import HEARTBEAT

__all__ = [
    "beat_heart",
    "expire_proposals",
    "forget_by_rule",
    "make_digests",
    "run_batch",
    "runs",
    "sweep_batches",
]

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


@shared_task
def make_digests() -> int:
    """Sign the digest of each finished day that has none (beat, every night)."""
    yesterday = clock.today() - datetime.timedelta(days=1)
    return digests.make_missing(upto=yesterday, at=clock.now())


@shared_task
def forget_by_rule() -> str:
    """Forget what the active retention rules name (beat, every night)."""
    done = retention.forget(day=clock.today(), at=clock.now())
    return ", ".join(f"{subject} {count}" for subject, count in done.items())


@shared_task
def expire_proposals() -> int:
    """Close changes of settings that nobody confirmed within their week (beat, every hour)."""
    return changes.expire(at=clock.now())
