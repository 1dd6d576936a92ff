"""What the clock does to paper: flag what is overdue, remind of what is due."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max

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
ENTERPRISES = 200


@dataclass(frozen=True)
class Group:
    """What one letter is about: papers of one enterprise with one due date."""

    enterprise_id: int
    due_on: datetime.date
    occasion: Occasion


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
    missed reminder alone; nothing goes out twice. Each batch stands by itself, so a run that is
    cut short is finished by the next.
    """
    groups: dict[Group, list[int]] = {}
    for c in queries.reminder_candidates(day):
        occasion = occasion_due(
            c.due_on, c.rhythm, day, since=c.due_set_on, last_sent_on=c.last_sent_on
        )
        if occasion is not None:
            groups.setdefault(Group(c.enterprise_id, c.due_on, occasion), []).append(c.paper_id)
    todo = list(groups.items())
    return sum(
        _remind_some(todo[start : start + ENTERPRISES], day, at)
        for start in range(0, len(todo), ENTERPRISES)
    )


@transaction.atomic
def _remind_some(
    groups: Sequence[tuple[Group, list[int]]], day: datetime.date, at: datetime.datetime
) -> int:
    """A batch of letters; the papers are locked first, so a second run sees what the first sent."""
    waiting = _hold_open([paper_id for _group, ids in groups for paper_id in ids])
    sent = dict(
        Reminder.objects.filter(paper_id__in=waiting, due_on=F("paper__due_on"))
        .values_list("paper_id")
        .annotate(last=Max("day"))
    )
    people = queries.recipients_of({group.enterprise_id for group, _ids in groups})
    reminders: list[Reminder] = []
    written: list[notices.Letter] = []
    for group, ids in groups:
        due, name = group.due_on, group.occasion.name
        still = [waiting[i] for i in ids if i in waiting and waiting[i].due_on == due]
        papers = [p for p in still if sent.get(p.pk, datetime.date.min) < group.occasion.day]
        reminders += [Reminder(paper=p, occasion=name, due_on=due, day=day) for p in papers]
        if papers:
            key = f"paper-remind:{group.enterprise_id}:{due}:{name}:{day}"
            written += letters.reminder(name, papers, people.get(group.enterprise_id, []), key)
    Reminder.objects.bulk_create(reminders, batch_size=BATCH)
    notices.post_many(written, at=at)
    return len(reminders)


def _hold_open(ids: Sequence[int]) -> dict[int, Paper]:
    """Those of the papers that are still open, locked until the transaction ends."""
    held = Paper.objects.open().filter(pk__in=ids).order_by("pk")
    locked = list(held.select_for_update(of=("self",)).values_list("pk", flat=True))
    return {paper.pk: paper for paper in papers_with_filings(locked)}
