"""What lies ahead of a filing: what happens next, by when, who has it, what you can do."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.enums import State
from contracts.models import Contract
from torch_portal.common.desk_admin import due_mark
from torch_portal.filings import threads
from torch_portal.filings.enums import Turn
from torch_portal.filings.queries import calendars_for
from torch_portal.filings.wording import long_date, provisional


def ahead(contract: Contract, now: datetime.datetime) -> list[tuple[str, str]]:
    """The four answers as (question, answer); those that make no sense here are left out."""
    rows = [
        (_("What happens next"), _next(State(contract.filing.state))),
        (_("By when"), _by_when(contract, timezone.localdate(now))),
        (_("Who has it"), _who(contract)),
        (_("What you can do"), " ".join(_you_can(contract, now))),
    ]
    return [(question, answer) for question, answer in rows if answer]


def _next(state: State) -> str:
    return {
        State.SUBMITTED: _("The agency looks whether everything is there, and accepts it."),
        State.ACCEPTED: _("The agency examines the contract and decides on the registration."),
        State.SECOND_REVIEW: _("A second reviewer decides on the registration."),
        State.CORRECTING: _("After you submit again, the agency goes on with it."),
    }.get(state, "")


def _by_when(contract: Contract, today: datetime.date) -> str:
    filing = contract.filing
    if filing.due_on is None or filing.owner != Turn.REVIEWER:
        return ""
    area = filing.jurisdiction_id
    _risk, words = due_mark(filing.due_on, today, calendars_for({area})[area])
    text = _("%(due)s (%(left)s)") % {"due": long_date(filing.due_on), "left": words}
    return f"{text} {provisional()}" if filing.due_provisional else text


def _who(contract: Contract) -> str:
    filing = contract.filing
    if filing.owner == Turn.REVIEWER and filing.agency:
        return " ".join(part for part in (filing.agency.name, filing.agency.phone) if part)
    if filing.owner == Turn.FILER:
        return _("You (%(person)s)") % {"person": filing.handler.get_full_name()}
    return ""


def _you_can(contract: Contract, now: datetime.datetime) -> list[str]:
    filing = contract.filing
    said = {
        State.CORRECTING: [_("Correct or answer each item of the list and submit again.")],
        State.SUBMITTED: [_("Withdraw it as long as nothing is decided.")],
        State.ACCEPTED: [_("Withdraw it as long as nothing is decided.")],
        State.REFUSED: [_("Object within 60 days; the notice says where.")],
        State.NOT_ACCEPTED: [_("Object within 60 days, or file again where it belongs.")],
        State.REVOCATION_NOTICED: [_("State your case, once and within the time of the notice.")],
        State.RECOGNISED: [_("Download the certificate and pass on its verification code.")],
    }.get(State(filing.state), [])
    if not threads.why_closed(filing, now):
        said = [*said, _("Write to the agency on this page.")]
    return said
