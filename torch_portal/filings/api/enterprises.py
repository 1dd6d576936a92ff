"""For which enterprise a program files."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import Denied, standing


def own_enterprise(user: User, code: Any) -> Enterprise:
    """The enterprise to file for: the one named by its credit code, else the only one."""
    own = list(Enterprise.objects.filter(pk__in=standing(user).filer_of).order_by("pk"))
    if not own:
        raise Denied(_("You may not file for any enterprise. Ask an owner for the role."))
    if code is None and len(own) > 1:
        message = _("You file for several enterprises: give the credit code of the one you mean.")
        raise ValidationError({"enterprise": message})
    found = next((e for e in own if code in (None, e.credit_code)), None)
    if found is None:
        raise Denied(_("You may not file for this enterprise. Ask its owner for the role."))
    return found
