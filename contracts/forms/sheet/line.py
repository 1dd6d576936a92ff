"""Contracts as a line whose tables are brought in: what the work on a table asks of them."""

import datetime
from collections.abc import Callable, Sequence

from django.utils import timezone

from contracts import actions
from contracts.forms.sheet.columns import known_heads, mapping_complete, suggest_columns
from contracts.forms.sheet.rows import Reader
from torch_portal.accounts.models import User
from torch_portal.filings import imports
from torch_portal.filings.models import ImportRow, ImportRun

CODE = "contracts"
# Cells and what was typed over them: all that a look over the table needs.
LOOKED_AT = ("run", "number", "cells", "mended", "skipped")


def reader_of(run: ImportRun, day: datetime.date) -> Reader:
    """A reader of the rows of a run."""
    return Reader(run, imports.habit_of(run.enterprise, CODE), day)


def _columns(run: ImportRun) -> imports.Columns:
    known = imports.habit_of(run.enterprise, CODE).columns
    return suggest_columns(run.heads, known) if mapping_complete(run.heads, known) else {}


def _survey(run: ImportRun, day: datetime.date) -> Callable[[ImportRow], imports.Result]:
    reader = reader_of(run, day)
    reader.survey(run.rows.only(*LOOKED_AT).iterator())
    run.survey = {"middle": str(reader.middle)} if reader.middle else {}
    return lambda row: _result(reader, row)


def _single(run: ImportRun, day: datetime.date) -> Callable[[ImportRow], imports.Result]:
    reader = reader_of(run, day)
    return lambda row: _result(reader, row)


def _result(reader: Reader, row: ImportRow) -> imports.Result:
    checked = reader.check(row)
    return imports.Result(
        bad=checked.bad,
        warned=checked.warned,
        findings=checked.findings,
        readings=checked.readings(),
        key=reader.key(row),
    )


def _take(run: ImportRun, rows: Sequence[ImportRow], by: User, at: datetime.datetime) -> None:
    reader = reader_of(run, timezone.localdate(at))
    ready = [_ready(reader, row) for row in rows]
    try:
        actions.take_rows(run=run, ready=ready, by=by, at=at)
    except actions.Conflict as conflict:
        raise imports.Changed(str(conflict)) from conflict


def _ready(reader: Reader, row: ImportRow) -> actions.ReadyRow:
    found = reader.read(row)
    return actions.ReadyRow(row, found.values(), found.deductions(), found.draft, found.readings())


LINE = imports.Line(
    code=CODE,
    task="contracts.tasks.work_at_import",
    heads=known_heads,
    columns=_columns,
    survey=_survey,
    single=_single,
    take=_take,
)
