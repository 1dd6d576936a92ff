"""What the clock starts for S&T-SME evaluation."""

from celery import shared_task

from sme_eval import actions
from sme_eval.workflow import WORKFLOW
from torch_portal.common import clock
from torch_portal.filings.overdue import flag_overdue
from torch_portal.publicity import work


@shared_task
def carry_lists() -> int:
    """Go on with the lists that are being publicised or announced; entries settled (beat)."""
    return work.carry(line=WORKFLOW.line, steps=actions.STEPS, at=clock.now())


@shared_task
def flag_overdue_forms() -> int:
    """Flag form reviews past their day, once each, and tell the agency (beat)."""
    return flag_overdue(line=WORKFLOW.line, page="admin:sme_eval_evaluation_change", at=clock.now())


@shared_task
def remind_enterprises() -> int:
    """Remind of drafts, last days, updates and material; a second run finds it written (beat)."""
    return actions.remind(at=clock.now())
