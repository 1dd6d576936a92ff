"""Exports as the tests ask for them and read them back."""

import csv
import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl

from contracts.line.exports import CONTRACTS
from contracts.models import Contract
from torch_portal.accounts.models import User
from torch_portal.reports.exports import actions, work
from torch_portal.reports.exports.wishes import Wish
from torch_portal.reports.models import Export

NOW = datetime.datetime(2020, 3, 9, 4, 0, tzinfo=datetime.UTC)
ALL = "queue=all"
PLAIN = ("number", "project_name", "kind", "seller_code", "total_yuan", "signed_on", "submitted")


def wish(*columns: str, **more: Any) -> Wish:
    """All contracts with these columns."""
    more.setdefault("filter", ALL)
    return Wish(report=CONTRACTS, columns=columns or PLAIN, **more)


def made(by: User | None, asked: Wish | None = None, at: datetime.datetime = NOW) -> Export:
    """An export that was asked for and written."""
    export = actions.ask(wish=asked or wish(), by=by, at=at, anew=True)
    work.run(export_id=export.pk, at=at)
    export.refresh_from_db()
    return export


def content(export: Export) -> bytes:
    """The file."""
    with export.file.open("rb") as stream:
        return stream.read()


def table(export: Export) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Heads and rows of the first sheet, or of the CSV."""
    if export.file_format == "csv":
        rows = list(csv.reader(io.StringIO(content(export).decode("utf-8-sig"))))
        return rows[0], [tuple(r) for r in rows[1:]]
    book = openpyxl.load_workbook(io.BytesIO(content(export)), read_only=True)
    heads, *rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return list(heads), rows


def copies(contract: Contract, count: int, **values: Any) -> None:
    """More contracts like this one, straight into the tables."""
    filing = contract.filing
    model = type(filing)
    fields = {f.attname: getattr(filing, f.attname) for f in model._meta.concrete_fields}
    own = {f.attname: getattr(contract, f.attname) for f in Contract._meta.concrete_fields}
    covers = [
        model(**fields | {"id": None, "number": f"HT-COPY-{filing.pk}-{n:06d}"})
        for n in range(count)
    ]
    made = model.objects.bulk_create(covers, batch_size=2000)
    own |= {"fixed_technical_yuan": None, "registration_number": None, "recognised_on": None}
    contracts = [
        Contract(**own | {"filing_id": cover.pk, "total_yuan": Decimal(n + 1)} | values)
        for n, cover in enumerate(made)
    ]
    Contract.objects.bulk_create(contracts, batch_size=2000)
