"""Checking everything at once, and submitting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from contracts import actions, forms, queries
from contracts.models import Contract
from contracts.views.frame import (
    all_findings,
    as_rows,
    open_corrections,
    own_contract,
    step_frame,
    step_url,
)
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import Agency
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.guided.agency import AgencyForm
from torch_portal.filings.transitions import Stale
from torch_portal.filings.wording import long_date, provisional

SUBMIT = WORKFLOW.moves["submit"]


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding at once, the whole filing to read, and the button to submit."""
    contract = own_contract(request, pk)
    if not is_editable(contract.filing):
        return redirect("contracts:detail", pk)
    return _page(request, contract, [])


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it to the agency; every obstacle is shown at once. By GET it is the page to check."""
    if request.method == "GET":
        return redirect("contracts:review", pk)
    contract = own_contract(request, pk)
    chosen = request.POST.get("agency", "")
    agency = Agency.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    try:
        actions.submit(contract=contract, by=request.user, at=clock.now(), agency=agency)
    except Refused as refused:
        return _page(request, contract, _about_agency(refused.findings))
    except Stale as stale:
        messages.error(request, str(stale))
        return redirect("contracts:detail", pk)
    messages.success(
        request,
        _("Submitted. Quote number %(number)s.") % {"number": contract.filing.number},
    )
    return redirect("contracts:detail", pk)


def _about_agency(findings: list[Finding]) -> list[Finding]:
    """What only the choice of the agency brought up; the rest stands on the page anyway."""
    return [f for f in findings if f.field == "agency" or f.code == "VH-03"]


def _page(request: HttpRequest, contract: Contract, extra: list[Finding]) -> HttpResponse:
    findings = extra + all_findings(contract)
    rows = as_rows(contract, findings)
    agencies = queries.agencies_for(contract)
    blocks = [r for r in rows if r["level"] == Level.BLOCK]
    context = {
        "groups": _groups(contract, rows),
        "corrections": open_corrections(contract),
        "blocks": blocks,
        "warnings": [r for r in rows if r["level"] == Level.WARN],
        "infos": [r for r in rows if r["level"] == Level.INFO],
        "can_submit": not blocks and bool(agencies),
        "agency_form": AgencyForm(agencies=agencies),
        "due_text": _due_text(contract) if not blocks else "",
        "submit_url": reverse("contracts:submit", args=[contract.pk]),
        "submit_label": SUBMIT.label,
        "consequence": SUBMIT.consequence,
    }
    frame = step_frame(contract, "review", findings)
    return render(request, "contracts/review.html", frame | context)


def _due_text(contract: Contract) -> str:
    due = queries.due(contract, accepted_on=clock.today())
    names = {"due": long_date(due.on)}
    text = _("Submitted today, it is decided by %(due)s at the latest.") % names
    if due.provisional:
        text += " " + provisional()
    return text


def _groups(contract: Contract, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was entered, page by page, with the finding beside the entry."""
    by_field = {row["field"]: row for row in reversed(rows)}
    groups = []
    for step in forms.STEPS:
        if step.key not in forms.FORM_STEPS:
            continue
        pairs = [
            (label, value, by_field.get(name))
            for name, label, value in forms.shown_entries(contract, step.key)
            if value or name in by_field
        ]
        groups.append(
            {"title": step.label, "step_url": step_url(contract, step.key), "rows": pairs}
        )
    return groups
