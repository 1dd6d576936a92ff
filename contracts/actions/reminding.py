"""What the clock does: flag reviews and matters whose day has passed."""

import datetime

from django.db import transaction
from django.utils import timezone

from contracts.actions import letters
from contracts.models import FollowUp
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.filings import engine, overdue
from torch_portal.filings.people import reviewers_of

AT_ONCE = 500


def flag_overdue(*, at: datetime.datetime) -> int:
    """Record each newly overdue filing once and tell the agency's reviewers; returns how many."""
    return overdue.flag_overdue(line=WORKFLOW.line, page="admin:contracts_contract_change", at=at)


def flag_overdue_matters(*, at: datetime.datetime) -> int:
    """Record each newly overdue matter once; one message a reviewer names all of them; how many.

    Of a request the day is that of the decision, of an announced revocation the last day of the
    statement, after which it can be decided.
    """
    day = timezone.localdate(at)
    late = FollowUp.objects.late(day).filter(overdue_flagged_on__isnull=True)
    told: dict[User, list[FollowUp]] = {}
    flagged = 0
    with transaction.atomic():
        rows = late.select_related("contract__filing__agency").order_by("due_on", "pk")
        for followup in rows.select_for_update(of=["self"], skip_locked=True)[:AT_ONCE]:
            FollowUp.objects.filter(pk=followup.pk).update(overdue_flagged_on=day)
            filing = followup.contract.filing
            engine.record(filing, f"{followup.kind}_overdue", by=None, at=at, data=_trace(followup))
            for reviewer in reviewers_of(filing):
                told.setdefault(reviewer, []).append(followup)
            flagged += 1
        for reviewer, matters in told.items():
            letters.matters_overdue(reviewer, matters, at)
    return flagged


def _trace(followup: FollowUp) -> dict[str, object]:
    return {"matter": followup.pk, "due_on": str(followup.due_on)}
