"""The public columns of a list as a file."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook

from torch_portal.publicity import queries
from torch_portal.publicity.models import Batch

COLUMNS = ("ordinal", "name", "credit_code", "division", "number", "note")
MARK = "\ufeff"  # tells spreadsheet programs that a CSV is UTF-8
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def _heads() -> list[str]:
    return [
        _("No."),
        _("Name of the enterprise"),
        _("Unified social credit code"),
        _("Division"),
        _("Number"),
        _("Note"),
    ]


def _rows(batch: Batch) -> Iterator[list[str | int]]:
    """The entries as text; what a spreadsheet would take for a formula begins with a quote."""
    for row in queries.public_entries(batch).values_list(*COLUMNS):
        yield [f"'{v}" if isinstance(v, str) and v.startswith(FORMULA) else v for v in row]


def xlsx(batch: Batch) -> bytes:
    """The list as a workbook; every code is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("List"))
    sheet.append([batch.title])
    sheet.append(_heads())
    for row in _rows(batch):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_file(batch: Batch) -> bytes:
    """The list as CSV (RFC 4180, UTF-8)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_heads())
    writer.writerows(_rows(batch))
    return (MARK + out.getvalue()).encode()


KINDS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "csv": ("text/csv; charset=utf-8", csv_file),
}
