"""Beginning and filling a draft."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contracts import actions, forms, queries, rules
from contracts.forms.conflict import differences
from contracts.models import Contract
from contracts.views.frame import (
    all_findings,
    as_rows,
    open_corrections,
    own_contract,
    step_frame,
    step_url,
)
from torch_portal.accounts.models import Agency
from torch_portal.common import clock, money
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import Conflict, is_editable
from torch_portal.filings.guided.fields import Finder
from torch_portal.filings.guided.lines import BaseLines
from torch_portal.filings.guided.saved import typed_after
from torch_portal.filings.guided.steps import StepForm
from torch_portal.filings.pages import draft as pages


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The gate: a classified contract stops here, before anything is stored."""
    own = pages.own_enterprises(request)
    choices = [(str(e.pk), e.name) for e in own]
    form = forms.GateForm(request.POST or None, enterprises=choices)
    context: dict[str, Any] = {"form": form, "stopped": False, "agencies": []}
    if not form.is_valid():
        return render(request, "contracts/start.html", context)
    enterprise = own.get(pk=form.cleaned_data["enterprise"])
    try:
        contract = actions.start(
            enterprise=enterprise,
            by=request.user,
            at=clock.now(),
            classified=form.cleaned_data["classified"] == "yes",
            applicant=form.cleaned_data["applicant"],
        )
    except Refused:
        here = Agency.objects.filter(active=True, jurisdiction_id=enterprise.jurisdiction_id)
        agencies = [agency for agency in here.order_by("name") if agency.serves("contracts")]
        stopped = {"stopped": True, "agencies": agencies}
        return render(request, "contracts/start.html", context | stopped)
    return redirect(step_url(contract, forms.STEPS[0].key))


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One page of the guided form; what can be read is kept even when something cannot."""
    contract = own_contract(request, pk)
    if step not in forms.FORM_STEPS or not is_editable(contract.filing):
        return redirect("contracts:detail", pk)
    if request.method == "POST":
        form, lines = _bound(request, step)
        ok, conflict = _save(request, contract, form, lines)
        if ok and not conflict:
            return pages.onward(request, forms.STEPS, step, partial(step_url, contract))
        if conflict and not pages.still_open(contract.filing):
            messages.error(request, conflict)
            return redirect("contracts:detail", pk)
        met = _met(contract, form, lines) if conflict else {}
    else:
        form = forms.form_for(contract, step)
        lines = forms.lines_for(contract) if step == "amounts" else None
        met = {}
    return _page(request, contract, step, (form, lines), met)


def _met(contract: Contract, form: StepForm, lines: BaseLines | None) -> dict[str, Any]:
    """What was saved elsewhere beside what was typed here."""
    return pages.met(contract, lambda: differences(contract, form, lines))


def _bound(request: HttpRequest, step: str) -> tuple[StepForm, BaseLines | None]:
    form = forms.FORM_STEPS[step](request.POST)
    lines = forms.DeductionLines(request.POST, prefix="lines") if step == "amounts" else None
    return form, lines


def _save(
    request: HttpRequest, contract: Contract, form: StepForm, lines: BaseLines | None
) -> tuple[bool, str]:
    """Keep what was typed; (everything was readable, words about a conflict or "")."""
    clean = form.is_valid()
    rows = None
    typed = typed_after(contract, form)
    if lines is not None:
        typed.pop("deductions", None)
        if lines.is_valid():
            rows = lines.rows()
        else:
            clean, typed["deductions"] = False, lines.typed()
    try:
        actions.save_draft(
            contract=contract,
            values=form.readable(),
            typed=typed,
            deductions=rows,
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data.get("seen"),
        )
    except Conflict as conflict:
        return False, str(conflict)
    return clean, ""


def _page(
    request: HttpRequest,
    contract: Contract,
    step: str,
    entered: tuple[StepForm, BaseLines | None],
    met: dict[str, Any],
) -> HttpResponse:
    form, lines = entered
    pages.go_on_from(contract, form)
    if any(isinstance(field.widget, Finder) for field in form.fields.values()):
        form.prefer(queries.recent_codes(contract))
    findings = all_findings(contract)
    here = [f for f in findings if forms.STEP_OF.get(f.field) == step and f.code != "VH-24"]
    shown = here if contract.saved_version > 0 and pages.was_visited(contract.filing) else []
    hints = queries.registry_findings(contract) if step == "parties" else []
    corrections = [c for c in open_corrections(contract) if forms.STEP_OF.get(c["field"]) == step]
    context = {
        "form": form,
        "lines": lines,
        "computed": computed(contract) if step == "amounts" else None,
        "findings": as_rows(contract, shown),
        "hints": as_rows(contract, hints),
        "corrections": corrections,
        "autosave_url": request.path.removesuffix("/") + "/autosave/",
    }
    frame = step_frame(contract, step, findings)
    return render(request, "contracts/step.html", frame | context | met)


@require_POST
def autosave(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Save while typing; answers with the words beside the buttons and the new save count."""
    contract = own_contract(request, pk)
    if step not in forms.FORM_STEPS:
        return HttpResponse(status=404)
    form, lines = _bound(request, step)
    _ok, conflict = _save(request, contract, form, lines)
    return pages.kept(request, contract.saved_at, contract.saved_version, conflict)


@require_POST
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    """The technical amount for what stands in the form, without saving it."""
    contract = own_contract(request, pk)
    form, lines = _bound(request, "amounts")
    form.is_valid()
    total = form.cleaned_data.get("total_yuan")
    rows = lines.rows() if lines is not None and lines.is_valid() else []
    deductions = [rules.Deduction(r["kind"], r["amount_yuan"]) for r in rows]
    return render(
        request,
        "contracts/_computed.html",
        {"computed": _figures(total, deductions), "contract": contract},
    )


def computed(contract: Contract) -> dict[str, str] | None:
    """The figures of the amounts page for the row as saved."""
    known = queries.deductions_of(contract) or ()
    return _figures(contract.total_yuan, known)


def _figures(total: Any, deductions: Any) -> dict[str, str] | None:
    if total is None:
        return None
    technical = rules.technical_amount(total, deductions)
    costs = total - technical
    good = 0 < technical <= total
    return {
        "technical": money.display(technical),
        "nontechnical": money.display(costs),
        "total": money.display(total),
        "capital": money.capitals(technical) if good else "",
        "ratio": f"{money.percent(technical, total)}%" if good else "",
        "formula": f"{money.display(total)} − {money.display(costs)} = {money.display(technical)}",
    }
