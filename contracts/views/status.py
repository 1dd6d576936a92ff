"""Where a filing stands, in one sentence and in full; its certificate."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from contracts import actions, forms, queries
from contracts.enums import FollowUpKind, FollowUpState, State
from contracts.models import Contract, FollowUp
from contracts.permissions import may_file_again, may_move
from contracts.queries import (
    FILES,
    TEMPLATE,
    act_label,
    clock_words,
    followup_box,
    matters_of,
    sentence,
    tone,
)
from contracts.views.frame import open_corrections, own_contract, step_url
from contracts.workflow import PROCEDURES, WORKFLOW
from torch_portal.accounts.roles import standing
from torch_portal.certificates.pages import certificate_box, given
from torch_portal.common import clock
from torch_portal.filings.actions import note_access
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.pages import status
from torch_portal.filings.pages.frame import url_of
from torch_portal.filings.pages.rows import file_row
from torch_portal.papers.queries import paper_box

ASKS: dict[str, Any] = {
    FollowUpKind.CHANGE: gettext_lazy("Ask for a change"),
    FollowUpKind.INCOME: gettext_lazy("Report income received"),
    FollowUpKind.SUPPLEMENT: gettext_lazy("Add to income verified before"),
    FollowUpKind.DEREGISTRATION: gettext_lazy("Ask for deregistration"),
    FollowUpKind.OBJECTION: gettext_lazy("Object to the decision"),
}


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The status page; a draft leads to its form."""
    contract = own_contract(request, pk)
    filing = contract.filing
    if filing.state == State.DRAFT and filing.submitted_at is None:
        has_files = filing.attachments.live().exists()
        return redirect(step_url(contract, forms.next_step(contract, has_files=has_files)))
    note_access(filing=filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
    may_correct = is_editable(filing) and may_move(request.user, filing, WORKFLOW.moves["submit"])
    context = {
        "contract": contract,
        "title": contract.project_name,
        "registration_number": contract.registration_number,
        **status.status_page(request, filing, act=act_label, tone=tone, label=forms.field_label),
        "state_label": WORKFLOW.labels[filing.state],
        "sentence": sentence(contract, clock.today()),
        "ahead": queries.ahead(contract, clock.now()),
        "given": given(filing),
        "facts": _facts(contract),
        "to_answer": open_corrections(contract) if may_correct else [],
        "correct_url": _first_correction_url(contract) if may_correct else "",
        "certificate": _certificate(contract),
        "paper": paper_box(filing),
        "attachments": [
            file_row(filing, a, removable=False)
            for a in filing.attachments.live().exclude(kind__startswith=FILES).order_by("pk")
        ],
        "copy_url": _copy_url(request, contract),
        "may_file_again": may_file_again(filing),
        "can_withdraw": _can_withdraw(request, contract),
        "clock": clock_words(contract, clock.today()) if is_editable(filing) else None,
        **after_the_decision(request, contract),
        "use_box": _uses() if filing.state == State.RECOGNISED else [],
    }
    return render(request, "contracts/detail.html", context)


def after_the_decision(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """The matters so far, what can be asked now, earlier versions and statements."""
    filing = contract.filing
    if filing.decided_at is None and filing.state != State.NOT_ACCEPTED:
        return {"matters": []}
    matters = matters_of(contract)
    closed = {m.kind for m in matters if m.state == FollowUpState.OPEN}
    if FollowUpKind.INCOME not in {m.kind for m in matters if m.state == FollowUpState.GRANTED}:
        closed.add(FollowUpKind.SUPPLEMENT)  # nothing to add to
    may_ask = may_move(request.user, filing, WORKFLOW.moves["submit"])
    kinds = [
        kind
        for kind, procedure in PROCEDURES.items()
        if may_ask and procedure.begun_by == "filer" and filing.state in procedure.sources
    ]
    return {
        "matters": [followup_box(m) for m in matters],
        "state_case_url": _state_case_url(matters) if may_ask else "",
        "asks": [
            {"label": ASKS[kind], "url": reverse("contracts:ask", args=[contract.pk, kind])}
            for kind in kinds
            if kind not in closed
        ],
        "buyers": list(contract.buyers.filter(ended_at=None).select_related("enterprise")),
        "may_end": may_ask,
        "versions": list(contract.versions.order_by("-number")),
        "documents": list(filing.certificates.exclude(template=TEMPLATE).order_by("-pk")),
    }


def _state_case_url(matters: list[FollowUp]) -> str:
    """Where the enterprise answers an announced revocation; "" when none waits for it."""
    notices = (m for m in matters if m.kind == FollowUpKind.REVOCATION and m.stated_at is None)
    waiting = next((m for m in notices if m.state == FollowUpState.OPEN), None)
    return reverse("contracts:matter", args=[waiting.contract_id, waiting.pk]) if waiting else ""


def _facts(contract: Contract) -> list[tuple[str, str]]:
    return [
        (label, value)
        for step in forms.FORM_STEPS
        for _name, label, value in forms.shown_entries(contract, step)
        if value
    ]


def _first_correction_url(contract: Contract) -> str:
    item = contract.filing.corrections.filter(answered_at__isnull=True).order_by("pk").first()
    step = forms.STEP_OF.get(item.field, "contract") if item else "contract"
    return step_url(contract, step)


def _can_withdraw(request: HttpRequest, contract: Contract) -> bool:
    move = WORKFLOW.moves["withdraw"]
    return contract.filing.state in move.sources and may_move(request.user, contract.filing, move)


def _copy_url(request: HttpRequest, contract: Contract) -> str:
    """Where a filer of the enterprise copies it; "" for everybody else."""
    if contract.filing.enterprise_id not in standing(request.user).filer_of:
        return ""
    return reverse("contracts:copy", args=[contract.pk])


def _uses() -> list[tuple[str, str]]:
    return [
        (
            _("Exemption from value-added tax for transfer and development, technical amount only"),
            "财税〔2016〕36号 附件三",
        ),
        (
            _("Income tax relief on income from technology transfer"),
            "企业所得税法 第二十七条",
        ),
        (
            _("The payer's extra deduction of research cost for commissioned development"),
            "财税〔2015〕119号",
        ),
        (_("It is no decision on a tax exemption."), ""),
    ]


def _certificate(contract: Contract) -> dict[str, Any] | None:
    box = certificate_box(contract.filing, TEMPLATE)
    return box and box | {"status_url": url_of(contract.filing, "certificate_status")}


@require_GET
def certificate_status(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate's box alone, asked again while the worker is busy."""
    contract = own_contract(request, pk)
    box = _certificate(contract)
    if box is None:
        raise Http404
    return render(request, "contracts/_certificate.html", {"certificate": box})


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End the filing without a decision."""
    contract = own_contract(request, pk)
    return status.withdraw(request, contract.filing, partial(actions.withdraw, contract=contract))
