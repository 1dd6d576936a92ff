"""The record of what the clock started: one row a task, written around each run.

It is written by Celery's signals, because it says something about tasks and nothing about
filings: a task does not know that it is watched, and a record that cannot be written harms no task.
"""

import datetime
import logging
from typing import Any

from celery.signals import task_failure, task_postrun, task_prerun
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F

from torch_portal.common import clock
from torch_portal.desk.models import TaskRun

log = logging.getLogger(__name__)


def of_the_clock() -> dict[str, Any]:
    """The tasks that beat starts, with when."""
    return {e["task"]: e["schedule"] for e in settings.CELERY_BEAT_SCHEDULE.values()}


def _keep(task: str, *, counted: str = "", **columns: Any) -> None:
    try:
        with transaction.atomic():
            TaskRun.objects.bulk_create([TaskRun(task=task)], ignore_conflicts=True)
            more = {counted: F(counted) + 1} if counted else {}
            TaskRun.objects.filter(pk=task).update(**columns, **more)
    except DatabaseError as error:
        log.warning("the run of %s could not be recorded (%s)", task, error)


def note_start(task: str, at: datetime.datetime) -> None:
    """A run begins."""
    _keep(task, started_at=at, counted="runs")


def note_end(task: str, result: Any, at: datetime.datetime) -> None:
    """A run came to its end; `result` as the task answered."""
    _keep(task, finished_at=at, result="" if result is None else str(result)[:200])


def note_failure(task: str, error: BaseException, at: datetime.datetime) -> None:
    """A run failed."""
    told = f"{type(error).__name__}: {error}"[:500]
    _keep(task, failed_at=at, error=told, counted="failures")


@task_prerun.connect
def _started(sender: Any = None, **_signal: Any) -> None:
    if sender is not None and sender.name in of_the_clock():
        note_start(sender.name, clock.now())


@task_postrun.connect
def _finished(sender: Any = None, retval: Any = None, state: str = "", **_signal: Any) -> None:
    if sender is not None and sender.name in of_the_clock() and state == "SUCCESS":
        note_end(sender.name, retval, clock.now())


@task_failure.connect
def _failed(sender: Any = None, exception: Any = None, **_signal: Any) -> None:
    if sender is not None and sender.name in of_the_clock():
        note_failure(sender.name, exception, clock.now())
