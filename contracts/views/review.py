"""Checking everything at once, and submitting."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from torch_portal.common import clock
from torch_portal.common.findings import Finding
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.pages import review as pages
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
    contract = own_contract(request, pk)
    return pages.submit(
        request,
        contract.filing,
        partial(actions.submit, contract=contract),
        lambda found: _page(request, contract, _about_agency(found)),
    )


def _about_agency(findings: list[Finding]) -> list[Finding]:
    """What only the choice of the agency brought up; the rest stands on the page anyway."""
    return [f for f in findings if f.field == "agency" or f.code == "VH-03"]


def _page(request: HttpRequest, contract: Contract, extra: list[Finding]) -> HttpResponse:
    findings = extra + all_findings(contract)
    rows = as_rows(contract, findings)
    agencies = queries.agencies_for(contract)
    context = pages.review_page(contract.filing, SUBMIT, rows, agencies)
    context |= {
        "groups": pages.entry_groups(
            forms.STEPS, rows, partial(_entries, contract), partial(step_url, contract)
        ),
        "corrections": open_corrections(contract),
        "due_text": _due_text(contract) if not context["blocks"] else "",
    }
    frame = step_frame(contract, "review", findings)
    return render(request, "contracts/review.html", frame | context)


def _entries(contract: Contract, step: str) -> list[tuple[str, str, str]] | None:
    return forms.shown_entries(contract, step) if step in forms.FORM_STEPS else None


def _due_text(contract: Contract) -> str:
    due = queries.due(contract, accepted_on=clock.today())
    names = {"due": long_date(due.on)}
    text = _("Submitted today, it is decided by %(due)s at the latest.") % names
    if due.provisional:
        text += " " + provisional()
    return text
