"""Rows out of the database into a file, through COPY."""

import csv
import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.common.columns import Column, Report
from torch_portal.filings.actions import Opened
from torch_portal.reports.exports.select import Field, csv_rows, fields, xml_rows
from torch_portal.reports.exports.workbook import Workbook

EVERY = 1.0  # seconds between two signs of progress
LOOK = 256  # rows between two looks at the watch
# No row of XML holds these: what COPY writes is the row as it is.
AS_IT_IS = r"(FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')"
MARK = "\ufeff"  # tells spreadsheet programs that a CSV is UTF-8


@dataclass(frozen=True)
class Sheet:
    """What is written beside the rows: columns, unit of amounts, title, mark, words about it.

    report, person: of an archive, which holds what this person may see (None: everything).
    opened: filled by an archive with the filings and files that it holds.
    """

    report: Report
    person: User | None
    columns: Sequence[Column]
    unit: str
    title: str
    mark: str
    about: Sequence[tuple[str, str]]
    opened: list[Opened] = field(default_factory=list)

    @property
    def fields(self) -> list[Field]:
        """The columns of the file."""
        return fields(self.columns, self.unit, self.mark)


class Watch:
    """Says how far the writing is, no more often than once in EVERY seconds."""

    def __init__(self, tick: Callable[[int], None]) -> None:
        self._tick = tick
        self._next = time.monotonic() + EVERY

    def look(self, rows: int) -> None:
        """So many rows are written."""
        if time.monotonic() >= self._next:
            self._tick(rows)
            self._next = time.monotonic() + EVERY


class _Counted:
    """Hands rows on, counts them, and says now and then how many there are."""

    def __init__(self, write: Callable[[bytes], Any], tick: Callable[[int], None]) -> None:
        self._write, self._watch = write, Watch(tick)
        self.rows = 0

    def write(self, row: bytes) -> int:
        """One row; COPY calls it once for each."""
        self._write(row)
        self.rows += 1
        if not self.rows % LOOK:
            self._watch.look(self.rows)
        return len(row)


def write_xlsx(out: Any, rows: QuerySet[Any], sheet: Sheet, tick: Callable[[int], None]) -> int:
    """Write a workbook into `out` (a binary file); returns the number of rows."""
    made = sheet.fields
    book = Workbook(out, made, title=sheet.title, mark=sheet.mark)
    counted = _Counted(book.write, tick)
    try:
        _copy(xml_rows(rows, sheet.columns, made), AS_IT_IS, counted)
    except BaseException:
        book.drop()
        raise
    book.close([*sheet.about, (_("Rows"), str(counted.rows))])
    return counted.rows


def write_csv(out: Any, rows: QuerySet[Any], sheet: Sheet, tick: Callable[[int], None]) -> int:
    """Write CSV (RFC 4180, UTF-8) into `out` (a binary file); returns the number of rows."""
    made = sheet.fields
    head = io.StringIO()
    csv.writer(head, lineterminator="\n").writerow(f.head for f in made)
    out.write((MARK + head.getvalue()).encode())
    counted = _Counted(out.write, tick)
    _copy(csv_rows(rows, sheet.columns, made), "(FORMAT csv)", counted)
    return counted.rows


def _copy(select: str, options: str, out: Any) -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({select}) TO STDOUT {options}", out)
