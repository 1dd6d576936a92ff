"""Checking everything at once, and submitting."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sme_eval import actions, forms, queries
from sme_eval.models import Evaluation
from sme_eval.views.frame import (
    all_findings,
    as_rows,
    open_corrections,
    own_evaluation,
    step_frame,
    step_url,
)
from sme_eval.views.score import saved_score
from sme_eval.workflow import WORKFLOW
from torch_portal.common import clock
from torch_portal.common.findings import Finding
from torch_portal.common.workdays import foreseen
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.pages import review as pages
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.wording import long_date

SUBMIT = WORKFLOW.moves["submit"]


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding at once, the whole form to read, and the button to submit."""
    evaluation = own_evaluation(request, pk)
    if not is_editable(evaluation.filing):
        return redirect("sme_eval:detail", pk)
    return _page(request, evaluation, [])


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it to the agency; every obstacle is shown at once. By GET it is the page to check."""
    evaluation = own_evaluation(request, pk)
    return pages.submit(
        request,
        evaluation.filing,
        partial(actions.submit, evaluation=evaluation),
        lambda found: _page(request, evaluation, [f for f in found if f.field == "agency"]),
    )


def _page(request: HttpRequest, evaluation: Evaluation, extra: list[Finding]) -> HttpResponse:
    findings = extra + all_findings(evaluation)
    rows = as_rows(evaluation, findings)
    agencies = queries.agencies_for(evaluation)
    context = pages.review_page(evaluation.filing, SUBMIT, rows, agencies)
    context |= {
        "groups": pages.entry_groups(
            forms.STEPS, rows, partial(_entries, evaluation), partial(step_url, evaluation)
        ),
        "corrections": open_corrections(evaluation),
        "due_text": _due_text(evaluation) if not context["blocks"] else "",
        "score": saved_score(evaluation),
    }
    frame = step_frame(evaluation, "review", findings)
    return render(request, "sme_eval/review.html", frame | context)


def _entries(evaluation: Evaluation, step: str) -> list[tuple[str, str, str]] | None:
    return forms.shown_entries(evaluation, step) if step in forms.FORM_STEPS else None


def _due_text(evaluation: Evaluation) -> str:
    calendar = calendar_for(evaluation.filing.jurisdiction_id)
    due = foreseen(clock.today(), queries.REVIEW_LIMIT, calendar=calendar)
    words = {"due": long_date(due.on)}
    return _("Submitted today, the agency answers by %(due)s at the latest.") % words
