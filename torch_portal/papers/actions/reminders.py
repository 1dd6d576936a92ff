"""What the clock does to paper: flag what is overdue, remind of what is due."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from torch_portal.notices import actions as notices
from torch_portal.papers import letters, queries
from torch_portal.papers.actions.emergencies import (
    lock_filings,
    papers_with_filings,
    record_many,
)
from torch_portal.papers.enums import PaperState
from torch_portal.papers.models import Paper, Reminder
from torch_portal.papers.schedule import Occasion, occasion_due

BATCH = 1000


def flag_overdue(*, day: datetime.date, at: datetime.datetime) -> int:
    """Mark due papers whose day has passed, in batches; answers how many. Twice is once."""
    count = 0
    while flagged := _flag_some(day, at):
        count += flagged
    return count


@transaction.atomic
def _flag_some(day: datetime.date, at: datetime.datetime) -> int:
    late = Paper.objects.filter(state=PaperState.DUE, due_on__lt=day).order_by("pk")
    ids = list(late.values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    lock_filings(Paper.objects.filter(pk__in=ids).values("filing_id"))
    still = list(
        late.filter(pk__in=ids).select_for_update(of=("self",)).values_list("pk", flat=True)
    )
    Paper.objects.filter(pk__in=still).update(state=PaperState.OVERDUE)
    record_many(papers_with_filings(still), "paper_overdue", by=None, at=at)
    return len(still)


def remind(*, day: datetime.date, at: datetime.datetime) -> int:
    """Write the reminders of this day, one letter per enterprise, occasion and due date.

    Answers how many papers were named. Days on which nobody called are made up for by the latest
    missed reminder alone; nothing goes out twice.
    """
    groups: dict[tuple[int, datetime.date, Occasion], list[int]] = {}
    for c in queries.reminder_candidates(day):
        occasion = occasion_due(
            c.due_on, c.rhythm, day, since=c.due_set_on, last_sent_on=c.last_sent_on
        )
        if occasion is not None:
            groups.setdefault((c.enterprise_id, c.due_on, occasion), []).append(c.paper_id)
    return sum(
        _remind_group(enterprise, due_on, occasion, ids, day, at)
        for (enterprise, due_on, occasion), ids in groups.items()
    )


@transaction.atomic
def _remind_group(
    enterprise_id: int,
    due_on: datetime.date,
    occasion: Occasion,
    ids: Sequence[int],
    day: datetime.date,
    at: datetime.datetime,
) -> int:
    """One letter; the papers are locked first, so a second run sees the first one's reminders."""
    held = Paper.objects.open().filter(pk__in=ids, due_on=due_on).order_by("pk")
    waiting = set(held.select_for_update(of=("self",)).values_list("pk", flat=True))
    sent = Reminder.objects.filter(paper_id__in=waiting, due_on=due_on, day__gte=occasion.day)
    papers = papers_with_filings(sorted(waiting - set(sent.values_list("paper_id", flat=True))))
    if not papers:
        return 0
    Reminder.objects.bulk_create(
        Reminder(paper=paper, occasion=occasion.name, due_on=due_on, day=day) for paper in papers
    )
    people = queries.recipients_of([enterprise_id]).get(enterprise_id, [])
    key = f"paper-remind:{enterprise_id}:{due_on}:{occasion.name}:{day}"
    notices.post_many(letters.reminder(occasion.name, papers, people, key), at=at)
    return len(papers)
