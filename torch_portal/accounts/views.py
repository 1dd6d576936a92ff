"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts import demo_people


class SignInForm(AuthenticationForm):
    """Name and password; the refusal tells nobody which of the two was wrong."""

    error_messages = {
        "invalid_login": _("This name and password do not belong together. Try again."),
        "inactive": _("This account is closed. Ask your administrator."),
    }


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth.LoginView):
    """One door for everybody; where it leads hangs on the role."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In a demonstration the accounts to try stand beside the form."""
        shown = demo_people.accounts() if settings.DEMO else []
        return super().get_context_data(**kwargs) | {"demo_accounts": shown}


class SignOut(auth.LogoutView):
    """Out, by POST only."""
