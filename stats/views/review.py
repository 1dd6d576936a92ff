"""Checking everything at once, and handing the return in."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from stats import actions, queries
from stats.models import Return
from stats.views.frame import (
    REVIEW,
    as_rows,
    findings_of,
    open_corrections,
    own_return,
    step_frame,
    step_url,
    steps_of,
)
from stats.workflow import WORKFLOW
from torch_portal.common.findings import Finding
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.pages import review as pages

SUBMIT = WORKFLOW.moves["submit"]
OF_SUBMITTING = ("window", "exempt", "correction")


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding at once, the whole return to read, and the button to submit."""
    report = own_return(request, pk)
    if not is_editable(report.filing):
        return redirect("stats:detail", pk)
    return _page(request, report, [])


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it to the unit; every obstacle is shown at once. By GET it is the page to check."""
    report = own_return(request, pk)
    return pages.submit(
        request,
        report.filing,
        partial(actions.submit, report=report),
        lambda found: _page(request, report, [f for f in found if f.code in OF_SUBMITTING]),
    )


def _page(request: HttpRequest, report: Return, extra: list[Finding]) -> HttpResponse:
    findings = extra + findings_of(report, queries.run(report))
    rows = as_rows(report, findings)
    context = pages.review_page(report.filing, SUBMIT, rows, [report.unit])
    context |= {
        "groups": pages.entry_groups(
            steps_of(report), rows, partial(_entries, report), partial(step_url, report)
        ),
        "corrections": open_corrections(report),
        "agency_form": [],
        "unit": report.unit,
    }
    frame = step_frame(report, REVIEW, findings)
    return render(request, "stats/review.html", frame | context)


def _entries(report: Return, step: str) -> list[tuple[str, str, str]] | None:
    instrument = queries.version_of(report.round)
    table = next((t for t in instrument.tables if t.code == step), None)
    if table is None:
        return None
    return [
        (item.code, f"{item.label_zh} {item.code}", queries.entry_text(report, item.code))
        for item in table.items
    ]
