"""The report on a table, row by row."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contracts.forms import sheet
from contracts.forms.sheet import shown
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.filings import imports
from torch_portal.filings.models import ImportRow, ImportRun

LINE = "contracts"
PAGE = 30
SHOWS = ("bad", "warned", "good", "skipped", "taken", "all")


def own_run(request: HttpRequest, pk: int) -> ImportRun:
    """The table if this person belongs to its enterprise, else 404."""
    runs = ImportRun.objects.visible_to(request.user).filter(line=LINE, dropped_at__isnull=True)
    run: ImportRun = get_object_or_404(runs.select_related("enterprise"), pk=pk)
    return run


def reader_of(run: ImportRun) -> tuple[sheet.Reader, list[ImportRow]]:
    """A reader that has looked over the whole table, and its rows."""
    rows = list(run.rows.order_by("number"))
    reader = sheet.Reader(run, imports.habit_of(run.enterprise, LINE), clock.today())
    reader.survey(rows)
    return reader, rows


def recheck(run: ImportRun) -> None:
    """Check every row anew and keep which are bad."""
    reader, rows = reader_of(run)
    checked = [reader.check(row) for row in rows if row.filing_id is None]
    imports.mark(run=run, found={c.row.pk: (c.bad, c.warned) for c in checked})


def report(request: HttpRequest, run: ImportRun, errors: list[str]) -> HttpResponse:
    """The page: tabs, rows with their findings, readings to confirm, and the buttons."""
    reader, rows = reader_of(run)
    counts = {show: sum(_stands(row, show) for row in rows) for show in SHOWS}
    show = _shown_tab(request, counts)
    checked = {r.pk: reader.check(r) for r in rows if r.filing_id is None}
    page = Paginator([r for r in rows if _stands(r, show)], PAGE).get_page(request.GET.get("page"))
    edit = request.GET.get("edit", "")
    open_rows = [c for c in checked.values() if not c.row.skipped]
    context = {
        "run": run,
        "counts": counts,
        "tabs": _tabs(run, counts, show),
        "show": show,
        "page": page,
        "rows": [
            shown.row_shown(
                checked.get(r.pk) or reader.check(r), editing=str(r.pk) == edit and not r.filing_id
            )
            for r in page
        ],
        "readings": shown.readings_shown(sheet.readings(open_rows)),
        "in_wan": any(spec.get("unit") == 10_000 for spec in run.columns.values()),
        "errors": errors,
        "may_file": run.enterprise_id in standing(request.user).filer_of,
    }
    return render(request, "contracts/import_run.html", context)


def _shown_tab(request: HttpRequest, counts: dict[str, int]) -> str:
    """The rows asked for; at first those to mend, if there are any."""
    asked = request.GET.get("show", "")
    if asked in SHOWS:
        return asked
    return next((s for s in ("bad", "good", "taken") if counts[s]), "all")


def _stands(row: ImportRow, show: str) -> bool:
    """Whether a row belongs to a tab."""
    if show == "all":
        return True
    if row.filing_id is not None or show == "taken":
        return row.filing_id is not None and show == "taken"
    if row.skipped or show == "skipped":
        return row.skipped and show == "skipped"
    return {"bad": row.bad, "warned": row.warned and not row.bad, "good": not row.bad}[show]


def _tabs(run: ImportRun, counts: dict[str, int], show: str) -> list[dict[str, Any]]:
    labels = {
        "bad": _("To be mended"),
        "warned": _("To be looked at"),
        "good": _("Ready to take"),
        "skipped": _("Left out"),
        "taken": _("Drafts made"),
        "all": _("All rows"),
    }
    url = reverse("contracts:import_run", args=[run.pk])
    return [
        {"label": label, "count": counts[s], "url": f"{url}?show={s}", "current": s == show}
        for s, label in labels.items()
        if counts[s] or s == show
    ]
