"""The ways of writing a list that benchmarks.export compares, and the rows they write.

Imported once Django is set up on the scratch database.
"""

from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from openpyxl import Workbook

from contracts.line.exports import CONTRACTS
from contracts.management.load import load
from contracts.models import Contract
from torch_portal.common import clock
from torch_portal.reports.exports import select
from torch_portal.reports.exports.writing import Sheet, write_csv, write_xlsx

COLUMNS = (
    "number", "registration_number", "project_name", "state", "kind", "seller_name", "seller_code",
    "seller_division", "buyer_name", "buyer_code", "buyer_division", "total_yuan",
    "technical_yuan", "signed_on", "starts_on", "ends_on", "submitted", "agency",
)  # fmt: skip


def sheet() -> Any:
    """Eighteen columns of the line, two of them with code and label: twenty of the file."""
    chosen = tuple(c for c in CONTRACTS.columns if c.name in COLUMNS)
    made = Sheet(CONTRACTS, None, chosen, "yuan", "contracts", "", [("about", "benchmark")])
    assert len(made.fields) == 20
    return made


def rows() -> Any:
    """All that were handed in, in the order of the table."""
    return Contract.objects.order_by("pk")


def ours_xlsx(out: Any) -> None:
    """The workbook of an export."""
    write_xlsx(out, rows(), sheet(), lambda _rows: None)


def ours_csv(out: Any) -> None:
    """The CSV of an export."""
    write_csv(out, rows(), sheet(), lambda _rows: None)


def bare_copy(out: Any) -> None:
    """COPY of the same twenty values, as they are."""
    made = sheet()
    wanted = ", ".join(f.sql for f in made.fields)
    query = select._from(rows(), made.columns, wanted)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", out)


def openpyxl_write_only(out: Any) -> None:
    """The same twenty values through openpyxl, which is what a portal does by default."""
    made = sheet()
    query = select._from(rows(), made.columns, ", ".join(f.sql for f in made.fields))
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append([f.head for f in made.fields])
    connection.ensure_connection()
    connection.set_autocommit(False)
    with connection.connection.cursor(name="rows") as cursor:
        cursor.itersize = 2000
        cursor.execute(query)
        for row in cursor:
            page.append(row)
    book.save(out)


def fill(count: int) -> None:
    """So many contracts; nothing stays open when the ways are measured in forks."""
    call_command("migrate", verbosity=0)
    call_command("seed")
    load(filings=count, seed=38, at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connections.close_all()
