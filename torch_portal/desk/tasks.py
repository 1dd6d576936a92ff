"""The worker's sign of life, and what the installation does every night."""

import datetime

from celery import shared_task
from django.core.cache import cache

from torch_portal.accounts.changes import actions as changes
from torch_portal.common import clock
from torch_portal.desk import digests, retention, runs
from torch_portal.desk.queries import HEARTBEAT

__all__ = ["beat_heart", "expire_proposals", "forget_by_rule", "make_digests", "runs"]

SECONDS = 180


@shared_task
def beat_heart() -> None:
    """Say that a worker took a task within the last minutes (beat, every minute)."""
    cache.set(HEARTBEAT, 1, SECONDS)


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
