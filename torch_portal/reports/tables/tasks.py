"""The dashboard's rows, made anew."""

from celery import shared_task

from torch_portal.common import clock
from torch_portal.reports.tables import tally


@shared_task
def recount() -> int:
    """Count the rows behind the dashboard and the public figures (beat, every 10 minutes)."""
    return tally.recount(at=clock.now())
