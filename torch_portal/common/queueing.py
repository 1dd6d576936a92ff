"""Handing work to the queue. The row is the work; the queue only makes it soon."""

import functools
import logging
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


@functools.cache
def _task(name: str) -> Any:
    """The task of a name; outside a worker the modules of tasks are first read here."""
    current_app.loader.import_default_modules()
    return current_app.tasks[name]


def queue_on_commit(task: str, **arguments: Any) -> None:
    """Queue a task, by its full name, once the transaction is committed.

    A broker that is down harms nobody: the row stays due and beat queues it again.
    """
    transaction.on_commit(lambda: queue(task, **arguments))


def queue(task: str, **arguments: Any) -> bool:
    """Queue a task now; False (and a log line) when the broker does not answer."""
    try:
        _task(task).delay(**arguments)
    except OperationalError as error:
        log.warning("%s %s stays due: the broker does not answer (%s)", task, arguments, error)
        return False
    return True
