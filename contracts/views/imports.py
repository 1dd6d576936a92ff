"""Many contracts at once: the workbook to fill in, a table sent, its report, its rows taken."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contracts import actions, queries
from contracts.forms import imports as forms
from contracts.forms import sheet
from contracts.forms.sheet import shown
from contracts.views.import_report import LINE, PAGE, SHOWS, own_run, reader_of, recheck, report
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings import imports
from torch_portal.filings.models import ImportRow, ImportRun
from torch_portal.filings.uploads import BadUpload

DRAFTS_MOST = 1_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _own(request: HttpRequest) -> Any:
    return Enterprise.objects.filter(pk__in=standing(request.user).filer_of).order_by("name")


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Send a table, or go on with one that was sent."""
    own = _own(request)
    form = forms.ImportForm(
        request.POST or None, request.FILES or None, enterprises=[(str(e.pk), e.name) for e in own]
    )
    if form.is_valid():
        try:
            run = imports.open_run(
                enterprise=own.get(pk=form.cleaned_data["enterprise"]),
                line=LINE,
                upload=form.cleaned_data["file"],
                known=sheet.known_heads(),
                by=request.user,
                at=clock.now(),
            )
        except (BadSheet, BadUpload) as bad:
            form.add_error("file", str(bad))
        else:
            return _opened(request, run)
    context = {"form": form, "runs": queries.runs_of(request.user), "may_file": bool(own)}
    return render(request, "contracts/imports.html", context)


def _opened(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Straight to the report when every column is known; else first ask what they mean."""
    habit = imports.habit_of(run.enterprise, LINE)
    if not run.columns and sheet.mapping_complete(run.heads, habit.columns):
        columns = sheet.suggest_columns(run.heads, habit.columns)
        imports.map_columns(
            run=run, columns=columns, by=request.user, at=clock.now(), remember=False
        )
    if not run.columns:
        return redirect("contracts:import_columns", run.pk)
    recheck(run)
    return redirect("contracts:import_run", run.pk)


@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    return _workbook(sheet.template_workbook(), _("technology contracts"))


@require_GET
def import_drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of my enterprises as a workbook, to edit and bring back."""
    drafts = [d for e in _own(request) for d in queries.drafts_of(e, DRAFTS_MOST)]
    return _workbook(sheet.drafts_workbook(drafts), _("my drafts"))


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = _attachment(f"{name}.xlsx")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, run_pk: int) -> HttpResponse:
    """What each column is taken for; remembered for the next table of the enterprise."""
    run = own_run(request, run_pk)
    errors: list[str] = []
    if request.method == "POST":
        columns, errors = forms.columns_chosen(run, request.POST)
        if not errors:
            imports.map_columns(run=run, columns=columns, by=request.user, at=clock.now())
            recheck(run)
            return redirect("contracts:import_run", run.pk)
        run.columns = columns
    samples = list(run.rows.order_by("number").values_list("cells", flat=True)[:12])
    habit = imports.habit_of(run.enterprise, LINE)
    context = {
        "run": run,
        "rows": forms.column_rows(run, habit.columns, samples),
        "options": forms.column_options(),
        "units": forms.UNITS,
        "errors": errors,
    }
    return render(request, "contracts/import_columns.html", context)


@require_GET
def import_run(request: HttpRequest, run_pk: int) -> HttpResponse:
    """The report, row by row."""
    run = own_run(request, run_pk)
    if not run.columns:
        return redirect("contracts:import_columns", run.pk)
    return report(request, run, [])


@require_http_methods(["GET", "POST"])
def import_row(request: HttpRequest, run_pk: int, row_pk: int) -> HttpResponse:
    """Mend a row, leave it out, or take it in again."""
    run = own_run(request, run_pk)
    row = get_object_or_404(run.rows, pk=row_pk)
    if request.method == "GET":
        return redirect(_row_url(run, row, edit=True))
    act = request.POST.get("act", "mend")
    try:
        if act in ("skip", "unskip"):
            imports.skip(row=row, skipped=act == "skip", by=request.user, at=clock.now())
        else:
            reader, _rows = reader_of(run)
            entries = shown.typed_over(reader.check(row), request.POST)
            row = imports.mend(row=row, entries=entries, by=request.user, at=clock.now())
    except imports.Closed as closed:
        messages.error(request, str(closed))
    recheck(run)
    return redirect(_row_url(run, row, edit=False, show=request.POST.get("show", "")))


def _row_url(run: ImportRun, row: ImportRow, *, edit: bool, show: str = "") -> str:
    query = QueryDict(mutable=True)
    if show in SHOWS:
        query["show"] = show
    if edit:
        query.update({"show": "all", "edit": str(row.pk), "page": str(_page_of(run, row))})
    url = reverse("contracts:import_run", args=[run.pk])
    return f"{url}?{query.urlencode()}#row-{row.number}" if query else f"{url}#row-{row.number}"


def _page_of(run: ImportRun, row: ImportRow) -> int:
    return int(run.rows.filter(number__lt=row.number).count() // PAGE) + 1


@require_POST
def import_words(request: HttpRequest, run_pk: int) -> HttpResponse:
    """What the enterprise's own words mean; remembered for the next table."""
    run = own_run(request, run_pk)
    learnt: dict[str, dict[str, str]] = {}
    for key, code in request.POST.items():
        if key.startswith("word-"):
            field, _colon, word = str(request.POST.get(f"of-{key}", "")).partition(":")
            if field in sheet.COLUMNS and any(
                code == v for _g, listed in shown.options(field) for v, _l in listed
            ):
                learnt.setdefault(field, {})[sheet.plain(word)] = str(code)
    imports.learn_words(run=run, words=learnt, by=request.user, at=clock.now())
    recheck(run)
    messages.success(request, _("Noted, also for your next table."))
    return redirect("contracts:import_run", run.pk)


@require_POST
def import_take(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Make a draft of each good row, or of all or none, as asked; pressed twice is once."""
    run = own_run(request, run_pk)
    reader, rows = reader_of(run)
    checked = [reader.check(r) for r in rows if r.filing_id is None and not r.skipped]
    doubtful = bool(sheet.readings(checked))
    if doubtful and request.POST.get("confirmed") != "yes":
        message = _("Look at how your words and amounts were read, and confirm it below.")
        return report(request, run, [message])
    ready = [
        actions.ReadyRow(c.row, c.values(), c.deductions(), c.draft) for c in checked if not c.bad
    ]
    try:
        made = actions.take_rows(
            run=run,
            ready=ready,
            bad=len(checked) - len(ready),
            all_or_none=request.POST.get("mode") == "all",
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        return report(request, run, [f.text() for f in refused.findings])
    except (actions.Conflict, imports.Closed) as conflict:
        return report(request, run, [str(conflict)])
    messages.success(request, _("%(count)s drafts were made.") % {"count": len(made)})
    return redirect("contracts:import_run", run.pk)


@require_POST
def import_drop(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Put a table away; drafts that came of it stay."""
    imports.drop(run=own_run(request, run_pk), by=request.user, at=clock.now())
    messages.success(request, _("The table was put away. Drafts that came of it stay."))
    return redirect("contracts:imports")
