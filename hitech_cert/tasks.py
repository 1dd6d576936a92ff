"""What the clock starts for the certification of high-tech enterprises."""

from celery import shared_task

from hitech_cert import actions
from hitech_cert.workflow import WORKFLOW
from torch_portal.common import clock
from torch_portal.filings.overdue import flag_overdue


@shared_task
def flag_overdue_checks() -> int:
    """Flag applications past their day, once each, and tell the bureau (beat)."""
    page = "admin:hitech_cert_application_change"
    return flag_overdue(line=WORKFLOW.line, page=page, at=clock.now())


@shared_task
def remind_enterprises() -> int:
    """Remind of drafts, closing batches and corrections; a second run finds it written (beat)."""
    return actions.remind(at=clock.now())
