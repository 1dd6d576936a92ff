"""Who may do what with a contract."""

from django.utils.translation import gettext as _

from contracts.enums import State
from contracts.models import FollowUp
from contracts.workflow import PROCEDURES
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, check_filer, check_not_own, standing
from torch_portal.filings.enums import Turn
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Move

OF_OFFICIALS = frozenset({"reopen", "reinstate"})


def check_may_file(user: User, filing: Filing) -> None:
    """The filer side: owner or filer of the enterprise."""
    check_filer(user, filing.enterprise_id)


def check_may_review(user: User, filing: Filing) -> None:
    """The reviewer side: of this agency or this jurisdiction, and not of this enterprise."""
    roles = standing(user)
    here = (OfficeRole.REVIEWER, filing.agency_id) in roles.agencies
    area = (OfficeRole.REVIEWER, filing.jurisdiction_id) in roles.jurisdictions
    if not (here or area):
        raise Denied(_("This filing belongs to another registration agency."))
    check_not_own(user, filing.enterprise_id)


def check_may_hear(user: User, filing: Filing) -> None:
    """The review body: an official of the jurisdiction or of the country, of no party to it."""
    areas = {area for role, area in standing(user).jurisdictions if role == OfficeRole.OFFICIAL}
    if not areas & {filing.jurisdiction_id, None} or filing.submitted_at is None:
        raise Denied(_("An official of the jurisdiction decides on objections."))
    check_not_own(user, filing.enterprise_id)


def check_may_read_opinions(user: User, filing: Filing) -> None:
    """Who decides, or hears an objection; never the enterprise itself."""
    try:
        check_may_hear(user, filing)
    except Denied:
        check_may_review(user, filing)


def check_may_decide(user: User, followup: FollowUp) -> None:
    """Who decides a matter after the decision, as its procedure says."""
    if PROCEDURES[followup.kind].decided_by == "official":
        check_may_hear(user, followup.contract.filing)
    else:
        check_may_review(user, followup.contract.filing)


def may_decide(user: User, followup: FollowUp) -> bool:
    """Whether the buttons of the matter are shown."""
    try:
        check_may_decide(user, followup)
    except Denied:
        return False
    return True


def check_may_move(user: User, filing: Filing, move: Move) -> None:
    """The side whose move it is."""
    if move.turn == Turn.FILER:
        check_may_file(user, filing)
    elif move.name in OF_OFFICIALS:
        check_may_hear(user, filing)
    else:
        check_may_review(user, filing)


def may_move(user: User, filing: Filing, move: Move) -> bool:
    """Whether the button is shown."""
    try:
        check_may_move(user, filing, move)
    except Denied:
        return False
    return True


# Ended without a registration, so the same contract may be filed again (一次登记制度).
AGAIN = (State.WITHDRAWN, State.REFUSED, State.NOT_ACCEPTED)


def may_file_again(filing: Filing) -> bool:
    """Whether the whole, files included, may be copied to be filed once more."""
    return filing.state in AGAIN
