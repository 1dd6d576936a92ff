"""The dashboard's rows, made anew, and the regular reports."""

from celery import shared_task

from torch_portal.common import clock
from torch_portal.reports.tables import letters, tally


@shared_task
def recount() -> int:
    """Count the rows behind the dashboard and the public figures (beat, every 10 minutes)."""
    return tally.recount(at=clock.now())


@shared_task
def send_reports() -> int:
    """Write the regular reports of the last week and month, each once (beat, every morning)."""
    return letters.send(at=clock.now())
