"""From the bytes of a table to its rows in the database."""

import datetime
from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from torch_portal.common import sheets
from torch_portal.common.sheets import BadSheet, Sheet
from torch_portal.filings.enums import ImportState
from torch_portal.filings.imports.line import Columns
from torch_portal.filings.models import ImportRow, ImportRun


def table_of(data: bytes, known: Collection[str]) -> tuple[Sheet, sheets.Table]:
    """The sheet of a file and the table in it; BadSheet when there is none."""
    sheet = sheets.read(data)
    table = sheets.find_table(sheet, known)
    if table is None or not table.rows:
        raise BadSheet(
            _("No table was found: one row has to name the columns, the entries stand below it.")
        )
    return sheet, table


def keep_table(
    run: ImportRun,
    sheet: Sheet,
    table: sheets.Table,
    *,
    columns: Callable[[ImportRun], Columns],
    at: datetime.datetime,
) -> None:
    """Keep the cells of a table and forget its file; checked at once when nothing is to be asked.

    columns: what the heads are taken for, {} when the person has to say so.
    """
    run.sheet = sheet.name[:80]
    run.left = sheet.left
    run.heads = list(table.heads)
    run.left_out = [[number, words[:80]] for number, words in table.left_out]
    run.rows_all = len(table.rows)
    run.columns = columns(run)
    run.state = ImportState.CHECKING if run.columns else ImportState.ASKING
    run.due_at = at if run.columns else None
    run.attempts = 0
    run.save()
    forget_file(run)
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                run=run,
                number=number,
                cells=[kept(cell) for cell in cells],
                hidden=number in sheet.hidden,
            )
            for number, cells in table.rows
        ),
        batch_size=1000,
    )


def forget_file(run: ImportRun) -> None:
    """The bytes go once the transaction is committed."""
    if run.file:
        name, storage = str(run.file.name), run.file.storage
        run.file = ""
        run.save(update_fields=["file"])
        transaction.on_commit(lambda: storage.delete(name))


def kept(cell: Any) -> Any:
    """A cell as JSON keeps it: numbers stay numbers, days become words."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return sheets.text(cell)
    return cell if cell == cell and abs(cell) != float("inf") else ""
