"""Who needs a second factor, and whether it was shown (GB/T 22239-2019 8.1.4.1 d)."""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from torch_portal.accounts.models import User

SET_UP = "accounts_factor_set_up"


def needs_factor(user: User) -> bool:
    """Whether this person may do nothing without a second factor: everybody in office."""
    return settings.SECOND_FACTOR != "optional" and (user.is_staff or user.is_superuser)


def factor_shown(request: HttpRequest) -> bool:
    """Whether this session showed a second factor, or set one up."""
    shown = any(r["method"] == "mfa" for r in get_authentication_records(request, request.user))
    return shown or bool(request.session.get(SET_UP))
