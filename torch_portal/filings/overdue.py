"""Reviews whose day has passed: flagged once, and told to those who can still answer."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torch_portal.filings import engine
from torch_portal.filings.models import Filing
from torch_portal.filings.people import reviewers_of
from torch_portal.filings.queries import overdue
from torch_portal.notices import actions as notices


def flag_overdue(*, line: str, page: str, at: datetime.datetime) -> int:
    """Record each newly overdue filing of a line once and tell its reviewers; returns how many.

    `page`: the name of the address of a filing at the line's desk.
    """
    day = timezone.localdate(at)
    flagged = 0
    for filing in overdue(line, day):
        with transaction.atomic():
            claimed = Filing.objects.filter(pk=filing.pk, overdue_flagged_on__isnull=True).update(
                overdue_flagged_on=day
            )
            if claimed:
                engine.record(filing, "overdue", by=None, at=at)
                _tell(filing, page, at)
                flagged += 1
    return flagged


def _tell(filing: Filing, page: str, at: datetime.datetime) -> None:
    """One message to each reviewer; the day in the key lets a second limit be told too."""
    with translation.override(settings.LANGUAGE_CODE):
        names = {"number": filing.number, "due": f"{filing.due_on:%Y-%m-%d}"}
        subject = _("Overdue: %(number)s") % names
        body = _("The decision on %(number)s was due on %(due)s.") % names
        letters = [
            notices.Letter(
                key=f"{filing.line}-{filing.pk}-overdue-{filing.due_on:%Y%m%d}-{reviewer.pk}",
                user=reviewer,
                subject=subject,
                body=body,
                link=reverse(page, args=[filing.pk]),
            )
            for reviewer in reviewers_of(filing)
        ]
        notices.post_many(letters, at=at)
