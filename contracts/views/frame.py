"""What the pages of a draft share: the contract, the list of steps, findings as rows."""

import datetime
import functools
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from contracts import forms, queries
from contracts.models import Contract
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.guided import frame
from torch_portal.filings.pages import rows


def own_contract(request: HttpRequest, pk: int) -> Contract:
    """The contract if this person may see it, else 404."""
    rows = queries.with_cover(Contract.objects.visible_to(request.user))
    contract: Contract = get_object_or_404(rows, pk=pk)
    return contract


def step_url(contract: Contract, key: str) -> str:
    """The page of a step."""
    if key in forms.FORM_STEPS:
        return reverse("contracts:step", args=[contract.pk, key])
    return reverse(f"contracts:{key}", args=[contract.pk])


def all_findings(contract: Contract, day: datetime.date | None = None) -> list[Finding]:
    """What the rules say, and what could not be read; one entry is named once."""
    unread = forms.unread_findings(contract)
    names = {f.field for f in unread}
    ruled = queries.findings(contract, day=day or clock.today())
    hidden = {"agency_division", "jurisdiction"}
    return (
        queries.unsettled(contract)
        + unread
        + [
            f
            for f in ruled
            if f.field not in hidden and not (f.code == "VH-00" and f.field in names)
        ]
    )


def as_rows(contract: Contract, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the pages show them: with the entry's label and the way to it."""
    return [
        {
            **finding.as_dict(),
            "label": forms.field_label(finding.field),
            "url": field_url(contract, finding.field),
        }
        for finding in findings
    ]


def field_url(contract: Contract, name: str) -> str:
    """The address of one entry on its page."""
    step = forms.STEP_OF.get(name, "")
    return f"{step_url(contract, step)}#field-{name}" if step else ""


def open_corrections(contract: Contract) -> list[dict[str, Any]]:
    """The items of the present correction list, with what already settles each."""
    return rows.open_corrections(
        contract.filing,
        label=forms.field_label,
        mark=functools.partial(queries.entry_mark, contract),
        url=functools.partial(field_url, contract),
    )


def started(contract: Contract, key: str) -> bool:
    """Whether anything was entered on that page."""
    signs = {
        "contract": contract.project_name or contract.kind,
        "parties": contract.buyer_name,
        "amounts": contract.total_yuan,
        "technology": contract.ip_kind or contract.tech_field,
    }
    return bool(signs.get(key))


def step_frame(contract: Contract, key: str, findings: list[Finding]) -> dict[str, Any]:
    """The context that every page of the guided form has."""

    def url(step: str) -> str:
        return step_url(contract, step)

    steps = frame.step_rows(
        forms.STEPS,
        key,
        blocked={forms.STEP_OF.get(f.field, "") for f in findings if f.level is Level.BLOCK},
        started=functools.partial(started, contract),
        url=url,
    )
    return {
        "contract": contract,
        "filing": contract.filing,
        "steps": steps,
        "saved_text": frame.saved_text(contract.saved_at),
        "saved_version": contract.saved_version,
        "answers_url": reverse("contracts:answers", args=[contract.pk]),
    } | frame.step_frame(forms.STEPS, key, url)
