"""Who acts for an enterprise: the owner's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from torch_portal.accounts import actions, letters
from torch_portal.accounts.actions.colleagues import digest
from torch_portal.accounts.enums import JoinState, MemberRole
from torch_portal.accounts.forms import InviteForm, RoleForm, TurnAwayForm
from torch_portal.accounts.models import (
    AccountEvent,
    Enterprise,
    Invitation,
    JoinRequest,
    Membership,
)
from torch_portal.accounts.roles import check_owner, standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused

LATEST = 20


@require_http_methods(["GET", "POST"])
def colleagues(request: HttpRequest, enterprise_pk: int) -> HttpResponse:
    """Members, who asks to join, open invitations, what was done; POST invites."""
    mine = Enterprise.objects.filter(pk__in=standing(request.user).member_of)
    enterprise = get_object_or_404(mine, pk=enterprise_pk)
    check_owner(request.user, enterprise.pk)
    form = InviteForm(request.POST or None)
    if form.is_valid() and _invited(request, enterprise, form):
        return redirect("accounts:colleagues", enterprise.pk)
    return render(request, "accounts/colleagues.html", _page(enterprise, form))


def _invited(request: HttpRequest, enterprise: Enterprise, form: InviteForm) -> bool:
    try:
        token = actions.invite(
            enterprise=enterprise, by=request.user, at=clock.now(), **form.cleaned_data
        )
    except Refused as refused:
        for finding in refused.findings:
            form.add_error(finding.field or None, finding.text())
        return False
    invitation = Invitation.objects.select_related("enterprise", "invited_by").get(
        digest=digest(token)
    )
    if letters.send_invitation(invitation, token):
        messages.success(request, _("The invitation went to %(email)s.") % form.cleaned_data)
    else:
        messages.error(request, letters.NOT_SENT)
    return True


def _page(enterprise: Enterprise, form: InviteForm) -> dict[str, Any]:
    members = enterprise.memberships.select_related("user").order_by("user__last_name", "pk")
    asked = JoinRequest.objects.filter(
        credit_code=enterprise.credit_code, state=JoinState.WAITING
    ).select_related("user")
    events = AccountEvent.objects.filter(enterprise=enterprise).select_related("by", "person")
    return {
        "enterprise": enterprise,
        "members": members,
        "asked": asked.order_by("asked_at"),
        "invitations": Invitation.objects.open(clock.now()).filter(enterprise=enterprise),
        "events": events.order_by("-at", "-pk")[:LATEST],
        "roles": MemberRole.choices,
        "form": form,
    }


def _own_member(request: HttpRequest, member_pk: int) -> Membership:
    rows = Membership.objects.filter(enterprise_id__in=standing(request.user).owner_of)
    return get_object_or_404(rows.select_related("user", "enterprise"), pk=member_pk)


def _own_request(request: HttpRequest, join_pk: int) -> tuple[JoinRequest, Enterprise]:
    row = get_object_or_404(JoinRequest.objects.select_related("user"), pk=join_pk)
    own = Enterprise.objects.filter(pk__in=standing(request.user).owner_of)
    return row, get_object_or_404(own, credit_code=row.credit_code)


def _done(request: HttpRequest, act: Callable[[], object], words: str) -> bool:
    """Do it; say what was done or why not."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.findings[0].text())
        return False
    messages.success(request, words)
    return True


@require_POST
def change_role(request: HttpRequest, member_pk: int) -> HttpResponse:
    """Another role for a colleague."""
    row, at = _own_member(request, member_pk), clock.now()
    form = RoleForm(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        words = _("%(name)s: %(role)s from now on.") % {
            "name": row.user.get_full_name(),
            "role": MemberRole(role).label,
        }
        _done(
            request,
            lambda: actions.change_role(membership=row, by=request.user, at=at, role=role),
            words,
        )
    return redirect("accounts:colleagues", row.enterprise_id)


@require_POST
def remove(request: HttpRequest, member_pk: int) -> HttpResponse:
    """A colleague leaves the enterprise."""
    row, at = _own_member(request, member_pk), clock.now()
    words = _("%(name)s does not belong to the enterprise any more.") % {
        "name": row.user.get_full_name()
    }
    _done(request, lambda: actions.remove(membership=row, by=request.user, at=at), words)
    own = row.user_id == request.user.pk
    return redirect("accounts:me") if own else redirect("accounts:colleagues", row.enterprise_id)


@require_POST
def let_in(request: HttpRequest, join_pk: int) -> HttpResponse:
    """Somebody who asked becomes a colleague."""
    row, enterprise = _own_request(request, join_pk)
    at, form = clock.now(), RoleForm(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        words = _("%(name)s is let in.") % {"name": row.user.get_full_name()}
        if _done(
            request,
            lambda: actions.let_in(request=row, by=request.user, at=at, role=role),
            words,
        ):
            row.refresh_from_db()
            letters.tell_applicant(row)
    return redirect("accounts:colleagues", enterprise.pk)


@require_POST
def turn_away(request: HttpRequest, join_pk: int) -> HttpResponse:
    """Somebody who asked is not let in."""
    row, enterprise = _own_request(request, join_pk)
    at, form = clock.now(), TurnAwayForm(request.POST)
    if form.is_valid():
        words = _("%(name)s is not let in.") % {"name": row.user.get_full_name()}
        note = form.cleaned_data["note"]
        if _done(
            request,
            lambda: actions.turn_away(request=row, by=request.user, at=at, note=note),
            words,
        ):
            row.refresh_from_db()
            letters.tell_applicant(row)
    return redirect("accounts:colleagues", enterprise.pk)


@require_POST
def withdraw_invitation(request: HttpRequest, invitation_pk: int) -> HttpResponse:
    """The link of an invitation ends."""
    rows = Invitation.objects.filter(enterprise_id__in=standing(request.user).owner_of)
    row, at = get_object_or_404(rows.select_related("enterprise"), pk=invitation_pk), clock.now()
    words = _("The invitation of %(email)s is withdrawn.") % {"email": row.email}
    _done(
        request,
        lambda: actions.withdraw_invitation(invitation=row, by=request.user, at=at),
        words,
    )
    return redirect("accounts:colleagues", row.enterprise_id)
