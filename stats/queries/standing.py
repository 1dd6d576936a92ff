"""Where a return stands, in words."""

import datetime

from django.utils.translation import gettext as _

from stats.enums import State
from stats.models import Return
from torch_portal.filings.wording import act_words, long_date

TONES = {
    State.DRAFT: "plain",
    State.CHECKED: "plain",
    State.SUBMITTED: "office",
    State.LOCAL_APPROVED: "office",
    State.CITY_APPROVED: "office",
    State.PROVINCE_APPROVED: "office",
    State.CANCEL_REQUESTED: "office",
    State.RETURNED: "needs-you",
    State.ACCEPTED: "done",
}


def tone(state: str) -> str:
    """The meaning behind a state's colour."""
    return TONES.get(State(state), "plain")


def sentence(report: Return, today: datetime.date) -> str:
    """What happens next and who has it; one sentence for the respondent."""
    state = State(report.filing.state)
    names = {
        "unit": report.unit.name,
        "city": report.city_unit.name if report.city_unit else "",
        "last": long_date(report.round.closes_on),
    }
    if state in (State.DRAFT, State.CHECKED) and report.round.closes_on < today:
        return _("The round closed on %(last)s. Ask %(unit)s what to do.") % names
    if state == State.LOCAL_APPROVED and report.city_unit:
        return _("%(unit)s approved it; %(city)s reviews it now.") % names
    return _sentences()[state] % names


def _sentences() -> dict[State, str]:
    return {
        State.DRAFT: _("The return is yours: fill it, check it and submit it by %(last)s."),
        State.CHECKED: _("It is checked but not submitted. Submit it by %(last)s."),
        State.SUBMITTED: _("%(unit)s reviews it. You need do nothing now."),
        State.LOCAL_APPROVED: _("%(unit)s approved it; the province reviews it now."),
        State.CITY_APPROVED: _("The city approved it; the province reviews it now."),
        State.PROVINCE_APPROVED: _("The province approved it; the Torch Center has it now."),
        State.ACCEPTED: _("It is accepted; the values stand."),
        State.RETURNED: _(
            "It is your turn: correct the points listed here, check and submit again."
        ),
        State.CANCEL_REQUESTED: _("%(unit)s decides whether the return is cancelled."),
        State.CANCELLED: _("The return is cancelled and counts nowhere. The reason stands below."),
    }


def act_label(move: str) -> str:
    """An act in the past, as the timeline and the history show it."""
    words = {
        "check": _("Checked"),
        "edit": _("Changed after the check"),
        "withdraw": _("Taken back"),
        "approve_local": _("Approved by the local unit"),
        "approve_city": _("Approved by the city"),
        "approve_province": _("Approved by the province"),
        "accept": _("Accepted by the Torch Center"),
        "return_for_correction": _("Returned to the respondent"),
        "request_cancellation": _("Cancellation asked for"),
        "refuse_cancellation": _("Cancellation refused"),
        "cancel": _("Cancelled"),
        "reassign": _("Given to another unit"),
    }
    return words.get(move) or act_words(move) or move
