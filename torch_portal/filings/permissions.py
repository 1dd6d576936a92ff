"""Who may do what with a filing, whatever its line."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, check_not_own, standing
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Move, Workflow


def check_may_review(user: User, filing: Filing) -> None:
    """The reviewer side: of this agency or this jurisdiction, and not of this enterprise."""
    roles = standing(user)
    here = (OfficeRole.REVIEWER, filing.agency_id) in roles.agencies
    area = (OfficeRole.REVIEWER, filing.jurisdiction_id) in roles.jurisdictions
    if not (here or area):
        raise Denied(_("This filing belongs to another registration agency."))
    check_not_own(user, filing.enterprise_id)


def may_review(user: User, filing: Filing) -> bool:
    """Whether this person stands on the reviewer side."""
    try:
        check_may_review(user, filing)
    except Denied:
        return False
    return True


def out_of_turn(check: Callable[[], None], filing: Filing, workflow: Workflow, move: Move) -> str:
    """Why this person cannot make a move of the filing now, "" when nothing is in the way.

    check: raises Denied when it is not the person's move.
    """
    try:
        check()
    except Denied as error:
        return str(error)
    if filing.state in move.sources:
        return ""
    return _("The filing is “%(state)s”.") % {"state": workflow.labels[filing.state]}


def check_may_hear(user: User, filing: Filing) -> None:
    """The review body: an official of the jurisdiction or of the country, of no party to it."""
    areas = {area for role, area in standing(user).jurisdictions if role == OfficeRole.OFFICIAL}
    if not areas & {filing.jurisdiction_id, None} or filing.submitted_at is None:
        raise Denied(_("An official of the jurisdiction decides on objections."))
    check_not_own(user, filing.enterprise_id)
