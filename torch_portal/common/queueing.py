"""Handing work to the queue. The row is the work; the queue only makes it soon."""

import functools
import logging
import time
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
# Seconds for which people do not wait again for a broker that just did not answer.
PAUSE = 5
_quiet = {"until": 0.0}


@functools.cache
def _task(name: str) -> Any:
    """The task of a name; outside a worker the modules of tasks are first read here."""
    current_app.loader.import_default_modules()
    return current_app.tasks[name]


def silence(seconds: float) -> None:
    """For so long people do not wait for the broker; 0 ends it."""
    _quiet["until"] = time.monotonic() + seconds


def queue_on_commit(task: str, **arguments: Any) -> None:
    """Queue a task, by its full name, once the transaction is committed.

    A broker that is down harms nobody: the row stays due and beat queues it again.
    """
    transaction.on_commit(lambda: queue_for_person(task, **arguments))


def queue_for_person(task: str, **arguments: Any) -> bool:
    """Queue a task while a person waits: a broker found silent just now is not asked again."""
    return time.monotonic() >= _quiet["until"] and queue(task, **arguments)


def queue(task: str, **arguments: Any) -> bool:
    """Queue a task now; False (and a log line) when the broker does not answer."""
    try:
        _task(task).delay(**arguments)
    except OperationalError as error:
        silence(PAUSE)
        log.warning("%s %s stays due: the broker does not answer (%s)", task, arguments, error)
        return False
    return True
