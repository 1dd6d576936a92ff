"""Exports written in the background, and those that a worker left lying."""

from celery import shared_task

from torch_portal.common import clock
from torch_portal.reports.exports import actions, monthly, work

HOUR = 3600


@shared_task(time_limit=HOUR, soft_time_limit=HOUR - 60)
def write_export(*, export_id: int) -> int:
    """Write the file of one export. Safe to run twice: a claim on the row holds the second off."""
    return work.run(export_id=export_id, at=clock.now())


@shared_task
def sweep_exports() -> int:
    """Queue exports that a worker left lying; take expired files away (beat, every minute)."""
    return actions.sweep(at=clock.now())


@shared_task(time_limit=HOUR, soft_time_limit=HOUR - 60)
def make_archives() -> int:
    """Make last month's archive of each jurisdiction that has none yet (beat, every night)."""
    return monthly.make_missing(at=clock.now())
