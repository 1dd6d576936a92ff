"""Reads of lists and entries."""

import datetime

from django.db.models import Q, QuerySet

from torch_portal.common.workdays import add_workdays
from torch_portal.filings.queries import calendar_for
from torch_portal.publicity.enums import BatchState
from torch_portal.publicity.models import Batch, Entry, EntryQuerySet, Objection

HITS = 50


def last_day(batch: Batch, opens_on: datetime.date) -> datetime.date:
    """The last day of a period that begins on this day, which counts when it is worked.

    Raises CalendarNotPublished: a period is never announced on a guess.
    """
    calendar = calendar_for(batch.jurisdiction_id)
    return add_workdays(opens_on, batch.days or 0, calendar=calendar, count_first=True)


def open_lists(day: datetime.date) -> QuerySet[Batch]:
    """The lists to which objections can be made on this day, the first to end first."""
    rows = Batch.objects.public(day).filter(state=BatchState.OPEN, ends_on__gte=day)
    return rows.select_related("jurisdiction").order_by("ends_on", "pk")


def closed_lists(day: datetime.date) -> QuerySet[Batch]:
    """The lists whose period is over, the newest first."""
    rows = Batch.objects.public(day).filter(ends_on__lt=day)
    return rows.select_related("jurisdiction").order_by("-opens_on", "-pk")


def matching(entries: EntryQuerySet, words: str) -> EntryQuerySet:
    """Those whose name holds these words, or whose credit code or number they are."""
    words = words.strip()
    code = words.upper()
    return entries.filter(Q(name__icontains=words) | Q(credit_code=code) | Q(number=code))


def public_entries(batch: Batch, words: str = "") -> QuerySet[Entry]:
    """What everybody may read of a public list, in its order."""
    rows = batch.entries.all().public()
    return (matching(rows, words) if words.strip() else rows).order_by("ordinal")


def hits(words: str, day: datetime.date) -> list[Entry]:
    """The newest entries of all public lists that match; at most HITS."""
    rows = Entry.objects.public().filter(batch__in=Batch.objects.public(day))
    return list(matching(rows, words).select_related("batch").order_by("-pk")[:HITS])


def by_receipt(reference: str, code: str) -> Objection | None:
    """The objection of a receipt: reference and code together."""
    known = {"reference": reference.strip().upper(), "code": code.strip().upper()}
    return Objection.objects.select_related("batch", "entry").filter(**known).first()
