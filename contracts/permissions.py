"""Who may do what with a contract."""

from contracts.enums import State
from contracts.models import FollowUp
from contracts.workflow import PROCEDURES
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, check_filer
from torch_portal.filings.enums import Turn
from torch_portal.filings.models import Filing
from torch_portal.filings.permissions import check_may_hear, check_may_review
from torch_portal.filings.transitions import Move

OF_OFFICIALS = frozenset({"reopen", "reinstate"})


def check_may_file(user: User, filing: Filing) -> None:
    """The filer side: owner or filer of the enterprise."""
    check_filer(user, filing.enterprise_id)


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
