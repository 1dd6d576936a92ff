"""What the enterprise does before it submits: begin, save, attach, answer."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from hitech_cert import queries
from hitech_cert.actions import saving
from hitech_cert.actions.saving import PAGES, TABLES, Cells, Rows
from hitech_cert.models import Application, Row
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import check_filer
from torch_portal.filings import drafts, engine
from torch_portal.filings.models import Attachment, CorrectionItem

REFERRING = {
    "rights": ("projects", "products", "results"),
    "projects": ("results",),
    "products": ("results",),
}


@transaction.atomic
def start(*, enterprise: Enterprise, by: User, at: datetime.datetime) -> Application:
    """Open a draft of the year, with what the last application of the enterprise still says.

    Rights (class II of a certified application marked as used), activities that still run, costs
    and figures of years that count again, products without income, standards and texts.
    """
    check_filer(by, enterprise.pk)
    year = timezone.localdate(at).year
    filing = engine.open_filing(WORKFLOW, enterprise=enterprise, by=by, at=at)
    columns, rows = queries.known_before(enterprise, year)
    application = Application.objects.create(
        filing=filing, enterprise=enterprise, year=year, saved_at=at, **columns
    )
    saving.put_rows(application, rows)
    return application


def save_draft(
    *,
    application: Application,
    values: Mapping[str, Any],
    by: User,
    at: datetime.datetime,
    typed: dict[str, Any] | None = None,
    rows: Rows | None = None,
    seen: int | None = None,
) -> Application:
    """Keep columns, and put rows in the place of each table that `rows` names.

    `typed` holds entries that could not be read, word for word. `seen` counts all saves of the
    draft: Conflict when another one came between, and nothing is overwritten.
    """
    rows = rows or {}
    columns = dict(values) | ({} if typed is None else {"typed": typed})
    parts = [*rows, *(PAGES if values else ())]
    parts += [f"costs-{year}" for year in queries.years_of(application) if "costs" in rows]
    with saving.held(application, by):
        if seen is not None and seen != application.saved_version:
            drafts.claim_save(application, seen, {})
        saving.put_rows(application, rows)
        saving.keep(application, parts, columns, at)
    return application


def save_page(
    *,
    application: Application,
    page: str,
    values: Mapping[str, Any],
    unread: Mapping[str, str],
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> Application:
    """Keep the entries of one page; only another save of the same page is a Conflict."""
    with saving.held(application, by):
        saving.check_seen(application, page, seen)
        typed = saving.typed_with(application, [*values, *unread], unread)
        saving.keep(application, [page], {**values, "typed": typed}, at)
    return application


def put_table(
    *,
    application: Application,
    table: str,
    rows: Any,
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> Application:
    """Put rows in the place of those of one table; a save of that table since is a Conflict."""
    with saving.held(application, by):
        saving.check_seen(application, table, seen)
        saving.put_rows(application, {table: rows})
        names = [name for name in application.typed if name.split("-")[0] == table]
        parts = {table, *(part for part in application.versions if part.startswith(f"{table}-"))}
        typed = saving.typed_with(application, names, {})
        saving.keep(application, sorted(parts), {"typed": typed}, at)
    return application


def add_row(*, application: Application, table: str, by: User, at: datetime.datetime) -> Any:
    """A new empty row of a table, with the next number."""
    with saving.held(application, by):
        code = saving.next_code(application, table)
        row = TABLES[table].objects.create(application=application, code=code)
        saving.keep(application, [table], {}, at)
    return row


def save_row(
    *,
    row: Row,
    table: str,
    values: Mapping[str, Any],
    unread: Mapping[str, str],
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> Row:
    """Keep the cells of one row; only another save of the same row is a Conflict."""
    application: Application = row.application
    with saving.held(application, by):
        known = row.saved_version if seen is None else seen
        drafts.claim_save(row, known, {**values, "typed": dict(unread)})
        saving.keep(application, [table], {}, at)
    return row


def remove_row(*, row: Row, table: str, by: User, at: datetime.datetime) -> None:
    """Take a row out, its costs with it; rows that name it no longer do."""
    application: Application = row.application
    with saving.held(application, by):
        TABLES[table].objects.filter(pk=row.pk).delete()
        for other in REFERRING.get(table, ()):
            _forget_code(application, other, table, row.code)
        if table == "projects":
            application.costs.filter(project=row.code).delete()
        columns = {"typed": saving.typed_without(application, row.code)}
        saving.keep(application, [table], columns, at)


def _forget_code(application: Application, other: str, table: str, code: str) -> None:
    rows = TABLES[other].objects.filter(application=application, **{f"{table}__contains": [code]})
    for row in rows:
        setattr(row, table, [named for named in getattr(row, table) if named != code])
        row.saved_version += 1
        row.save(update_fields=[table, "saved_version"])


def save_staff(
    *,
    application: Application,
    cells: Cells,
    unread: Mapping[str, str],
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> Application:
    """Keep the table of staff; cells by row and column, None for an empty one."""
    filled = {n: c for n, c in cells.items() if any(v is not None for v in c.values())}
    with saving.held(application, by):
        saving.check_seen(application, "staff", seen)
        saving.put_rows(application, {"staff": [{"name": n, **c} for n, c in filled.items()]})
        typed = saving.typed_with(application, ["staff"], {"staff": dict(unread)})
        saving.keep(application, ["staff"], {"typed": typed}, at)
    return application


def save_costs(
    *,
    application: Application,
    year: int,
    cells: Cells,
    unread: Mapping[str, str],
    by: User,
    at: datetime.datetime,
    seen: int | None = None,
) -> Application:
    """Keep the costs of one year; cells by activity and class, an empty one beside others is 0.

    Activities that are not among the cells keep theirs.
    """
    part = saving.part_of("costs", year)
    with saving.held(application, by):
        saving.check_seen(application, part, seen)
        saving.put_costs(application, year, cells)
        typed = saving.typed_with(application, [part], {part: dict(unread)})
        saving.keep(application, ["costs", part], {"typed": typed}, at)
    return application


def attach(
    *,
    application: Application,
    kind: str,
    upload: "UploadedFile[Any]",
    by: User,
    at: datetime.datetime,
) -> Attachment:
    """Keep a file with the draft; BadUpload when its content is not acceptable.

    No text limits number or size of the files; those of the portal hold for each kind.
    """
    return drafts.attach(
        workflow=WORKFLOW,
        filing=application.filing,
        kind=kind,
        upload=upload,
        by=by,
        at=at,
        apart=True,
    )


def detach(
    *, application: Application, attachment: Attachment, by: User, at: datetime.datetime
) -> None:
    """Take a file out of the draft."""
    drafts.detach(workflow=WORKFLOW, attachment=attachment, by=by, at=at)


def answer_correction(*, item: CorrectionItem, answer: str, by: User) -> None:
    """Write beside an item of the correction list what was done about it."""
    drafts.answer_correction(item=item, workflow=WORKFLOW, answer=answer, by=by)
