"""Where a filing stands, in words: state, sentence, acts."""

import datetime

from django.utils.translation import gettext as _

from contracts.enums import State
from contracts.models import Contract
from contracts.queries.acts import after_words
from torch_portal.filings.wording import act_words, long_date, provisional
from torch_portal.papers import queries as papers

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


def act_label(move: str) -> str:
    """An act in the past, as the timeline and the history show it."""
    words = {
        "fix_technical_amount": _("Technical amount fixed"),
        "propose": _("Passed to second review"),
        "recognise": _("Recognised"),
        "deregister": _("Deregistered"),
        "revoke": _("Revoked"),
    }
    own = words.get(move) or after_words(move)
    return own or act_words(move) or papers.act_words(move) or move
