"""What the clock reminds of in any line: drafts left lying, and whatever a line adds."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Filing
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
