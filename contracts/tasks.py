"""What the clock starts for contracts."""

from celery import shared_task
from django.utils import timezone

from contracts import actions
from contracts.forms.sheet import LINE
from torch_portal.common import clock
from torch_portal.common.queueing import queue
from torch_portal.filings import imports

HOUR = 3600


@shared_task
def flag_overdue_reviews() -> int:
    """Flag reviews past their statutory day, once each (beat)."""
    return actions.flag_overdue(at=clock.now())


@shared_task
def flag_overdue_matters() -> int:
    """Flag matters after the decision whose day has passed, once each (beat)."""
    return actions.flag_overdue_matters(at=clock.now())


@shared_task
def remind_enterprises() -> int:
    """Remind of drafts left lying and of terms that end; a second run finds it written (beat)."""
    return actions.remind(at=clock.now())


@shared_task
def render_list(*, list_id: int) -> str:
    """Make and sign the file of one list. Safe to run twice and in two workers at once."""
    return actions.produce_list(list_id=list_id, at=clock.now(), signed_at=timezone.now())


@shared_task
def retry_lists() -> int:
    """Queue every list whose file is due and not in a worker's hands (beat)."""
    due = actions.lists_due(at=clock.now())
    for made in due:
        queue(actions.RENDER_LIST, list_id=made.pk)
    return len(due)


@shared_task(time_limit=HOUR, soft_time_limit=HOUR - 60)
def work_at_import(*, run_id: int) -> None:
    """Read, check or take the rows of one table. Safe to run twice and in two workers at once."""
    imports.proceed(run_id=run_id, line=LINE, at=clock.now())


@shared_task
def sweep_imports() -> int:
    """Queue tables that a worker left lying (beat)."""
    return imports.sweep(line=LINE, at=clock.now())
