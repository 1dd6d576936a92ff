"""Keeping what colleagues enter at the same time: each page, table and row counts its own saves."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hitech_cert import permissions, queries
from hitech_cert.models import (
    Application,
    Cost,
    Product,
    Project,
    Result,
    Right,
    StaffCount,
    Standard,
)
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common import codes
from torch_portal.filings import drafts
from torch_portal.filings.drafts import Conflict

TABLES: Mapping[str, Any] = {
    "rights": Right,
    "staff": StaffCount,
    "projects": Project,
    "costs": Cost,
    "products": Product,
    "results": Result,
    "standards": Standard,
}
# The beginning of the numbers of rows; results and standards have plain numbers.
PREFIXES: Mapping[str, str] = {
    "rights": "IP",
    "projects": "RD",
    "products": "PS",
    "results": "",
    "standards": "",
}
# Pages that write columns of the application itself.
PAGES = ("innovation", "main", "report")
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
Cells = Mapping[str, Mapping[str, Any]]


def part_of(table: str, year: int | None = None) -> str:
    """The name under which the saves of a table, or of one of its years, are counted."""
    return table if year is None else f"{table}-{year}"


@contextmanager
def held(application: Application, by: User) -> Iterator[None]:
    """The draft locked and as it now is; Denied or Conflict when this person cannot change it."""
    permissions.check_may_file(by, application.filing)
    drafts.check_editable(application.filing.state, WORKFLOW)
    with transaction.atomic():
        drafts.check_editable(drafts.hold(application.filing), WORKFLOW)
        rows = Application.objects.filter(pk=application.pk)
        for name, value in rows.values("saved_version", "versions", "typed").get().items():
            setattr(application, name, value)
        yield


def read_again(application: Application) -> None:
    """The rows of all tables as they now are, whatever was read before."""
    queries.forget_rows(application)
    queries.fetch_tables(application)


def check_seen(application: Application, part: str, seen: int | None) -> None:
    """Conflict when a page was saved since this person opened it; nothing is overwritten."""
    if seen is not None and seen != application.versions.get(part, 0):
        raise Conflict(
            _(
                "This filing was saved in another window or by a colleague meanwhile. Your "
                "entries are still on this page: press “Save” to see both side by side."
            )
        )


def keep(
    application: Application,
    parts: Sequence[str],
    columns: Mapping[str, Any],
    at: datetime.datetime,
) -> None:
    """Write columns of a draft that is held, and count the save of these parts."""
    versions = application.versions
    counted = {part: versions.get(part, 0) + 1 for part in parts}
    changed = {**columns, "saved_at": at, "versions": versions | counted}
    drafts.claim_save(application, application.saved_version, changed)
    queries.forget_rows(application)


def typed_with(
    application: Application, names: Sequence[str], unread: Mapping[str, Any]
) -> dict[str, Any]:
    """What stays unread in the whole draft once these entries are saved."""
    elsewhere = {k: v for k, v in application.typed.items() if k not in names}
    return elsewhere | {k: v for k, v in unread.items() if v}


def typed_without(application: Application, code: str) -> dict[str, Any]:
    """What stays unread in the whole draft once an activity and its costs are gone."""
    return {
        name: {cell: word for cell, word in said.items() if not cell.startswith(f"{code}-")}
        if name.startswith("costs-")
        else said
        for name, said in application.typed.items()
    }


def put_rows(application: Application, rows: Rows) -> None:
    """Put rows in the place of those of their tables; a row of the same number stays the same."""
    for name, listed in rows.items():
        table = TABLES[name]
        known = known_rows(application, name)
        table.objects.filter(application=application).delete()
        table.objects.bulk_create(
            _row(application, name, place, row, known) for place, row in enumerate(listed, start=1)
        )


def put_costs(application: Application, year: int, cells: Cells) -> None:
    """Write the costs of a year that differ from those kept; an activity without any has no row."""
    rows = application.costs.filter(year=year, project__in=cells)
    known = {row.pop("project"): row for row in rows.values("project", *queries.COSTS)}
    filled = {
        code: {name: value or Decimal(0) for name, value in row.items()}
        for code, row in cells.items()
        if any(value is not None for value in row.values())
    }
    gone = known.keys() - filled.keys()
    if gone:
        application.costs.filter(year=year, project__in=gone).delete()
    Cost.objects.bulk_create(
        [
            Cost(application=application, project=code, year=year, **row)
            for code, row in filled.items()
            if row != known.get(code)
        ],
        update_conflicts=True,
        unique_fields=["application", "project", "year"],
        update_fields=queries.COSTS,
    )


def known_rows(application: Application, name: str) -> dict[str, tuple[int, int]]:
    """Key and saves of each numbered row of a table, by its number."""
    if name not in PREFIXES:
        return {}
    rows = TABLES[name].objects.filter(application=application)
    return {
        code: (pk, saves) for code, pk, saves in rows.values_list("code", "pk", "saved_version")
    }


def _row(
    application: Application,
    name: str,
    place: int,
    row: Mapping[str, Any],
    known: dict[str, tuple[int, int]],
) -> Any:
    if name not in PREFIXES:
        return TABLES[name](application=application, **row)
    code = row.get("code") or f"{PREFIXES[name]}{place:02d}"
    pk, saves = known.pop(code, (None, 0))
    values = {**row, "code": code, "saved_version": saves + 1}
    if name == "rights":  # by it a right is found again in other applications
        values["number"] = codes.normalise(str(row.get("number", "")))
    return TABLES[name](pk=pk, application=application, **values)


def next_code(application: Application, name: str) -> str:
    """The number after the highest of a table."""
    prefix = PREFIXES[name]
    codes = TABLES[name].objects.filter(application=application).values_list("code", flat=True)
    plain = (code.removeprefix(prefix) for code in codes)
    highest = max((int(code) for code in plain if code.isdecimal()), default=0)
    return f"{prefix}{highest + 1:02d}"
