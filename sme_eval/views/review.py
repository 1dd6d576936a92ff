"""Checking everything at once, and submitting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from torch_portal.accounts.models import Agency
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.common.workdays import foreseen
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.guided.agency import AgencyForm
from torch_portal.filings.queries import calendar_for
from torch_portal.filings.transitions import Stale
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
    if request.method == "GET":
        return redirect("sme_eval:review", pk)
    evaluation = own_evaluation(request, pk)
    chosen = request.POST.get("agency", "")
    agency = Agency.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    try:
        actions.submit(evaluation=evaluation, by=request.user, at=clock.now(), agency=agency)
    except Refused as refused:
        about = [f for f in refused.findings if f.field == "agency"]
        return _page(request, evaluation, about)
    except Stale as stale:
        messages.error(request, str(stale))
        return redirect("sme_eval:detail", pk)
    words = {"number": evaluation.filing.number}
    messages.success(request, _("Submitted. Quote number %(number)s.") % words)
    return redirect("sme_eval:detail", pk)


def _page(request: HttpRequest, evaluation: Evaluation, extra: list[Finding]) -> HttpResponse:
    findings = extra + all_findings(evaluation)
    rows = as_rows(evaluation, findings)
    agencies = queries.agencies_for(evaluation)
    blocks = [r for r in rows if r["level"] == Level.BLOCK]
    context = {
        "groups": _groups(evaluation, rows),
        "corrections": open_corrections(evaluation),
        "blocks": blocks,
        "warnings": [r for r in rows if r["level"] == Level.WARN],
        "infos": [r for r in rows if r["level"] == Level.INFO],
        "can_submit": not blocks and bool(agencies),
        "agency_form": AgencyForm(agencies=agencies),
        "due_text": _due_text(evaluation) if not blocks else "",
        "submit_url": reverse("sme_eval:submit", args=[evaluation.pk]),
        "submit_label": SUBMIT.label,
        "consequence": SUBMIT.consequence,
        "score": saved_score(evaluation),
    }
    frame = step_frame(evaluation, "review", findings)
    return render(request, "sme_eval/review.html", frame | context)


def _due_text(evaluation: Evaluation) -> str:
    calendar = calendar_for(evaluation.filing.jurisdiction_id)
    due = foreseen(clock.today(), queries.REVIEW_LIMIT, calendar=calendar)
    words = {"due": long_date(due.on)}
    return _("Submitted today, the agency answers by %(due)s at the latest.") % words


def _groups(evaluation: Evaluation, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was entered, page by page, with the finding beside the entry."""
    by_field = {row["field"]: row for row in reversed(rows)}
    return [
        {
            "title": step.label,
            "step_url": step_url(evaluation, step.key),
            "rows": [
                (label, value, by_field.get(name))
                for name, label, value in forms.shown_entries(evaluation, step.key)
                if value or name in by_field
            ],
        }
        for step in forms.STEPS
        if step.key in forms.FORM_STEPS
    ]
