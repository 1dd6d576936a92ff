"""What the clock starts for contracts."""

from celery import shared_task

from contracts import actions
from torch_portal.common import clock


@shared_task
def flag_overdue_reviews() -> int:
    """Flag reviews past their statutory day, once each (beat)."""
    return actions.flag_overdue(at=clock.now())


@shared_task
def remind_enterprises() -> int:
    """Remind of drafts left lying and of terms that end; a second run finds it written (beat)."""
    return actions.remind(at=clock.now())
