"""Where a filing stands, in one sentence and in full; its certificate."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contracts import actions, forms
from contracts.enums import State
from contracts.models import Contract
from contracts.permissions import may_file_again, may_move
from contracts.queries import act_label, certificate_box, paper_box, sentence, tone
from contracts.views.frame import editable, own_contract, step_url
from contracts.workflow import WORKFLOW
from torch_portal.accounts.roles import standing
from torch_portal.certificates import queries as certificates
from torch_portal.certificates.enums import Making
from torch_portal.common import clock
from torch_portal.filings.models import Event
from torch_portal.filings.transitions import Stale

QUIET = ("attach", "detach")


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The status page; a draft leads to its form."""
    contract = own_contract(request, pk)
    filing = contract.filing
    if filing.state == State.DRAFT and filing.submitted_at is None:
        has_files = filing.attachments.live().exists()
        return redirect(step_url(contract, forms.next_step(contract, has_files=has_files)))
    may_correct = editable(contract) and may_move(request.user, filing, WORKFLOW.moves["submit"])
    context = {
        "contract": contract,
        "title": contract.project_name,
        "number": filing.number,
        "registration_number": contract.registration_number,
        "state_label": WORKFLOW.labels[filing.state],
        "tone": tone(filing.state),
        "sentence": sentence(contract, clock.today()),
        "facts": _facts(contract),
        "timeline": [
            _event_row(event) for event in filing.events.exclude(move__in=QUIET).order_by("-seq")
        ],
        "corrections": _rounds(contract),
        "correct_url": _first_correction_url(contract) if may_correct else "",
        "certificate": certificate_box(contract),
        "paper": paper_box(contract),
        "attachments": [
            forms.file_row(contract, a, removable=False)
            for a in filing.attachments.live().order_by("pk")
        ],
        "copy_url": _copy_url(request, contract),
        "may_file_again": may_file_again(filing),
        "can_withdraw": _can_withdraw(request, contract),
        "withdraw_url": reverse("contracts:withdraw", args=[pk]),
        "use_box": _uses() if filing.state == State.RECOGNISED else [],
    }
    return render(request, "contracts/detail.html", context)


def _facts(contract: Contract) -> list[tuple[str, str]]:
    return [
        (label, value)
        for step in forms.FORM_STEPS
        for _name, label, value in forms.shown_entries(contract, step)
        if value
    ]


def _event_row(event: Event) -> dict[str, Any]:
    """One line of the timeline; reviewers' names are shown, people of the clock are not."""
    return {
        "when": f"{timezone.localtime(event.at):%Y-%m-%d %H:%M}",
        "who": event.by_name,
        "what": act_label(event.move),
        "note": event.data.get("text") or event.note,
        "tone": tone(event.to_state),
    }


def _rounds(contract: Contract) -> list[dict[str, Any]]:
    items = list(contract.filing.corrections.order_by("-round", "pk"))
    rounds = dict.fromkeys(i.round for i in items)
    return [
        {"n": n, "items": [forms.correction_row(i) for i in items if i.round == n]} for n in rounds
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


@require_GET
def certificate_status(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate's box alone, asked again while the worker is busy."""
    contract = own_contract(request, pk)
    box = certificate_box(contract)
    if box is None:
        raise Http404
    return render(request, "contracts/_certificate.html", {"certificate": box})


@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed PDF, for download."""
    contract = own_contract(request, pk)
    found = certificates.current(contract.pk)
    if found is None or found.making != Making.READY:
        raise Http404
    answer = FileResponse(found.pdf.open("rb"), as_attachment=True, filename=f"{found.number}.pdf")
    answer["Content-Type"] = "application/pdf"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End the filing without a decision."""
    contract = own_contract(request, pk)
    try:
        actions.withdraw(
            contract=contract,
            by=request.user,
            at=clock.now(),
            note=request.POST.get("note", "")[:500],
        )
        messages.success(request, _("The filing was withdrawn."))
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect(
        "contracts:detail" if contract.filing.submitted_at else "desk:mine",
        *([pk] if contract.filing.submitted_at else []),
    )
