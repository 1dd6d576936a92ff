"""What the clock starts for the survey."""

from celery import shared_task

from stats.actions import guidance
from torch_portal.common import clock


@shared_task
def remind_overdue_questions() -> int:
    """Tell the units of questions whose answer is overdue, each once a day (beat)."""
    return guidance.remind_overdue(at=clock.now())
