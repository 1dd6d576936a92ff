"""What is to be said of a draft: the rules, and what was typed but cannot be read."""

import datetime
from collections.abc import Iterator

from hitech_cert import queries
from hitech_cert.forms.grids import cost_grid, staff_grid
from hitech_cert.forms.pages import PAGES
from hitech_cert.forms.rows import TABLES
from hitech_cert.models import Application
from hitech_cert.queries import FORM_CLAUSE
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.guided.saved import form_for, unread_findings


def all_findings(application: Application, *, at: datetime.datetime) -> list[Finding]:
    """What the rules say if it were filed at that moment, and what could not be read."""
    unread = unread_of(application)
    names = {finding.field for finding in unread}
    ruled = queries.findings(application, at=at)
    return [
        *queries.unsettled(application),
        *unread,
        *(f for f in ruled if not (f.code == "missing" and f.field in names)),
    ]


def unread_of(application: Application) -> list[Finding]:
    """Each entry that was typed but cannot be read, at its place."""
    pages = unread_findings(application, PAGES, code="unread", clause=FORM_CLAUSE)
    return [*pages, *_in_rows(application), *_in_grids(application)]


def _in_rows(application: Application) -> Iterator[Finding]:
    for name, table in TABLES.items():
        for place, row in enumerate(queries.in_order(getattr(application, name))):
            errors = form_for(row, table.form).errors if row.typed else {}
            for cell, words in errors.items():
                yield _unread(f"{name}[{place}].{cell}", str(words[0]))


def _in_grids(application: Application) -> Iterator[Finding]:
    if "staff" in application.typed:
        for cell, words in staff_grid(application).errors.items():
            yield _unread("staff." + cell.replace("-", "."), words)
    for year in queries.years_of(application):
        if f"costs-{year}" in application.typed:
            for words in cost_grid(application, year).errors.values():
                yield _unread("costs", words)


def _unread(field: str, words: str) -> Finding:
    return Finding("unread", Level.BLOCK, field, words, FORM_CLAUSE)
