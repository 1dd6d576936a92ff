"""Who may do what with an application."""

from django.utils.translation import gettext as _

from hitech_cert.enums import State
from hitech_cert.workflow import EITHER, LOCAL, WORKFLOW
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import Denied, Person, check_filer, check_not_own, standing
from torch_portal.filings.enums import Turn
from torch_portal.filings.models import Filing
from torch_portal.filings.people import agencies_at
from torch_portal.filings.permissions import check_may_review
from torch_portal.filings.transitions import Move


def check_may_file(user: User, filing: Filing) -> None:
    """The filer side: owner or filer of the enterprise."""
    check_filer(user, filing.enterprise_id)


def acts_for(user: Person) -> set[str]:
    """The jurisdictions for which this person acts as the certification body."""
    return {
        area
        for role, area in standing(user).jurisdictions
        if area and role in (OfficeRole.OFFICIAL, OfficeRole.REVIEWER)
    }


def may_act_for(user: Person, jurisdiction: str) -> bool:
    """Acts for the certification body: its official, or a reviewer of the whole jurisdiction."""
    return jurisdiction in acts_for(user)


def check_province(user: User, filing: Filing) -> None:
    """The certification body of the filing; nobody for the own enterprise."""
    if not may_act_for(user, filing.jurisdiction_id):
        raise Denied(_("The certification body of the province decides this."))
    check_not_own(user, filing.enterprise_id)


def check_package(user: User, enterprise: Enterprise) -> None:
    """Registers what an enterprise sent by e-mail: its province, or a bureau of its place."""
    offices = {agency for role, agency in standing(user).agencies if role == OfficeRole.REVIEWER}
    there = {agency.pk for agency in agencies_at(WORKFLOW.line, enterprise.division)}
    if not (may_act_for(user, enterprise.jurisdiction_id) or offices & there):
        raise Denied(_("The bureau or the certification body of the enterprise registers it."))
    check_not_own(user, enterprise.pk)


def check_may_move(user: User, filing: Filing, move: Move) -> None:
    """The side whose move it is."""
    if move.turn == Turn.FILER:
        check_may_file(user, filing)
    elif move.name in LOCAL or (move.name in EITHER and filing.state == State.SUBMITTED):
        check_may_review(user, filing)
    else:
        check_province(user, filing)


def may_move(user: User, filing: Filing, move: Move) -> bool:
    """Whether the button is shown."""
    try:
        check_may_move(user, filing, move)
    except Denied:
        return False
    return True


def check_for_body(user: User, jurisdiction: str) -> None:
    """Who keeps experts and panels: the certification body of the jurisdiction."""
    if not may_act_for(user, jurisdiction):
        raise Denied(_("The certification body of the province keeps experts and panels."))
