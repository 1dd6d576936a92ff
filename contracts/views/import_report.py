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
from torch_portal.filings.enums import ImportState
from torch_portal.filings.models import ImportRun

PAGE = 30
SHOWS = ("bad", "warned", "good", "skipped", "taken", "all")


def own_run(request: HttpRequest, pk: int) -> ImportRun:
    """The table if this person belongs to its enterprise, else 404."""
    runs = ImportRun.objects.visible_to(request.user).filter(
        line=sheet.LINE.code, dropped_at__isnull=True
    )
    run: ImportRun = get_object_or_404(runs.select_related("enterprise"), pk=pk)
    return run


def report(request: HttpRequest, run: ImportRun, errors: list[str]) -> HttpResponse:
    """The page: how far the work is, or rows with their findings, readings and the buttons."""
    working = run.state in imports.WORKING
    context = {
        "run": run,
        "errors": [*errors, *([run.words] if run.words else [])],
        "may_file": run.enterprise_id in standing(request.user).filer_of,
        "working": working,
        "progress": _progress(run),
    }
    if not working and run.state != ImportState.UNREADABLE:
        context |= _rows(request, run)
    return render(request, "contracts/import_run.html", context)


def _progress(run: ImportRun) -> dict[str, Any]:
    """So many rows of so many; both 0 while nothing can be counted."""
    taking = run.state == ImportState.TAKING
    expected = run.tally.get("good", 0) if taking else run.rows_all
    return {"done": run.rows_done, "expected": 0 if taking and run.whole else expected}


def _rows(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    counts = {show: run.tally.get(show, 0) for show in SHOWS}
    show = _shown_tab(request, counts)
    rows = run.rows.filter(imports.STANDS[show]).order_by("number")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    edit = request.GET.get("edit", "")
    reader = sheet.reader_of(run, clock.today())
    return {
        "counts": counts,
        "tabs": _tabs(run, counts, show),
        "show": show,
        "page": page,
        "rows": [
            shown.row_shown(reader.read(r), editing=str(r.pk) == edit and not r.filing_id)
            for r in page
        ],
        "readings": shown.readings_shown(run.readings),
        "in_wan": any(spec.get("unit") == 10_000 for spec in run.columns.values()),
    }


def _shown_tab(request: HttpRequest, counts: dict[str, int]) -> str:
    """The rows asked for; at first those to mend, if there are any."""
    asked = request.GET.get("show", "")
    if asked in SHOWS:
        return asked
    return next((s for s in ("bad", "good", "taken") if counts[s]), "all")


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
