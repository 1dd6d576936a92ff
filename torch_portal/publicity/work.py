"""The work on whole lists, part by part: what a worker does between two acts of a person.

The work lies in the row of the list. A part is one transaction, so a worker that dies leaves
whole parts behind, and another goes on after them.
"""

import datetime
import logging
import time
from collections.abc import Mapping

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.publicity import queries
from torch_portal.publicity.actions.record import record
from torch_portal.publicity.enums import BatchAct, EntryState, Step
from torch_portal.publicity.models import Batch, Entry
from torch_portal.publicity.models.batches import ATTEMPTS
from torch_portal.publicity.terms import StepFunction
from torch_portal.publicity.workflow import WORK

log = logging.getLogger(__name__)
PAUSE = datetime.timedelta(seconds=10)  # doubled with every attempt

GIVE_NUMBERS = """
UPDATE publicity_entry SET number = given.number
FROM unnest(%s::bigint[], %s::text[]) AS given(id, number) WHERE publicity_entry.id = given.id
"""


def carry(
    *,
    line: str,
    steps: Mapping[str, StepFunction],
    at: datetime.datetime,
    chunk: int = 500,
    seconds: float = 150.0,
) -> int:
    """Go on with the running steps of this line's lists; returns how many entries were settled.

    Safe to call twice, and in several workers at once: they take different lists. Stops after so
    many seconds; the next call goes on. A part that fails leaves nothing behind, and is tried
    again later, ATTEMPTS times.
    """
    until = time.monotonic() + seconds
    settled = 0
    while time.monotonic() < until:
        part = _part(line, steps, at, chunk)
        if part is None:
            break
        settled += part
    return settled


def _part(
    line: str, steps: Mapping[str, StepFunction], at: datetime.datetime, chunk: int
) -> int | None:
    """One part of the list that is due first: its size, None when nothing is due."""
    batch = None
    try:
        with transaction.atomic():
            batch = _due(line, at)
            return None if batch is None else _carry(batch, steps[batch.step], at, chunk)
    except Exception as error:
        if batch is None:
            raise
        log.exception("list %s, step %s", batch.pk, batch.step)
        _note_failure(batch, error, at)
        return 0


def _due(line: str, at: datetime.datetime) -> Batch | None:
    """A list with work to do that no other worker holds."""
    rows = Batch.objects.filter(line=line, due_at__lte=at, attempts__lt=ATTEMPTS).exclude(step="")
    free = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
    return free.select_related("step_by").order_by("due_at", "pk").first()


def _carry(batch: Batch, step: StepFunction, at: datetime.datetime, chunk: int) -> int:
    work = WORK[Step(batch.step)]
    waiting = batch.entries.filter(state=work.takes).select_related("filing")
    entries = list(waiting.order_by("ordinal")[:chunk])
    numbers = step(batch, entries, batch.step_by, at) if entries else {}
    moved = [e for e in entries if e.filing_id in numbers]
    _settle(batch, moved, work.makes, numbers)
    left = [e.pk for e in entries if e.filing_id not in numbers]
    if left:
        reason = _("The filing was no longer where the list needs it.")
        Entry.objects.filter(pk__in=left).update(state=EntryState.LEFT_OUT, reason=reason)
    batch.done += len(moved)
    batch.left_out += len(left)
    batch.attempts, batch.last_error = 0, ""
    if len(entries) < chunk:
        _end(batch, at)
    batch.save()
    return len(entries)


def _settle(
    batch: Batch, moved: list[Entry], state: EntryState, numbers: Mapping[int, str]
) -> None:
    day = _day_of(batch) if state == EntryState.ANNOUNCED else None
    rows = Entry.objects.filter(pk__in=[e.pk for e in moved])
    rows.update(state=state, announced_on=day)
    numbered = [e for e in moved if numbers[e.filing_id]]
    if numbered:
        given = [e.pk for e in numbered], [numbers[e.filing_id] for e in numbered]
        with connection.cursor() as cursor:
            cursor.execute(GIVE_NUMBERS, list(given))


def _day_of(batch: Batch) -> datetime.date:
    """The day of the running step, also for parts done after midnight."""
    return timezone.localdate(batch.step_at)


def _end(batch: Batch, at: datetime.datetime) -> None:
    """The last part is done: the list is public, or announced."""
    told = _("%(done)d done, %(left)d left out") % {"done": batch.done, "left": batch.left_out}
    if batch.step == Step.PUBLICISE:
        act = BatchAct.PUBLICISED
        batch.size = batch.done
        _keep_the_period_whole(batch, at)
    else:
        act = BatchAct.ANNOUNCED
        batch.announced_on = batch.announced_on or _day_of(batch)
    batch.state = WORK[Step(batch.step)].ends
    batch.step, batch.step_at, batch.step_by, batch.due_at = "", None, None, None
    record(batch, act, by=None, at=at, note=told)


def _keep_the_period_whole(batch: Batch, at: datetime.datetime) -> None:
    """A list that became public later than its first day gets all its days from then on."""
    today = timezone.localdate(at)
    if batch.opens_on is not None and today > batch.opens_on:
        batch.opens_on, batch.ends_on = today, queries.last_day(batch, today)


def _note_failure(batch: Batch, error: Exception, at: datetime.datetime) -> None:
    Batch.objects.filter(pk=batch.pk, step=batch.step, attempts=batch.attempts).update(
        attempts=batch.attempts + 1,
        last_error=f"{type(error).__name__}: {error}"[:1000],
        due_at=at + PAUSE * 2**batch.attempts,
    )
