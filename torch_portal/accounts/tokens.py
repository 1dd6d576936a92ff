"""What a program has to show for a token: the same as a person at the door."""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from torch_portal.accounts.factors import needs_factor
from torch_portal.accounts.lockout import is_locked_out, minutes
from torch_portal.accounts.models import User
from torch_portal.common.api import Problem


def door_problem(request: HttpRequest) -> Problem:
    """Why name and password were refused; not which of the two was wrong."""
    if is_locked_out(request):
        title = _("Too many attempts failed. Wait %(minutes)s minutes.") % {"minutes": minutes()}
        return Problem(429, "locked_out", title)
    title = _("This name and password do not belong together. Try again.")
    return Problem(400, "invalid_credentials", title)


def check_factor(user: User, code: str) -> None:
    """Who has a second factor shows it; who is in office gets no token without one."""
    if not Authenticator.objects.filter(user=user).exists():
        if needs_factor(user):
            title = _("Set up a second factor first: sign in at the portal's pages.")
            raise Problem(403, "second_factor_needed", title)
        return
    form = AuthenticateForm({"code": code}, user=user)
    if not (code and form.is_valid()):
        title = _("Send the code of your second factor as “code” as well.")
        raise Problem(400, "invalid_code", title)
