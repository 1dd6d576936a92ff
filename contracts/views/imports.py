"""Many contracts at once: the workbook to fill in, a table sent, its report, its rows taken."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contracts import actions, queries
from contracts.forms import imports as forms
from contracts.forms import sheet
from contracts.forms.sheet import shown
from contracts.views.import_report import PAGE, SHOWS, own_run, report
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.downloads import workbook
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings import imports
from torch_portal.filings.enums import ImportState
from torch_portal.filings.models import ImportRow, ImportRun
from torch_portal.filings.uploads import BadUpload

DRAFTS_MOST = 1_000


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
                line=sheet.LINE,
                upload=form.cleaned_data["file"],
                by=request.user,
                at=clock.now(),
            )
        except (BadSheet, BadUpload) as bad:
            form.add_error("file", str(bad))
        else:
            return _gone_on(run)
    context = {"form": form, "runs": queries.runs_of(request.user), "may_file": bool(own)}
    return render(request, "contracts/imports.html", context)


def _gone_on(run: ImportRun) -> HttpResponse:
    """To the report, with what could be done at once."""
    imports.go_on(run=run, line=sheet.LINE, at=clock.now())
    return redirect("contracts:import_run", run.pk)


@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    return workbook(sheet.template_workbook(), _("technology contracts"))


@require_GET
def import_drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of my enterprises as a workbook, to edit and bring back."""
    drafts = [d for e in _own(request) for d in queries.drafts_of(e, DRAFTS_MOST)]
    return workbook(sheet.drafts_workbook(drafts), _("my drafts"))


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, run_pk: int) -> HttpResponse:
    """What each column is taken for; remembered for the next table of the enterprise."""
    run = own_run(request, run_pk)
    if not run.heads:
        return redirect("contracts:import_run", run.pk)
    errors: list[str] = []
    if request.method == "POST":
        columns, errors = forms.columns_chosen(run, request.POST)
        if not errors:
            try:
                imports.map_columns(run=run, columns=columns, by=request.user, at=clock.now())
                return _gone_on(run)
            except imports.Closed as closed:
                errors = [str(closed)]
        run.columns = columns
    samples = list(run.rows.order_by("number").values_list("cells", flat=True)[:12])
    habit = imports.habit_of(run.enterprise, sheet.LINE.code)
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
    if run.state == ImportState.ASKING:
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
    how: dict[str, Any] = {"line": sheet.LINE, "by": request.user, "at": clock.now()}
    try:
        if act in ("skip", "unskip"):
            imports.skip(row=row, skipped=act == "skip", **how)
        else:
            found = sheet.reader_of(run, clock.today()).read(row)
            imports.mend(row=row, entries=shown.typed_over(found, request.POST), **how)
    except imports.Closed as closed:
        messages.error(request, str(closed))
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
    try:
        imports.learn_words(run=run, words=learnt, by=request.user, at=clock.now())
    except imports.Closed as closed:
        return report(request, run, [str(closed)])
    messages.success(request, _("Noted, also for your next table."))
    return _gone_on(run)


@require_POST
def import_take(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Make a draft of each good row, or of all or none, as asked; pressed twice is once."""
    run = own_run(request, run_pk)
    if run.readings and request.POST.get("confirmed") != "yes":
        message = _("Look at how your words and amounts were read, and confirm it below.")
        return report(request, run, [message])
    whole = request.POST.get("mode") == "all"
    try:
        actions.ask_drafts(run=run, whole=whole, by=request.user, at=clock.now())
    except Refused as refused:
        return report(request, run, [f.text() for f in refused.findings])
    except imports.Closed as closed:
        return report(request, run, [str(closed)])
    answer = _gone_on(run)
    run.refresh_from_db()
    if run.state == ImportState.READY and not run.words:
        messages.success(request, _("%(count)s drafts were made.") % {"count": run.rows_done})
    return answer


@require_POST
def import_drop(request: HttpRequest, run_pk: int) -> HttpResponse:
    """Put a table away; drafts that came of it stay."""
    run = own_run(request, run_pk)
    try:
        imports.drop(run=run, by=request.user, at=clock.now())
    except imports.Closed as closed:
        return report(request, run, [str(closed)])
    messages.success(request, _("The table was put away. Drafts that came of it stay."))
    return redirect("contracts:imports")
