"""Batches: plan, start, run one by one, stop. The acts are those of the lines, one commit each."""

import datetime
import logging
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.common.queueing import queue, queue_on_commit
from torch_portal.desk.enums import Outcome
from torch_portal.desk.lines import LINES
from torch_portal.desk.models import Batch, BatchRow
from torch_portal.filings.transitions import Stale

log = logging.getLogger(__name__)
RUN = "torch_portal.desk.tasks.run_batch"
PER_TASK = 50  # filings of one task, well inside the worker's time limit
ATTEMPTS = 3  # a filing at which the worker died so often is left
LEASE = datetime.timedelta(minutes=4)
PLANS_KEPT = datetime.timedelta(days=1)


@transaction.atomic
def plan(*, line: str, move: str, filing_ids: list[int], by: User, at: datetime.datetime) -> Batch:
    """Note what a move would do to each of these filings; nothing is done to them.

    Filings out of sight are not taken in. Those against which something speaks are left out,
    with the reason.
    """
    batch = Batch.objects.create(
        line=line, move=move, made_at=at, made_by=by, language=translation.get_language() or ""
    )
    rows = [(pk, LINES[line].batch_row(pk, by)) for pk in filing_ids]
    BatchRow.objects.bulk_create(
        _planned(batch, row, by, at) for _pk, row in rows if row is not None
    )
    return batch


def _planned(batch: Batch, row: Any, by: User, at: datetime.datetime) -> BatchRow:
    words = LINES[batch.line].against(row, name=batch.move, by=by, at=at)
    return BatchRow(
        batch=batch,
        filing=row.filing,
        seen=row.filing.version,
        title=str(row)[:240],
        outcome=Outcome.LEFT_OUT if words else Outcome.WAITING,
        words="\n".join(words),
    )


@transaction.atomic
def start(*, batch: Batch, arguments: dict[str, Any], by: User, at: datetime.datetime) -> bool:
    """Hand a planned batch to the worker; False when it was started before."""
    if batch.made_by_id != by.pk:
        raise Denied(_("Only who planned it starts it."))
    begun = Batch.objects.filter(pk=batch.pk, started_at__isnull=True).update(
        started_at=at, arguments=arguments, due_at=at + LEASE
    )
    if begun:
        queue_on_commit(RUN, batch_id=batch.pk)
    return bool(begun)


@transaction.atomic
def stop(*, batch: Batch, by: User, at: datetime.datetime) -> int:
    """Leave the filings alone that were not reached yet; returns how many."""
    if batch.made_by_id != by.pk:
        raise Denied(_("Only who planned it stops it."))
    waiting = batch.rows.filter(outcome=Outcome.WAITING).select_for_update(skip_locked=True)
    stopped = BatchRow.objects.filter(pk__in=[r.pk for r in waiting]).update(
        outcome=Outcome.STOPPED, settled_at=at
    )
    _end_if_over(batch.pk, at)
    return stopped


def run(*, batch_id: int, at: datetime.datetime) -> int:
    """Make the move on the next filings, one transaction each; queues itself while some are left.

    Safe to run twice and in two workers at once. Returns how many filings were settled.
    """
    batch = Batch.objects.select_related("made_by").get(pk=batch_id)
    if batch.started_at is None or batch.ended_at is not None:
        return 0
    settled = 0
    with translation.override(batch.language):
        while settled < PER_TASK:
            pk = _next(batch_id, at)
            if pk is None:
                break
            settled += _settle(batch, pk, at)
    if not _end_if_over(batch_id, at) and settled:
        Batch.objects.filter(pk=batch_id).update(due_at=at + LEASE)
        queue(RUN, batch_id=batch_id)
    return settled


@transaction.atomic
def _next(batch_id: int, at: datetime.datetime) -> int | None:
    """The next filing that nobody holds, its attempt counted before anything is tried."""
    waiting = BatchRow.objects.filter(batch_id=batch_id, outcome=Outcome.WAITING)
    row = waiting.select_for_update(skip_locked=True).order_by("pk").first()
    if row is None:
        return None
    row.attempts += 1
    if row.attempts > ATTEMPTS:
        row.outcome, row.settled_at = Outcome.FAILED, at
        row.words = _("The worker stopped at it several times. Do this one by hand.")
    row.save()
    return row.pk


@transaction.atomic
def _settle(batch: Batch, pk: int, at: datetime.datetime) -> int:
    """One filing: seen as it was planned, still allowed, the act; all of it or nothing."""
    rows = BatchRow.objects.filter(pk=pk, outcome=Outcome.WAITING)
    row = rows.select_for_update(skip_locked=True).first()
    if row is None:
        return 1
    row.words = _made(batch, row, at)
    row.outcome = Outcome.FAILED if row.words else Outcome.DONE
    row.settled_at = at
    row.save()
    return 1


def _made(batch: Batch, row: BatchRow, at: datetime.datetime) -> str:
    """Make the move; "" when it is made, else why it was not."""
    by = User.objects.get(pk=batch.made_by_id)
    line = LINES[batch.line]
    try:
        with transaction.atomic():
            found = line.batch_row(row.filing_id, by)
            if found is None:
                return _("You may not see this filing any more.")
            if found.filing.version != row.seen:
                return _("Something happened to it since you looked at the list.")
            words = line.against(found, name=batch.move, by=by, at=at)
            if words:
                return "\n".join(words)
            line.BATCHES[batch.move].act(**{line.ROW: found}, by=by, at=at, **batch.arguments)
    except Refused as refused:
        return "\n".join(f.text() for f in refused.findings)
    except (Stale, Denied) as error:
        return str(error)
    except Exception:
        log.exception("batch %s, filing %s", batch.pk, row.filing_id)
        return _("It failed for a reason that the operators have to look at.")
    return ""


def _end_if_over(batch_id: int, at: datetime.datetime) -> bool:
    """Mark a batch whose last filing is settled; whether it is over."""
    if BatchRow.objects.filter(batch_id=batch_id, outcome=Outcome.WAITING).exists():
        return False
    Batch.objects.filter(pk=batch_id, started_at__isnull=False, ended_at__isnull=True).update(
        ended_at=at, due_at=None
    )
    return True


def sweep(*, at: datetime.datetime) -> int:
    """Queue again what a worker left lying; forget plans that nobody started."""
    running = Q(started_at__isnull=False, ended_at__isnull=True, due_at__lte=at)
    left = list(Batch.objects.filter(running).order_by("due_at")[:100])
    for batch in left:
        Batch.objects.filter(pk=batch.pk).update(due_at=F("due_at") + LEASE)
        queue(RUN, batch_id=batch.pk)
    Batch.objects.filter(started_at__isnull=True, made_at__lt=at - PLANS_KEPT).delete()
    return len(left)
