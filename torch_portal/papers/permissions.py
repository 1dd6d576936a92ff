"""Who may handle paper, emergencies and policies."""

from django.utils.translation import gettext as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.roles import Denied, Person, check_not_own, is_operator, standing
from torch_portal.filings.models import Filing


def check_handler(user: Person, filing: Filing) -> None:
    """Only a reviewer of the filing's agency or area, and never for an enterprise of their own."""
    own = standing(user)
    at_agency = (OfficeRole.REVIEWER, filing.agency_id) in own.agencies
    in_area = (OfficeRole.REVIEWER, filing.jurisdiction_id) in own.jurisdictions
    if not (at_agency or in_area):
        raise Denied(_("Only a reviewer of the registration agency in charge may do this."))
    check_not_own(user, filing.enterprise_id)


def may_handle(user: Person, filing: Filing) -> bool:
    """Whether check_handler lets this person pass."""
    try:
        check_handler(user, filing)
    except Denied:
        return False
    return True


def governs(user: Person, jurisdiction_id: str | None) -> bool:
    """Is an official of this jurisdiction or of the whole country (None: of the country only)."""
    areas = {area for role, area in standing(user).jurisdictions if role == OfficeRole.OFFICIAL}
    return None in areas or (jurisdiction_id is not None and jurisdiction_id in areas)


def check_governs(user: Person, jurisdiction_id: str | None) -> None:
    """Refuse who may not declare or end an emergency there."""
    if not governs(user, jurisdiction_id):
        raise Denied(_("Only an official of this jurisdiction or of the country may do this."))


def may_set_policy(user: Person, jurisdiction_id: str | None) -> bool:
    """Operators everywhere, officials where they govern."""
    return is_operator(user) or governs(user, jurisdiction_id)
