"""What the clock does for filings of any line: drafts left lying, reviews whose day has passed."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.filings import engine
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Filing
from torch_portal.filings.people import reviewers_of
from torch_portal.filings.queries import overdue
from torch_portal.notices import actions as notices

DRAFT_DAYS = (30, 7)
FORGOTTEN_DAYS = 60
AT_ONCE = 500


def wanted(rows: QuerySet[Any], choice: str) -> QuerySet[Any]:
    """Rows of a line whose handler wants this kind of reminder ("drafts", "terms", ...)."""
    off = {f"reminder_choice__{choice}": False}
    taken = {f"filing__contact__{name}": value for name, value in off.items()}
    own = {f"filing__created_by__{name}": value for name, value in off.items()}
    unwanted = Q(**taken) | Q(filing__contact__isnull=True, **own)
    rows = rows.exclude(unwanted)
    return rows.select_related("filing__contact", "filing__created_by").order_by("pk")


def left_lying(
    rows: QuerySet[Any], at: datetime.datetime, title: Callable[[Any], str]
) -> Iterable[notices.Letter]:
    """A letter for each draft 7 and 30 days after its last save.

    rows: those of a line's main table, which count their saves. title: what a row is called.
    """
    oldest = at - datetime.timedelta(days=FORGOTTEN_DAYS)
    newest = at - datetime.timedelta(days=min(DRAFT_DAYS))
    drafts = rows.filter(filing__stage=Stage.DRAFT, saved_at__gt=oldest, saved_at__lte=newest)
    for row in wanted(drafts, "drafts").iterator(AT_ONCE):
        age = (at - row.saved_at).days
        yield _draft_letter(row, title(row), next(d for d in DRAFT_DAYS if d <= age))


def _draft_letter(row: Any, title: str, days: int) -> notices.Letter:
    filing: Filing = row.filing
    name = {"project": title, "days": days}
    return notices.Letter(
        key=f"{filing.line}-{filing.pk}-draft-{days}-{row.saved_version}",
        user=filing.handler,
        subject=_("Your draft waits: %(project)s") % name,
        body=_(
            "You last worked on it %(days)s days ago. Everything is kept; go on where you left "
            "off, or hand it to a colleague. You can turn these reminders off in the portal."
        )
        % name,
        link=reverse(f"{filing.line}:detail", args=[filing.pk]),
    )


def write(letters: Iterable[notices.Letter], at: datetime.datetime) -> int:
    """Send the letters in Chinese; how many there are, written before or not."""
    with translation.override(settings.LANGUAGE_CODE):
        written = list(letters)
        notices.post_many(written, at=at)
    return len(written)


def flag_overdue(line: str, desk_url: Callable[[Filing], str], *, at: datetime.datetime) -> int:
    """Record each newly overdue filing once and tell the agency's reviewers; returns how many.

    desk_url: the address of a filing at the review desk.
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
                for reviewer in reviewers_of(filing):
                    _tell_overdue(filing, desk_url(filing), reviewer, at)
                flagged += 1
    return flagged


def _tell_overdue(filing: Filing, url: str, reviewer: User, at: datetime.datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        names = {"number": filing.number, "due": f"{filing.due_on:%Y-%m-%d}"}
        notices.post(
            key=f"{filing.line}-{filing.pk}-overdue-{filing.due_on:%Y%m%d}-{reviewer.pk}",
            user=reviewer,
            subject=_("Overdue: %(number)s") % names,
            body=_("The decision on %(number)s was due on %(due)s.") % names,
            link=url,
            at=at,
        )
