"""Where an evaluation stands, in words."""

import datetime

from django.utils.translation import gettext as _

from sme_eval.enums import State
from sme_eval.models import Evaluation
from torch_portal.filings.wording import act_words, long_date

TONES = {
    State.DRAFT: "plain",
    State.SUBMITTED: "office",
    State.PASSED: "office",
    State.IN_PUBLICITY: "office",
    State.CORRECTING: "needs-you",
    State.ENTERED: "done",
    State.REVOCATION_NOTICED: "needs-you",
}


def tone(state: str) -> str:
    """The meaning behind a state's colour."""
    return TONES.get(State(state), "plain")


def sentence(evaluation: Evaluation, today: datetime.date) -> str:
    """What happens next, by when, and who has it; one sentence for the enterprise."""
    filing = evaluation.filing
    names = {
        "agency": filing.agency.name if filing.agency else "",
        "due": long_date(filing.due_on),
        "number": evaluation.number or "",
        "until": long_date(evaluation.valid_until),
        "ended": long_date(evaluation.ended_on),
    }
    if filing.state == State.SUBMITTED and filing.due_on and filing.due_on < today:
        late = _("%(agency)s has it and should have answered by %(due)s; you may ask there.")
        return late % names
    if filing.state == State.ENTERED and evaluation.valid_until and evaluation.valid_until < today:
        over = _("The number %(number)s was valid until %(until)s. Evaluate again for this year.")
        return over % names
    return _sentences()[State(filing.state)] % names


def _sentences() -> dict[State, str]:
    return {
        State.DRAFT: _("The draft is yours: complete and submit it."),
        State.SUBMITTED: _(
            "%(agency)s reviews the form and answers by %(due)s. You need do nothing now."
        ),
        State.CORRECTING: _(
            "It is your turn: correct the items listed here and submit again; then %(agency)s "
            "goes on with it."
        ),
        State.PASSED: _(
            "The form review is passed. The province puts it on its next public list; you need "
            "do nothing now."
        ),
        State.IN_PUBLICITY: _(
            "It stands on a public list for ten working days. Without an objection you get the "
            "number after that."
        ),
        State.ENTERED: _("In the library under number %(number)s, valid until %(until)s."),
        State.REVOCATION_NOTICED: _(
            "The province announced a revocation. The number %(number)s stays valid until it is "
            "decided; state your case."
        ),
        State.NOT_ENTERED: _("It was not entered. The reason stands below."),
        State.WITHDRAWN: _("You withdrew it. You can file again in the same year."),
        State.RESIGNED: _("You gave the number %(number)s up on %(ended)s."),
        State.REVOKED: _("The number %(number)s was revoked on %(ended)s."),
    }


def act_label(move: str) -> str:
    """An act in the past, as the timeline and the history show it."""
    words = {
        "pass_form": _("Passed the form review"),
        "send_back": _("Sent back to the agency"),
        "publicise": _("Publicised"),
        "strike": _("Struck from the list"),
        "announce": _("Announced and numbered"),
        "resign": _("Number given up"),
        "notify_revocation": _("Revocation announced"),
        "state_case": _("Case stated"),
        "revoke": _("Revoked"),
        "drop_revocation": _("Revocation dropped"),
        "report_change": _("Change reported"),
        "change_confirmed": _("Change confirmed"),
        "change_refused": _("Change not confirmed"),
        "spot_check": _("Drawn for the spot check"),
        "give_material": _("Material of the spot check handed in"),
        "conclude_check": _("Spot check concluded"),
    }
    return words.get(move) or act_words(move) or move
