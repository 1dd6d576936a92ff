"""What the clock starts for the certification of high-tech enterprises."""

from celery import shared_task

from hitech_cert import actions
from hitech_cert.actions import drawing, seats
from hitech_cert.actions.expiring import expire
from hitech_cert.actions.lists import STEPS
from hitech_cert.actions.reminders_after import remind_after
from hitech_cert.actions.reviews import open_for_missing_reports
from hitech_cert.workflow import WORKFLOW
from torch_portal.common import clock
from torch_portal.filings.overdue import flag_overdue
from torch_portal.publicity import work


@shared_task
def flag_overdue_checks() -> int:
    """Flag applications past their day, once each, and tell the bureau (beat)."""
    page = "admin:hitech_cert_application_change"
    return flag_overdue(line=WORKFLOW.line, page=page, at=clock.now())


@shared_task
def remind_enterprises() -> int:
    """Remind of drafts, closing batches and corrections; a second run finds it written (beat)."""
    return actions.remind(at=clock.now())


@shared_task
def carry_lists() -> int:
    """Go on with the lists that are being publicised or announced; entries settled (beat)."""
    return work.carry(line=WORKFLOW.line, steps=STEPS, at=clock.now())


@shared_task
def expire_certificates() -> int:
    """End certificates whose three years are over; a second run finds none (beat)."""
    return expire(at=clock.now())


@shared_task
def open_report_cases() -> int:
    """A case where two yearly reports are missing; a second run opens none (beat)."""
    return open_for_missing_reports(at=clock.now())


@shared_task
def remind_certified() -> int:
    """Remind of expiry, reports, changes, deadlines; a second run finds it written (beat)."""
    return remind_after(at=clock.now())


@shared_task
def carry_draws() -> int:
    """Go on with the draws of batches; panels drawn (beat)."""
    return drawing.carry_draws(at=clock.now())


@shared_task
def remind_experts() -> int:
    """Remind experts whose sheets are due or late, one letter a day each (beat)."""
    return seats.remind_experts(at=clock.now())
