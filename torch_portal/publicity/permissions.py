"""Who may keep the lists of a jurisdiction."""

from django.utils.translation import gettext as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.roles import Denied, Person, standing

DESK = frozenset({OfficeRole.REVIEWER, OfficeRole.OFFICIAL})


def may_keep(user: Person, jurisdiction_id: str) -> bool:
    """Is a reviewer or official of this jurisdiction or of the whole country."""
    areas = {area for role, area in standing(user).jurisdictions if role in DESK}
    return None in areas or jurisdiction_id in areas


def check_keeper(user: Person, jurisdiction_id: str) -> None:
    """Refuse who may not keep the lists of this jurisdiction."""
    if not may_keep(user, jurisdiction_id):
        raise Denied(_("Only reviewers and officials of the jurisdiction may do this."))


def keeps_somewhere(user: Person) -> bool:
    """Whether there is a jurisdiction whose lists this person may keep."""
    return any(role in DESK for role, _area in standing(user).jurisdictions)
