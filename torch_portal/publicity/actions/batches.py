"""Acts on a list: open it, take filings in and out, publicise, announce, cancel."""

import datetime
from collections.abc import Collection, Iterable

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.common.findings import Finding, Refused
from torch_portal.common.workdays import CalendarNotPublished
from torch_portal.filings import numbering
from torch_portal.filings.models import Filing
from torch_portal.publicity import permissions, queries
from torch_portal.publicity.actions.record import block, hold_for, record
from torch_portal.publicity.enums import BatchAct, BatchState, EntryState, Step
from torch_portal.publicity.models import Batch, Entry
from torch_portal.publicity.terms import Publicity, Row
from torch_portal.publicity.workflow import MOVES

# Places in the order in which people look for themselves: by division, then as they came.
NUMBER_ENTRIES = """
UPDATE publicity_entry SET ordinal = placed.n FROM (
    SELECT id, row_number() OVER (ORDER BY division, id) AS n
    FROM publicity_entry WHERE batch_id = %s AND state = 'listed'
) AS placed WHERE publicity_entry.id = placed.id
"""


@transaction.atomic
def open_batch(
    *,
    line: str,
    publicity: Publicity,
    jurisdiction: Jurisdiction,
    contact: str,
    by: User,
    at: datetime.datetime,
) -> Batch:
    """A new empty list of this jurisdiction, numbered within its year. Raises Denied, Refused."""
    permissions.check_keeper(by, jurisdiction.pk)
    if not contact.strip():
        message = gettext_lazy("Say where people can ask and object besides the portal.")
        raise Refused([block("PUB-01", "contact", message, publicity.clause)])
    year = timezone.localdate(at).year
    number = numbering.take(f"publicity:{line}:{jurisdiction.pk}:{year}")
    batch = Batch.objects.create(
        line=line,
        jurisdiction=jurisdiction,
        year=year,
        number=number,
        title=publicity.title(jurisdiction, year, number),
        clause=publicity.clause,
        days=publicity.days,
        contact=contact.strip(),
        created_at=at,
        created_by=by,
    )
    record(batch, BatchAct.OPEN_BATCH, by=by, at=at)
    return batch


@transaction.atomic
def add(*, batch: Batch, rows: Iterable[Row], by: User, at: datetime.datetime) -> int:
    """Take filings in; returns how many. Those that stand in another list stay there.

    Raises Denied, Stale when the list is no longer being put together, ValueError for filings of
    another line or jurisdiction.
    """
    held = hold_for(batch.pk, BatchState.PREPARING, by=by)
    rows = list(rows)
    ids = {row.filing_id for row in rows}
    ours = Filing.objects.filter(line=held.line, jurisdiction_id=held.jurisdiction_id, pk__in=ids)
    if ours.count() != len(ids):
        raise ValueError("filings of another line or jurisdiction cannot stand on this list")
    before = held.entries.count()
    Entry.objects.bulk_create(
        [
            Entry(
                batch=held,
                filing_id=row.filing_id,
                name=row.name,
                credit_code=row.credit_code,
                division=row.division,
                note=row.note,
            )
            for row in rows
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    added = held.entries.count() - before
    if added:
        record(held, BatchAct.ADD, by=by, at=at, note=str(added))
    return added


@transaction.atomic
def remove(*, batch: Batch, entries: Collection[int], by: User, at: datetime.datetime) -> int:
    """Take entries (by id) out of a list being put together; returns how many."""
    held = hold_for(batch.pk, BatchState.PREPARING, by=by)
    removed, _by_model = held.entries.filter(pk__in=entries).delete()
    if removed:
        record(held, BatchAct.REMOVE, by=by, at=at, note=str(removed))
    return removed


@transaction.atomic
def cancel(*, batch: Batch, by: User, at: datetime.datetime, note: str) -> None:
    """End a list that was not publicised; its filings are free for another one."""
    held = hold_for(batch.pk, *MOVES["cancel"].sources, by=by)
    if not note.strip():
        message = gettext_lazy("Say why the list is cancelled.")
        raise Refused([block("PUB-02", "note", message, held.clause)])
    reason = _("The list was cancelled.")
    held.entries.update(state=EntryState.LEFT_OUT, reason=reason)
    Batch.objects.filter(pk=held.pk).update(state=BatchState.CANCELLED)
    record(held, BatchAct.CANCEL, by=by, at=at, note=note.strip())
    batch.refresh_from_db()


@transaction.atomic
def publicise(*, batch: Batch, opens_on: datetime.date, by: User, at: datetime.datetime) -> None:
    """Have a worker publicise the list from this day on for the working days that its line asks.

    The first day counts when it is a working day. Raises Denied, Stale, or Refused with everything
    that stands against it: an empty list, a day in the past, a calendar not published yet.
    """
    held = hold_for(batch.pk, *MOVES["publicise"].sources, by=by)
    count = held.entries.filter(state=EntryState.LISTED).count()
    found, ends_on = _period(held, opens_on, timezone.localdate(at))
    if not count:
        message = gettext_lazy("The list is empty. Take filings in first.")
        found.append(block("PUB-03", "", message, held.clause))
    if found:
        raise Refused(found)
    with connection.cursor() as cursor:
        cursor.execute(NUMBER_ENTRIES, [held.pk])
    Batch.objects.filter(pk=held.pk).update(opens_on=opens_on, ends_on=ends_on)
    _begin(held, Step.PUBLICISE, count, by=by, at=at)
    batch.refresh_from_db()


def _period(
    batch: Batch, opens_on: datetime.date, today: datetime.date
) -> tuple[list[Finding], datetime.date | None]:
    """What is wrong with the first day, and the last day of the period."""
    found = []
    if opens_on < today:
        message = gettext_lazy("The first day lies in the past. Choose today or a later day.")
        found.append(block("PUB-04", "opens_on", message, batch.clause))
    try:
        return found, queries.last_day(batch, opens_on)
    except CalendarNotPublished as error:
        found.append(block("PUB-05", "opens_on", str(error), batch.clause))
        return found, None


@transaction.atomic
def announce(*, batch: Batch, by: User, at: datetime.datetime) -> None:
    """Have a worker number and announce every entry against which no objection is open.

    Entries held back stay; call it again when their objections are settled. Raises Denied, Stale,
    or Refused: the period is not over, an objection to the list as a whole is open, nothing waits.
    """
    held = hold_for(batch.pk, *MOVES["announce"].sources, by=by)
    waiting = held.entries.filter(state=EntryState.PUBLICISED).count()
    found = _against_announcing(held, waiting, timezone.localdate(at))
    if found:
        raise Refused(found)
    _begin(held, Step.ANNOUNCE, waiting, by=by, at=at)
    batch.refresh_from_db()


def _against_announcing(batch: Batch, waiting: int, today: datetime.date) -> list[Finding]:
    found = []
    if batch.ends_on is None or today <= batch.ends_on:
        message = gettext_lazy(
            "The period of publicity runs until the end of %(day)s. Announce after that."
        )
        found.append(block("PUB-06", "", message, batch.clause, day=batch.ends_on))
    if batch.objections.open().filter(entry=None).exists():
        message = gettext_lazy("An objection to the list as a whole is open. Settle it first.")
        found.append(block("PUB-07", "", message, batch.clause))
    if not waiting:
        message = gettext_lazy("No entry of the list waits to be announced.")
        found.append(block("PUB-08", "", message, batch.clause))
    return found


def _begin(batch: Batch, step: Step, count: int, *, by: User, at: datetime.datetime) -> None:
    """Write down the work that a worker is to do; it lies in the row until it is done."""
    Batch.objects.filter(pk=batch.pk).update(
        state=MOVES[step].target,
        step=step,
        step_at=at,
        step_by=by,
        due_at=at,
        expected=count,
        done=0,
        left_out=0,
        attempts=0,
        last_error="",
    )
    record(batch, BatchAct(step), by=by, at=at, note=str(count))


@transaction.atomic
def try_again(*, batch: Batch, by: User, at: datetime.datetime) -> None:
    """Let the worker begin again with a step at which it gave up. Raises Denied, Stale."""
    held = hold_for(batch.pk, BatchState.PUBLICISING, BatchState.ANNOUNCING, by=by)
    Batch.objects.filter(pk=held.pk).update(attempts=0, due_at=at)
    record(held, BatchAct.TRY_AGAIN, by=by, at=at)
    batch.refresh_from_db()
