"""Where an application stands, in words."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert.enums import State
from hitech_cert.models import Application
from hitech_cert.queries.acts_after import after_label
from torch_portal.filings.wording import act_words, long_date

TONES = {
    State.DRAFT: "plain",
    State.SUBMITTED: "office",
    State.CORRECTING: "needs-you",
    State.RECOMMENDED: "office",
    State.ACCEPTED: "office",
    State.IN_REVIEW: "office",
    State.SCORED: "office",
    State.PROPOSED: "office",
    State.LOCAL_PUBLICITY: "office",
    State.REPORTED: "office",
    State.NATIONAL_PUBLICITY: "office",
    State.CERTIFIED: "done",
    State.CANCELLATION_NOTICED: "needs-you",
}


def tone(state: str) -> str:
    """The meaning behind a state's colour."""
    return TONES.get(State(state), "plain")


def sentence(application: Application, today: datetime.date) -> str:
    """What happens next, by when, and who has it; one sentence for the enterprise."""
    filing, intake = application.filing, application.intake
    closes = timezone.localtime(intake.closes_at) if intake else None
    names = {
        "agency": filing.agency.name if filing.agency else "",
        "batch": intake.title if intake else "",
        "due": long_date(filing.due_on),
        "closes": f"{closes:%Y-%m-%d %H:%M}" if closes else "",
        "recommend": long_date(intake.recommend_by) if intake else "",
        "number": application.certificate_number or "",
        "issued": long_date(application.issued_on),
        "until": long_date(application.valid_to),
        "ended": long_date(application.ended_on),
    }
    if filing.state == State.SUBMITTED and filing.due_on and filing.due_on < today:
        late = _("%(agency)s has it and should have recommended it by %(due)s; you may ask there.")
        return late % names
    return _sentences()[State(filing.state)] % names


def _sentences() -> dict[State, str]:
    return {
        State.DRAFT: _("The draft is yours: complete and submit it."),
        State.SUBMITTED: _(
            "%(agency)s checks it for “%(batch)s” and recommends it to the province by %(due)s. "
            "You need do nothing now."
        ),
        State.CORRECTING: _(
            "It is your turn: correct the items listed here and submit again by %(recommend)s."
        ),
        State.RECOMMENDED: _(
            "%(agency)s recommended it. The province decides on acceptance; you need do nothing "
            "now."
        ),
        State.NOT_ACCEPTED: _("It was not accepted. The reason stands below."),
        State.ACCEPTED: _("It is accepted for “%(batch)s”. Experts are drawn next."),
        State.IN_REVIEW: _("Experts review it online, each alone. You need do nothing now."),
        State.SCORED: _("The experts have finished. The three departments decide."),
        State.PROPOSED: _("It is proposed for recognition and goes on the next list."),
        State.LOCAL_PUBLICITY: _(
            "It stands on the list of the province for ten working days; anybody may object."
        ),
        State.REPORTED: _("The province reported it to the leading group office."),
        State.NATIONAL_PUBLICITY: _(
            "It stands on the national list for ten working days; after that number and day of "
            "issue come."
        ),
        State.NOT_RECOGNISED: _("It was not recognised. The reason stands below."),
        State.CERTIFIED: _(
            "Certified under number %(number)s, issued on %(issued)s, valid until %(until)s."
        ),
        State.CANCELLATION_NOTICED: _(
            "The province announced a cancellation. The certificate %(number)s stays valid until "
            "it is decided; state your case."
        ),
        State.CANCELLED: _("The certificate %(number)s was cancelled on %(ended)s."),
        State.EXPIRED: _("The certificate %(number)s was valid until %(until)s. Apply again."),
        State.WITHDRAWN: _("You withdrew it. You can apply again in the same year."),
    }


def act_label(move: str) -> str:
    """An act in the past, as the timeline and the history show it."""
    words = {
        "open_package": _("E-mailed package opened"),
        "tell_missing": _("Enterprise told what its package lacks"),
        "extend": _("Deadline extended"),
        "recommend": _("Recommended to the province"),
        "send_back": _("Sent back to the bureau"),
        "accept": _("Accepted for the expert review"),
        "draw_panel": _("Panel drawn"),
        "dissolve_panel": _("Panel dissolved"),
        "close_review": _("Expert review closed"),
        "propose": _("Proposed for recognition"),
        "not_recognise": _("Not recognised"),
        "reopen": _("Reopened after a re-examination"),
        "publicise": _("Publicised"),
        "strike": _("Struck from the list"),
        "report": _("Reported to the leading group office"),
        "publicise_nationally": _("On the national list"),
        "certify": _("Certified"),
        "notify_cancellation": _("Cancellation announced"),
        "cancel": _("Cancelled"),
        "drop_cancellation": _("Cancellation dropped"),
        "expire": _("Expired"),
    }
    return words.get(move) or after_label(move) or act_words(move) or move
