"""Where a filing stands, in one sentence and in full; its certificate."""

import datetime
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
from contracts.permissions import may_move
from contracts.views.files import file_row
from contracts.views.frame import correction_row, editable, long_date, own_contract, step_url
from contracts.views.review import shown_entries
from contracts.workflow import WORKFLOW
from torch_portal.certificates import queries as certificates
from torch_portal.certificates.enums import Making
from torch_portal.common import clock
from torch_portal.filings.engine import Stale
from torch_portal.filings.models import Event
from torch_portal.papers.models import Paper

TONES = {
    State.DRAFT: "plain",
    State.SUBMITTED: "office",
    State.ACCEPTED: "office",
    State.SECOND_REVIEW: "office",
    State.CORRECTING: "needs-you",
    State.RECOGNISED: "done",
}


def tone(state: str) -> str:
    """The meaning behind a state's colour."""
    return TONES.get(state, "plain")  # type: ignore[call-overload,no-any-return]  # State is str


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The status page; a draft leads to its form."""
    contract = own_contract(request, pk)
    filing = contract.filing
    if filing.state == State.DRAFT and filing.submitted_at is None:
        return redirect(step_url(contract, "contract"))
    may_correct = editable(contract) and may_move(
        request.user, filing, WORKFLOW.moves["submit"]
    )
    context = {
        "contract": contract,
        "title": contract.project_name,
        "number": filing.number,
        "registration_number": contract.registration_number,
        "state_label": WORKFLOW.labels[filing.state],
        "tone": tone(filing.state),
        "sentence": sentence(contract, clock.today()),
        "facts": _facts(contract),
        "timeline": [_event_row(e) for e in reversed(list(filing.events.order_by("seq")))],
        "corrections": _rounds(contract),
        "correct_url": _first_correction_url(contract) if may_correct else "",
        "certificate": certificate_box(contract),
        "paper": paper_box(contract),
        "attachments": [
            file_row(contract, a, removable=False)
            for a in filing.attachments.live().order_by("pk")
        ],
        "can_withdraw": _can_withdraw(request, contract),
        "withdraw_url": reverse("contracts:withdraw", args=[pk]),
        "use_box": _uses() if filing.state == State.RECOGNISED else [],
    }
    return render(request, "contracts/detail.html", context)


def sentence(contract: Contract, today: datetime.date) -> str:
    """What happens next, by when, and who has it; one sentence for the applicant."""
    filing = contract.filing
    names = {
        "agency": filing.agency.name if filing.agency else "",
        "due": long_date(filing.due_on),
        "number": contract.registration_number or "",
    }
    if filing.state in (State.SUBMITTED, State.ACCEPTED, State.SECOND_REVIEW):
        late = filing.due_on is not None and filing.due_on < today
        text = (
            _("%(agency)s has it and should have decided by %(due)s; you may ask there.")
            if late
            else _("%(agency)s has it and decides by %(due)s. You need do nothing now.")
        )
        return text % names
    return str(_SENTENCES(filing.state)) % names


def _SENTENCES(state: str) -> str:  # noqa: N802  (a table whose words are translated when read)
    return {
        State.DRAFT: _("The draft is yours: complete and submit it."),
        State.CORRECTING: _(
            "It is your turn: correct the items listed here and submit again; then %(agency)s "
            "goes on with it."
        ),
        State.RECOGNISED: _(
            "Recognised and registered under number %(number)s. You need do nothing more now."
        ),
        State.REFUSED: _("%(agency)s did not register it. The grounds stand below."),
        State.NOT_ACCEPTED: _("%(agency)s did not accept it. The reason stands below."),
        State.WITHDRAWN: _("You withdrew it. Nothing more happens."),
        State.DEREGISTERED: _("The registration %(number)s was ended at a party's request."),
        State.REVOKED: _("The registration %(number)s was revoked by the authority."),
    }.get(state, "")  # type: ignore[call-overload,no-any-return]  # State is str


def _facts(contract: Contract) -> list[tuple[str, str]]:
    return [
        (label, value)
        for step in forms.FORM_STEPS
        for _name, label, value in shown_entries(contract, step)
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


def act_label(move: str) -> str:
    """An act in the past, as the timeline and the history show it."""
    words = {
        "start": _("Draft begun"),
        "submit": _("Submitted"),
        "withdraw": _("Withdrawn"),
        "accept": _("Accepted for examination"),
        "return_for_correction": _("Returned for correction"),
        "decline": _("Not accepted"),
        "fix_technical_amount": _("Technical amount fixed"),
        "propose": _("Passed to second review"),
        "recognise": _("Recognised"),
        "refuse": _("Refused"),
        "deregister": _("Deregistered"),
        "revoke": _("Revoked"),
        "attach": _("File added"),
        "detach": _("File removed"),
        "overdue": _("Time limit passed"),
        "paper_receive": _("Paper received"),
        "paper_verify": _("Paper agrees with the filing"),
        "paper_report_mismatch": _("Paper does not agree with the filing"),
        "paper_waive": _("Paper waived"),
        "paper_due": _("Paper due date set"),
    }
    return words.get(move, move)


def _rounds(contract: Contract) -> list[dict[str, Any]]:
    items = list(contract.filing.corrections.order_by("-round", "pk"))
    rounds = dict.fromkeys(i.round for i in items)
    return [
        {"n": n, "items": [correction_row(i) for i in items if i.round == n]} for n in rounds
    ]


def _first_correction_url(contract: Contract) -> str:
    item = contract.filing.corrections.filter(answered_at__isnull=True).order_by("pk").first()
    step = forms.STEP_OF.get(item.field, "contract") if item else "contract"
    return step_url(contract, step)


def certificate_box(contract: Contract) -> dict[str, Any] | None:
    """The certificate as the status page shows it, None before recognition."""
    found = certificates.current(contract.pk)
    if found is None:
        return None
    states = {Making.READY: "ready", Making.FAILED: "failed"}
    issued = timezone.localtime(found.issued_at)
    return {
        "state": states.get(found.making, "pending"),  # type: ignore[call-overload]  # is str
        "number": found.number,
        "url": reverse("contracts:certificate", args=[contract.pk]),
        "status_url": reverse("contracts:certificate_status", args=[contract.pk]),
        "verify_url": reverse("certificates:scan", args=[found.verify_code]),
        "issued_text": _("Issued %(day)s") % {"day": long_date(issued.date())},
        "progress_text": "",
        "status_label": found.get_status_display(),
    }


def paper_box(contract: Contract) -> dict[str, Any] | None:
    """What becomes of the paper original, None before recognition."""
    paper = Paper.objects.filter(filing=contract.filing).first()
    if paper is None:
        return None
    box = {"label": paper.get_state_display(), "due_text": "", "tone": "info"}
    if paper.due_on:
        box["due_text"] = _("Bring or send it by %(due)s.") % {"due": long_date(paper.due_on)}
        box["tone"] = "warn"
    elif paper.state == "deferred":
        box["due_text"] = _("Nothing to send now. You will be told when the emergency has ended.")
    return box


def _can_withdraw(request: HttpRequest, contract: Contract) -> bool:
    move = WORKFLOW.moves["withdraw"]
    return contract.filing.state in move.sources and may_move(
        request.user, contract.filing, move
    )


def _uses() -> list[tuple[str, str]]:
    return [
        (
            _("Exemption from value-added tax for transfer and development, on the technical amount"),
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
    answer = FileResponse(
        found.pdf.open("rb"), as_attachment=True, filename=f"{found.number}.pdf"
    )
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
    return redirect("contracts:detail" if contract.filing.submitted_at else "desk:mine", *(
        [pk] if contract.filing.submitted_at else []
    ))


