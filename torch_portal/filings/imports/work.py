"""The work on a table, which lies in its row: read, check, take; told as it goes, resumed."""

import contextlib
import datetime
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torch_portal.accounts.roles import Denied
from torch_portal.common.queueing import queue, queue_on_commit
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.enums import ImportState
from torch_portal.filings.imports.line import Changed, Line
from torch_portal.filings.imports.reading import forget_file, keep_table, table_of
from torch_portal.filings.imports.results import STANDS, keep_results, sum_up
from torch_portal.filings.models import ImportRow, ImportRun

WORKING = (ImportState.READING, ImportState.CHECKING, ImportState.TAKING)
AT_ONCE = 1000  # rows for which a person waits; more are left to the worker
PORTION = 1000  # rows of one transaction
ATTEMPTS = 3
LEASE = datetime.timedelta(minutes=2)  # lengthened with every portion

Now = Callable[[], datetime.datetime]
Work = Callable[[ImportRun, list[ImportRow]], None]


def go_on(*, run: ImportRun, line: Line, at: datetime.datetime) -> None:
    """Do what is to be done with a table: at once when it is little, else in a worker."""
    run.refresh_from_db()
    if run.state != ImportState.READING and run.rows_all <= AT_ONCE:
        proceed(run_id=run.pk, line=line, at=at)
    elif run.state in WORKING:
        queue_on_commit(line.task, run_id=run.pk)


def proceed(*, run_id: int, line: Line, at: datetime.datetime) -> None:
    """Read, check or take until nothing is left; safe to run twice and in two workers at once.

    A portion of rows is one transaction: a worker that died loses at most the one it was at, and
    the next begins there.
    """
    began = time.monotonic()

    def now() -> datetime.datetime:
        return at + datetime.timedelta(seconds=time.monotonic() - began)

    over = True
    while over and (run := _begin(run_id, now())) is not None:
        with translation.override(run.language or None):
            over = STEPS[ImportState(run.state)](run, line, now)


@transaction.atomic
def _begin(run_id: int, at: datetime.datetime) -> ImportRun | None:
    """The run if there is something to do and nobody holds it; the attempt is counted first."""
    free = ImportRun.objects.select_for_update(no_key=True, skip_locked=True)
    run = free.filter(pk=run_id, state__in=WORKING, dropped_at__isnull=True).first()
    if run is None:
        return None
    if run.attempts >= ATTEMPTS:
        _end(run, _("The worker stopped at it several times. Split the table and send it again."))
        return None
    _update(run, attempts=run.attempts + 1, due_at=at + LEASE)
    return run


def _update(run: ImportRun, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(run, name, value)
    run.save(update_fields=list(changes))


def _end(run: ImportRun, words: str = "") -> None:
    """The work is over; words: what ended it, if it was not done."""
    reading = run.state == ImportState.READING
    after = ImportState.UNREADABLE if reading else ImportState.READY
    _update(run, state=after, due_at=None, attempts=0, words=words or run.words)
    if reading:
        forget_file(run)
    else:
        sum_up(run)


def _held(run: ImportRun) -> ImportRun | None:
    """The run, locked, if it is still the same work."""
    free = ImportRun.objects.select_for_update(no_key=True, skip_locked=True)
    same = free.filter(pk=run.pk, state=run.state, round=run.round, dropped_at__isnull=True)
    return same.first()


def _read(run: ImportRun, line: Line, now: Now) -> bool:
    with run.file.open() as file:
        data = file.read()
    try:
        found, words = table_of(data, line.heads()), ""
    except BadSheet as bad:
        found, words = None, str(bad)
    with transaction.atomic():
        held = _held(run)
        if held is None:
            return False
        if found is None:
            _end(held, words)
        else:
            keep_table(held, *found, columns=line.columns, at=now())
    return True


def _check(run: ImportRun, line: Line, now: Now) -> bool:
    check = line.survey(run, timezone.localdate(now()))

    def check_some(held: ImportRun, rows: list[ImportRow]) -> None:
        keep_results(held, [(row, check(row)) for row in rows])

    waiting = Q(round__lt=run.round, filing__isnull=True)
    return _portions(run, waiting, check_some, now)


def _take(run: ImportRun, line: Line, now: Now) -> bool:
    by = run.taker
    if by is None:
        raise ValueError(f"nobody asked for the drafts of run {run.pk}")

    def take_some(held: ImportRun, rows: list[ImportRow]) -> None:
        line.take(held, rows, by, now())

    good = STANDS["good"] & Q(round=run.round)
    try:
        with transaction.atomic() if run.whole else contextlib.nullcontext():
            return _portions(run, good, take_some, now)
    except (Changed, Denied) as stopped:
        return _stop_taking(run, stopped, now())


def _portions(run: ImportRun, which: Q, work: Work, now: Now) -> bool:
    """Work at the rows in their order, so many in one transaction; False when another has the run.

    Nobody mends a row meanwhile: whoever does holds the run.
    """
    last = 0
    while True:
        with transaction.atomic():
            held = _held(run)
            if held is None:
                return False
            rows = list(held.rows.filter(which, number__gt=last).order_by("number")[:PORTION])
            work(held, rows)
            _update(
                held,
                survey=run.survey,
                rows_done=held.rows_done + len(rows),
                attempts=0,
                due_at=now() + LEASE,
            )
            if len(rows) < PORTION:
                _end(held)
                return True
        last = rows[-1].number


@transaction.atomic
def _stop_taking(run: ImportRun, why: Exception, at: datetime.datetime) -> bool:
    """What is taken stays, unless all was to be taken or nothing; what changed is checked anew."""
    held = _held(run)
    if held is None:
        return False
    if isinstance(why, Changed):
        check_anew(held, at, words=str(why))
    else:
        _end(held, str(why))
    return True


def check_anew(run: ImportRun, at: datetime.datetime, words: str = "", **changes: Any) -> None:
    """Every row is to be checked: a new round. The caller holds the run."""
    _update(
        run,
        state=ImportState.CHECKING,
        round=run.round + 1,
        rows_done=0,
        attempts=0,
        due_at=at,
        words=words,
        **changes,
    )


STEPS: dict[ImportState, Callable[[ImportRun, Line, Now], bool]] = {
    ImportState.READING: _read,
    ImportState.CHECKING: _check,
    ImportState.TAKING: _take,
}


def sweep(*, line: Line, at: datetime.datetime) -> int:
    """Queue again what a worker left lying; what is in a worker's hands is passed over."""
    left = _left_lying(line, at)
    for run_id in left:
        queue(line.task, run_id=run_id)
    return len(left)


@transaction.atomic
def _left_lying(line: Line, at: datetime.datetime) -> list[int]:
    due = ImportRun.objects.select_for_update(no_key=True, skip_locked=True)
    left = list(due.filter(line=line.code, due_at__lte=at).order_by("due_at")[:100])
    for run in left:
        _update(run, due_at=at + LEASE)
    return [run.pk for run in left]
