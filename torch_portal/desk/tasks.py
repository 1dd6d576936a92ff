"""The worker's sign of life."""

import time

from celery import shared_task
from django.core.cache import cache

from torch_portal.desk.queries import HEARTBEAT

SECONDS = 180


@shared_task
def beat_heart() -> None:
    """Say that a worker took a task within the last minutes (beat, every minute)."""
    cache.set(HEARTBEAT, time.time(), SECONDS)
