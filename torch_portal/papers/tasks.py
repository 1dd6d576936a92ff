"""Started by beat every morning."""

from celery import shared_task

from torch_portal.common import clock
from torch_portal.papers import actions


@shared_task
def remind() -> None:
    """Flag what is overdue and write today's reminders; a second run finds them written."""
    at, day = clock.now(), clock.today()
    actions.flag_overdue(day=day, at=at)
    actions.remind(day=day, at=at)
