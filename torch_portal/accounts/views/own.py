"""One's own account, and taking up an invitation."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import EmailAddress, Login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from torch_portal.accounts import actions
from torch_portal.accounts.actions.colleagues import digest
from torch_portal.accounts.enums import JoinState
from torch_portal.accounts.factors import needs_factor
from torch_portal.accounts.forms import ArrivalForm
from torch_portal.accounts.models import Invitation, JoinRequest, Membership, User
from torch_portal.common import clock, codes
from torch_portal.common.findings import Refused


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Name, address, enterprises, and where password, second factor and sessions are changed."""
    members = Membership.objects.filter(user=request.user).select_related("enterprise")
    asked = JoinRequest.objects.filter(user=request.user).exclude(state=JoinState.ACCEPTED)
    context = {
        "memberships": members.order_by("enterprise__name"),
        "asked": asked.order_by("-asked_at"),
        "factor": is_mfa_enabled(request.user),
        "must_have_factor": needs_factor(request.user),
        "phone": codes.mask(request.user.phone),
    }
    return render(request, "accounts/me.html", context)


@login_not_required
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invited person sees: which enterprise, which role, and the way in."""
    row = Invitation.objects.select_related("enterprise", "invited_by").filter(digest=digest(token))
    invited = row.first()
    if invited is None:
        raise Http404
    open_now = Invitation.objects.open(clock.now()).filter(pk=invited.pk).exists()
    form = ArrivalForm(request.POST or None) if not request.user.is_authenticated else None
    known = User.objects.filter(email__iexact=invited.email).exists()
    if request.method == "POST" and open_now:
        if request.user.is_authenticated:
            return _take_up(request, invited)
        if form is not None and not known and form.is_valid():
            return _arrive_new(request, invited, form)
    context = {"invited": invited, "open": open_now, "form": form, "known": known}
    return render(request, "accounts/invitation.html", context)


def _take_up(request: HttpRequest, invited: Invitation) -> HttpResponse:
    try:
        actions.take_up(invitation=invited, by=request.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.findings[0].text())
        return redirect("accounts:me")
    messages.success(request, _("You belong to %(name)s now.") % {"name": invited.enterprise.name})
    return redirect("accounts:me")


def _arrive_new(request: HttpRequest, invited: Invitation, form: ArrivalForm) -> HttpResponse:
    """A new account; its address is confirmed, because the link came there."""
    with transaction.atomic():
        user = User.objects.create_user(
            form.cleaned_data["username"],
            invited.email,
            form.cleaned_data["password1"],
            last_name=form.cleaned_data["full_name"],
        )
        EmailAddress.objects.create(user=user, email=invited.email, verified=True, primary=True)
        actions.take_up(invitation=invited, by=user, at=clock.now())
    login = Login(user=user, email_verification="none")
    return perform_password_login(request, {"username": user.username}, login)
