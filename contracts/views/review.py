"""Checking everything at once, and submitting."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contracts import actions, forms, queries
from contracts.enums import Content
from contracts.models import Contract
from contracts.views.frame import (
    all_findings,
    as_rows,
    editable,
    long_date,
    own_contract,
    step_frame,
    step_url,
)
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import Agency
from torch_portal.common import clock, money
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.engine import Stale


class AgencyForm(django_forms.Form):
    """Which agency shall examine it, when several cover the place."""

    agency = django_forms.ModelChoiceField(
        queryset=Agency.objects.none(), widget=django_forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, agencies: list[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["agency"]
        field.label = _("Registration agency")
        field.queryset = Agency.objects.filter(pk__in=[a.pk for a in agencies]).order_by("name")  # type: ignore[attr-defined]  # a model choice field
        if agencies:
            field.initial = agencies[0].pk


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding at once, the whole filing to read, and the button to submit."""
    contract = own_contract(request, pk)
    if not editable(contract):
        return redirect("contracts:detail", pk)
    return _page(request, contract, [])


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it to the agency; every obstacle is shown at once."""
    contract = own_contract(request, pk)
    agencies = queries.agencies_for(contract)
    form = AgencyForm(request.POST, agencies=agencies)
    agency = form.cleaned_data["agency"] if form.is_valid() else None
    try:
        actions.submit(contract=contract, by=request.user, at=clock.now(), agency=agency)
    except Refused as refused:
        return _page(request, contract, [f for f in refused.findings if f.field == "agency"])
    except Stale as stale:
        messages.error(request, str(stale))
        return redirect("contracts:detail", pk)
    messages.success(
        request,
        _("Submitted. Quote number %(number)s.") % {"number": contract.filing.number},
    )
    return redirect("contracts:detail", pk)


def _page(request: HttpRequest, contract: Contract, extra: list[Finding]) -> HttpResponse:
    findings = extra + all_findings(contract)
    rows = as_rows(contract, findings)
    agencies = queries.agencies_for(contract)
    blocks = [r for r in rows if r["level"] == Level.BLOCK]
    context = {
        "groups": _groups(contract, rows),
        "blocks": blocks,
        "warnings": [r for r in rows if r["level"] == Level.WARN],
        "infos": [r for r in rows if r["level"] == Level.INFO],
        "can_submit": not blocks and bool(agencies),
        "agency_form": AgencyForm(agencies=agencies),
        "due_text": _due_text(contract) if not blocks else "",
        "submit_url": reverse("contracts:submit", args=[contract.pk]),
        "consequence": WORKFLOW.moves["submit"].consequence,
    }
    frame = step_frame(contract, "review", findings)
    return render(request, "contracts/review.html", frame | context)


def _due_text(contract: Contract) -> str:
    day = clock.today()
    known = queries.facts(contract, day=day)
    due = queries.due(contract, accepted_on=day, known=known)
    text = _("Submitted today, it is decided by %(due)s at the latest.") % {"due": long_date(due.on)}
    if due.provisional:
        text += " " + _("The date is provisional: the calendar of that year is not published.")
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
            for name, label, value in shown_entries(contract, step.key)
            if value or name in by_field
        ]
        groups.append(
            {"title": step.label, "step_url": step_url(contract, step.key), "rows": pairs}
        )
    return groups


def shown_entries(contract: Contract, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page."""
    form = forms.FORM_STEPS[step]
    entries = [
        (name, forms.field_label(name), as_text(contract, name))
        for name in form.base_fields
        if name != "seen"
    ]
    if step == "amounts":
        for line in contract.deductions.order_by("pk"):
            label = f"{_('Non-technical cost')}: {line.get_kind_display()}"
            entries.append(("deductions", label, _yuan(line.amount_yuan)))
        entries.append(
            ("technical_yuan", forms.field_label("technical_yuan"), _yuan(contract.technical_yuan))
        )
    return entries


def _yuan(amount: Any) -> str:
    return _("%(amount)s yuan") % {"amount": money.display(amount)} if amount is not None else ""


def as_text(contract: Contract, name: str) -> str:
    """One entry as people read it: labels for codes, names for places, units for amounts."""
    value = contract.typed.get(name) or getattr(contract, name)
    if name.endswith("_division"):
        return queries.place_name(value)
    if name.endswith("_yuan") and name not in contract.typed:
        return _yuan(value)
    if name == "royalty_rate" and value and name not in contract.typed:
        return f"{(value * 100).normalize():f}%"
    if name == "contains":
        return "、".join(str(Content(c).label) for c in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    label = getattr(contract, f"get_{name}_display", None)
    return str(label() if label else value if value is not None else "")
