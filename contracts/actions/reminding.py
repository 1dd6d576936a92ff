"""What the clock does: flag reviews whose statutory day has passed."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contracts.actions import letters
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import User
from torch_portal.filings import engine
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import overdue


def flag_overdue(*, at: datetime.datetime) -> int:
    """Record each newly overdue filing once and tell the agency's reviewers; returns how many."""
    day = timezone.localdate(at)
    flagged = 0
    for filing in overdue(day):
        with transaction.atomic():
            claimed = Filing.objects.filter(pk=filing.pk, overdue_flagged_on__isnull=True).update(
                overdue_flagged_on=day
            )
            if claimed:
                engine.record(filing, "overdue", by=None, at=at)
                for reviewer in reviewers_of(filing):
                    letters.overdue(filing.pk, filing, at, reviewer)
                flagged += 1
    return flagged


def reviewers_of(filing: Filing) -> list[User]:
    """The reviewers of the filing's agency and of its area."""
    here = Q(appointments__agency_id=filing.agency_id) | Q(
        appointments__jurisdiction_id=filing.jurisdiction_id
    )
    return list(
        User.objects.filter(here, appointments__role=OfficeRole.REVIEWER, is_active=True)
        .distinct()
        .order_by("pk")
    )
