"""Signing in and out."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import EmailAddress, Login
from allauth.decorators import rate_limit
from allauth.mfa.adapter import get_adapter as get_factors
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from torch_portal.accounts import demo_people
from torch_portal.accounts.enums import JoinState
from torch_portal.accounts.factors import SET_UP
from torch_portal.accounts.forms import SignInForm
from torch_portal.accounts.models import JoinRequest, User


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
@method_decorator(rate_limit(action="login"), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class SignIn(auth.LoginView):
    """One door for everybody; where it leads hangs on the role."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """On to the second factor where there is one, else in."""
        user = form.get_user()
        login = Login(
            user=user,
            email_verification="mandatory" if _unconfirmed(user) else "none",
            redirect_url=self.get_success_url(),
        )
        return perform_password_login(self.request, {"username": user.username}, login)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In a demonstration the accounts to try stand beside the form."""
        shown = demo_people.accounts() if settings.DEMO else []
        context = {"demo_accounts": shown, "password_alone": settings.SECOND_FACTOR == "optional"}
        return super().get_context_data(**kwargs) | context


def _unconfirmed(user: User) -> bool:
    """Registered by themselves and did not open the letter yet.

    The address that an operator entered counts as confirmed: the operator answers for it.
    """
    if JoinRequest.objects.filter(user=user, state=JoinState.UNVERIFIED).exists():
        return not EmailAddress.objects.filter(user=user, verified=True).exists()
    if user.email and not EmailAddress.objects.filter(user=user).exists():
        taken = EmailAddress.objects.filter(email__iexact=user.email, verified=True).exists()
        EmailAddress.objects.create(
            user=user, email=user.email.lower(), verified=not taken, primary=True
        )
    return False


class SignOut(auth.LogoutView):
    """Out, by POST only."""


class SetUpApp(ActivateTOTPView):
    """An app as second factor; the session that set it up has shown it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Recovery codes come next."""
        answer: HttpResponse = super().form_valid(form)
        self.request.session[SET_UP] = True
        return answer


class SetUpKey(AddWebAuthnView):
    """A security key or passkey as second factor; likewise."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Recovery codes come next."""
        answer: HttpResponse = super().form_valid(form)
        self.request.session[SET_UP] = True
        return answer


class RemoveKey(RemoveWebAuthnView):
    """A key goes, unless it is the last factor of somebody who needs one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Refused with the reason, or done."""
        if not get_factors().can_delete_authenticator(self.object):
            messages.error(
                self.request, _("Your role needs a second factor. Add another one first.")
            )
            return redirect("mfa_list_webauthn")
        answer: HttpResponse = super().form_valid(form)
        return answer
