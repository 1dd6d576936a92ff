"""Acts on tables that are brought in, the same for every line: open, map, mend, leave out, drop.

The line says what a column means and whether a row is good, and makes the filings.
"""

import datetime
import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import check_filer
from torch_portal.common import sheets
from torch_portal.common.sheets import BadSheet, Sheet
from torch_portal.filings.models import ImportHabit, ImportRow, ImportRun
from torch_portal.filings.uploads import check_clean

Columns = dict[str, dict[str, Any]]
WORDS_KEPT = 500


class Closed(Exception):
    """The run was dropped, or the row is a filing already; the message says which."""


def open_run(
    *,
    enterprise: Enterprise,
    line: str,
    upload: Any,
    known: Collection[str],
    by: User,
    at: datetime.datetime,
) -> ImportRun:
    """Read a table that was sent and keep its rows; BadSheet when it cannot be read, BadUpload
    when the scanner found something in it or does not answer.

    known: plain heads by which the row of the heads is recognised. The same file sent again
    while nothing of it was taken gives the run already there.
    """
    check_filer(by, enterprise.pk)
    data = upload.read(sheets.Limits.size + 1)
    digest = hashlib.sha256(data).hexdigest()
    if len(data) <= sheets.Limits.size:
        check_clean(upload, digest)
    sheet = sheets.read(data)
    table = sheets.find_table(sheet, known)
    if table is None or not table.rows:
        raise BadSheet(
            _("No table was found: one row has to name the columns, the entries stand below it.")
        )
    with transaction.atomic():
        Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
        again = _untouched(enterprise, line, digest)
        if again is not None:
            return again
        run = ImportRun.objects.create(
            line=line,
            enterprise=enterprise,
            name=(upload.name or "")[-160:],
            sheet=sheet.name[:80],
            sha256=digest,
            heads=list(table.heads),
            left_out=[[number, words[:80]] for number, words in table.left_out],
            created_at=at,
            created_by=by,
        )
        _keep_rows(run, table, sheet)
    return run


def _untouched(enterprise: Enterprise, line: str, digest: str) -> ImportRun | None:
    """A run of the very same file of which nothing was taken yet."""
    same = ImportRun.objects.filter(
        enterprise=enterprise, line=line, sha256=digest, dropped_at__isnull=True
    ).exclude(rows__filing__isnull=False)
    return same.order_by("-pk").first()


def _keep_rows(run: ImportRun, table: sheets.Table, sheet: Sheet) -> None:
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                run=run,
                number=number,
                cells=[kept(cell) for cell in cells],
                hidden=number in sheet.hidden,
            )
            for number, cells in table.rows
        ],
        batch_size=1000,
    )


def kept(cell: Any) -> Any:
    """A cell as JSON keeps it: numbers stay numbers, days become words."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return sheets.text(cell)
    return cell if cell == cell and abs(cell) != float("inf") else ""


def habit_of(enterprise: Enterprise, line: str) -> ImportHabit:
    """What is remembered of this enterprise's tables; an unsaved row when there is nothing."""
    known = ImportHabit.objects.filter(enterprise=enterprise, line=line).first()
    return known or ImportHabit(enterprise=enterprise, line=line)


@transaction.atomic
def map_columns(
    *, run: ImportRun, columns: Columns, by: User, at: datetime.datetime, remember: bool = True
) -> None:
    """Say what each column is taken for; remembered by its head for the next table."""
    hold(run, by)
    ImportRun.objects.filter(pk=run.pk).update(columns=columns)
    run.columns = columns
    if not remember:
        return
    habit = _held_habit(run)
    for place, head in enumerate(run.heads):
        habit.columns[sheets.plain_head(head)] = columns.get(str(place), {"field": ""})
    habit.save()


@transaction.atomic
def learn_words(
    *, run: ImportRun, words: Mapping[str, Mapping[str, str]], by: User, at: datetime.datetime
) -> None:
    """Say what this enterprise's own words mean: {field: {word: code}}."""
    hold(run, by)
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
    *, row: ImportRow, entries: Mapping[str, str], by: User, at: datetime.datetime
) -> ImportRow:
    """Keep what was typed over the cells of a row; what equals the cell is no mending."""
    hold(row.run, by)
    held = _open_row(row)
    held.mended = held.mended | dict(entries)
    held.skipped = False
    held.save(update_fields=["mended", "skipped"])
    return held


@transaction.atomic
def skip(*, row: ImportRow, skipped: bool, by: User, at: datetime.datetime) -> None:
    """Leave a row out, or take it in again."""
    hold(row.run, by)
    held = _open_row(row)
    held.skipped = skipped
    held.save(update_fields=["skipped"])


@transaction.atomic
def drop(*, run: ImportRun, by: User, at: datetime.datetime) -> None:
    """Put a table away; drafts that came of it stay."""
    hold(run, by)
    ImportRun.objects.filter(pk=run.pk).update(dropped_at=at, dropped_by=by)


def mark(*, run: ImportRun, found: Mapping[int, tuple[bool, bool]]) -> None:
    """Keep what the line's check says of rows: {id: (bad, warned)}."""
    changed = []
    for row in run.rows.filter(pk__in=list(found)).only("pk", "bad", "warned"):
        if (row.bad, row.warned) != found[row.pk]:
            row.bad, row.warned = found[row.pk]
            changed.append(row)
    ImportRow.objects.bulk_update(changed, ["bad", "warned"], batch_size=1000)


def hold(run: ImportRun, by: User) -> ImportRun:
    """Lock a run until the transaction ends, for who may file; Closed when it was put away."""
    check_filer(by, run.enterprise_id)
    held = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if held.dropped_at is not None:
        raise Closed(_("This table was put away. Send it again to go on with it."))
    return held


def _open_row(row: ImportRow) -> ImportRow:
    held = ImportRow.objects.select_for_update().get(pk=row.pk)
    if held.filing_id is not None:
        raise Closed(_("This row is a draft already. Change it there."))
    return held
