"""Where a filing stands, in words: state, sentence, acts, certificate, paper."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from contracts.enums import State
from contracts.models import Contract
from contracts.queries.acts import act_words
from contracts.queries.certificate import TEMPLATE
from torch_portal.certificates import queries as certificates
from torch_portal.certificates.enums import Making
from torch_portal.papers.enums import PaperState
from torch_portal.papers.models import Paper
from torch_portal.papers.workflow import AWAITED

TONES = {
    State.DRAFT: "plain",
    State.SUBMITTED: "office",
    State.ACCEPTED: "office",
    State.SECOND_REVIEW: "office",
    State.CORRECTING: "needs-you",
    State.RECOGNISED: "done",
    State.REVOCATION_NOTICED: "needs-you",
}


def tone(state: str) -> str:
    """The meaning behind a state's colour."""
    return TONES.get(State(state), "plain")


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
        return text % names + (f" {provisional()}" if filing.due_provisional else "")
    return _sentence_of(State(filing.state)) % names


def provisional() -> str:
    """What is said beside a date that rests on a calendar not yet published."""
    return _("The date is provisional: the calendar of that year is not published.")


def _sentence_of(state: State) -> str:
    sentences = {
        State.DRAFT: _("The draft is yours: complete and submit it."),
        State.CORRECTING: _(
            "It is your turn: correct the items listed here and submit again; then %(agency)s "
            "goes on with it."
        ),
        State.RECOGNISED: _(
            "Recognised and registered under number %(number)s. You need do nothing more now."
        ),
        State.REVOCATION_NOTICED: _(
            "%(agency)s announced a revocation. The registration %(number)s stays valid until it "
            "is decided; state your case."
        ),
        State.REFUSED: _("%(agency)s did not register it. The grounds stand below."),
        State.NOT_ACCEPTED: _("%(agency)s did not accept it. The reason stands below."),
        State.WITHDRAWN: _("You withdrew it. Nothing more happens."),
        State.DEREGISTERED: _("The registration %(number)s was ended at a party's request."),
        State.REVOKED: _("The registration %(number)s was revoked by the authority."),
    }
    return sentences[state]


def long_date(day: datetime.date | None) -> str:
    """A day with its weekday, as people say it."""
    if day is None:
        return ""
    return dateformat.format(day, _("Y-m-d (D)"))


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
        "assign": _("Assigned"),
        "deregister": _("Deregistered"),
        "revoke": _("Revoked"),
        "hand_over": _("Handed over to a colleague"),
        "attach": _("File added"),
        "detach": _("File removed"),
        "refuse_file": _("File refused by the virus scanner"),
        "overdue": _("Time limit passed"),
        "forget": _("Personal data forgotten"),
        "paper_receive": _("Paper received"),
        "paper_verify": _("Paper agrees with the filing"),
        "paper_report_mismatch": _("Paper does not agree with the filing"),
        "paper_waive": _("Paper waived"),
        "paper_due": _("Paper due date set"),
    }
    return words.get(move) or act_words(move) or move


def certificate_box(contract: Contract) -> dict[str, Any] | None:
    """The certificate as the status page shows it, None before recognition."""
    found = certificates.current(contract.pk, TEMPLATE)
    if found is None:
        return None
    states = {Making.READY: "ready", Making.FAILED: "failed"}
    issued = timezone.localtime(found.issued_at)
    return {
        "state": states.get(Making(found.making), "pending"),
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
    if paper.due_on and paper.state in AWAITED:
        box["due_text"] = _("Bring or send it by %(due)s.") % {"due": long_date(paper.due_on)}
        box["tone"] = "warn"
    elif paper.state == PaperState.DEFERRED:
        box["due_text"] = _("Nothing to send now. You will be told when the emergency has ended.")
    return box
