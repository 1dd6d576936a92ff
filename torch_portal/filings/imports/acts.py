"""What a person does to a table: send it, name its columns, mend a row, put it away."""

import datetime
import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import check_filer
from torch_portal.common import sheets
from torch_portal.filings.enums import ImportState
from torch_portal.filings.imports.line import Columns, Line
from torch_portal.filings.imports.reading import forget_file, keep_table, table_of
from torch_portal.filings.imports.results import recheck
from torch_portal.filings.imports.work import WORKING, check_anew
from torch_portal.filings.models import ImportHabit, ImportRow, ImportRun
from torch_portal.filings.uploads import check_clean

WORDS_KEPT = 500
# A larger file is read by the worker; this one holds some thousand rows.
SMALL = 512 * 1024


class Closed(Exception):
    """The run was dropped or is being worked at, or the row is a filing already."""


def open_run(
    *,
    enterprise: Enterprise,
    line: Line,
    upload: Any,
    by: User,
    at: datetime.datetime,
) -> ImportRun:
    """Keep a table that was sent. A small one is read at once, a larger one waits for the worker.

    The same file sent again while nothing of it was taken gives the run already there. BadSheet
    when it cannot be read, BadUpload when the scanner found something in it or does not answer.
    """
    check_filer(by, enterprise.pk)
    data = upload.read(sheets.Limits.size + 1)
    sheets.check_size(data)
    digest = hashlib.sha256(data).hexdigest()
    check_clean(upload, digest)
    found = table_of(data, line.heads()) if len(data) <= SMALL else None
    with transaction.atomic():
        Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
        again = _untouched(enterprise, line.code, digest)
        if again is not None:
            return again
        run = ImportRun(
            line=line.code,
            enterprise=enterprise,
            name=(upload.name or "")[-160:],
            sha256=digest,
            language=translation.get_language() or "",
            state=ImportState.READING,
            due_at=at,
            created_at=at,
            created_by=by,
        )
        if found is None:
            run.file.save("", ContentFile(data))
        else:
            keep_table(run, *found, columns=line.columns, at=at)
    return run


def _untouched(enterprise: Enterprise, line: str, digest: str) -> ImportRun | None:
    """A run of the very same file of which nothing was taken yet."""
    same = ImportRun.objects.filter(
        enterprise=enterprise, line=line, sha256=digest, dropped_at__isnull=True
    )
    same = same.exclude(rows__filing__isnull=False).exclude(state=ImportState.UNREADABLE)
    return same.order_by("-pk").first()


def habit_of(enterprise: Enterprise, line: str) -> ImportHabit:
    """What is remembered of this enterprise's tables; an unsaved row when there is nothing."""
    known = ImportHabit.objects.filter(enterprise=enterprise, line=line).first()
    return known or ImportHabit(enterprise=enterprise, line=line)


@transaction.atomic
def map_columns(*, run: ImportRun, columns: Columns, by: User, at: datetime.datetime) -> None:
    """Say what each column is taken for; remembered by its head for the next table.

    Every row is to be checked anew.
    """
    check_anew(hold(run, by, but_for=(ImportState.CHECKING,)), at, columns=columns)
    habit = _held_habit(run)
    for place, head in enumerate(run.heads):
        habit.columns[sheets.plain_head(head)] = columns.get(str(place), {"field": ""})
    habit.save()


@transaction.atomic
def learn_words(
    *, run: ImportRun, words: Mapping[str, Mapping[str, str]], by: User, at: datetime.datetime
) -> None:
    """Say what this enterprise's own words mean: {field: {word: code}}; rows are checked anew."""
    check_anew(hold(run, by), at)
    habit = _held_habit(run)
    for field, meanings in words.items():
        known = habit.words.get(field, {}) | dict(meanings)
        habit.words[field] = dict(list(known.items())[-WORDS_KEPT:])
    habit.save()


def _held_habit(run: ImportRun) -> ImportHabit:
    ImportHabit.objects.get_or_create(enterprise=run.enterprise, line=run.line)
    rows = ImportHabit.objects.select_for_update()
    return rows.get(enterprise=run.enterprise, line=run.line)


@transaction.atomic
def mend(
    *, row: ImportRow, entries: Mapping[str, str], line: Line, by: User, at: datetime.datetime
) -> None:
    """Keep what was typed over the cells of a row, and check it again."""
    held = _open_row(row, by)
    held.mended = held.mended | dict(entries)
    held.skipped = False
    held.save(update_fields=["mended", "skipped"])
    recheck(held, line, at)


@transaction.atomic
def skip(*, row: ImportRow, skipped: bool, line: Line, by: User, at: datetime.datetime) -> None:
    """Leave a row out, or take it in again."""
    held = _open_row(row, by)
    held.skipped = skipped
    held.save(update_fields=["skipped"])
    recheck(held, line, at)


@transaction.atomic
def want_drafts(*, run: ImportRun, whole: bool, by: User, at: datetime.datetime) -> ImportRun:
    """Ask that each good row becomes a filing; whole: all of them in one transaction."""
    held = hold(run, by)
    held.state, held.whole, held.taker = ImportState.TAKING, whole, by
    held.rows_done, held.attempts, held.due_at, held.words = 0, 0, at, ""
    held.save()
    return held


@transaction.atomic
def drop(*, run: ImportRun, by: User, at: datetime.datetime) -> None:
    """Put a table away, read and checked or not; drafts that came of it stay."""
    held = hold(run, by, but_for=(ImportState.READING, ImportState.CHECKING))
    held.dropped_at, held.dropped_by, held.due_at = at, by, None
    held.save(update_fields=["dropped_at", "dropped_by", "due_at"])
    forget_file(held)


def hold(run: ImportRun, by: User, but_for: Collection[str] = ()) -> ImportRun:
    """Lock a run until the transaction ends, for who may file.

    Closed when it was put away, or is being worked at; nobody waits for the worker.
    """
    check_filer(by, run.enterprise_id)
    _check_open(ImportRun.objects.get(pk=run.pk), but_for)
    held = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    _check_open(held, but_for)
    return held


def _check_open(run: ImportRun, but_for: Collection[str]) -> None:
    if run.dropped_at is not None:
        raise Closed(_("This table was put away. Send it again to go on with it."))
    if run.state in WORKING and run.state not in but_for:
        raise Closed(_("This table is being worked at. Wait until it is done, then do this again."))


def _open_row(row: ImportRow, by: User) -> ImportRow:
    hold(row.run, by)
    held = ImportRow.objects.select_for_update().get(pk=row.pk)
    if held.filing_id is not None:
        raise Closed(_("This row is a draft already. Change it there."))
    return held
