"""Colleagues of an enterprise: asking in, roles, leaving; never without an owner."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import AccountAct, MemberRole
from torch_portal.accounts.models import (
    AccountEvent,
    Enterprise,
    Invitation,
    Membership,
    User,
)
from torch_portal.accounts.roles import check_owner
from torch_portal.common.findings import Finding, Level, Refused

CLAUSE = "GB/T 22239-2019 8.1.4.2"
LAST_OWNER = _("The enterprise would be left without an owner. Make somebody else an owner first.")
MEMBER_ALREADY = _("%(email)s already belongs to the enterprise. Change the role in the list.")
ENDED = _("This invitation is used up, withdrawn or too old. Ask your colleague for a new one.")


def digest(token: str) -> str:
    """What is kept of an invitation's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, enterprise: Enterprise, by: User, at: datetime.datetime, email: str, role: str
) -> str:
    """Ask a colleague in; answers the secret of the link, which is kept nowhere.

    An invitation of the same address that is still open ends: the newest link alone is good.
    """
    check_owner(by, enterprise.pk)
    if Membership.objects.filter(enterprise=enterprise, user__email__iexact=email).exists():
        raise _refusal("AC-03", "email", MEMBER_ALREADY, email=email)
    open_ones = Invitation.objects.open(at).filter(enterprise=enterprise, email__iexact=email)
    open_ones.update(withdrawn_at=at)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        enterprise=enterprise,
        email=email,
        role=MemberRole(role),
        digest=digest(token),
        invited_at=at,
        invited_by=by,
        expires_at=at + datetime.timedelta(days=settings.INVITATION_DAYS),
    )
    _record(AccountAct.INVITED, by, None, enterprise, at, f"{email} · {MemberRole(role).label}")
    return token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime.datetime) -> None:
    """The link does not work any more."""
    check_owner(by, invitation.enterprise_id)
    if not Invitation.objects.open(at).filter(pk=invitation.pk).update(withdrawn_at=at):
        raise _refusal("AC-04", "", ENDED)
    _record(AccountAct.UNINVITED, by, None, invitation.enterprise, at, invitation.email)


@transaction.atomic
def take_up(*, invitation: Invitation, by: User, at: datetime.datetime) -> Membership:
    """The invited person comes in; the link is used up. Who is a member keeps the role."""
    taken = Invitation.objects.open(at).filter(pk=invitation.pk)
    if not taken.update(accepted_at=at, accepted_by=by):
        raise _refusal("AC-04", "", ENDED)
    membership, _new = Membership.objects.get_or_create(
        user=by, enterprise=invitation.enterprise, defaults={"role": invitation.role}
    )
    label = str(MemberRole(membership.role).label)
    _record(AccountAct.ARRIVED, by, by, invitation.enterprise, at, label)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, by: User, at: datetime.datetime, role: str) -> None:
    """Another role for a colleague."""
    row = _locked(membership, by)
    if row.role == role:
        return
    if row.role == MemberRole.OWNER:
        _keep_an_owner(row)
    note = f"{MemberRole(row.role).label} → {MemberRole(role).label}"
    row.role = MemberRole(role)
    row.save()
    _record(AccountAct.ROLE_CHANGED, by, row.user, row.enterprise, at, note)


@transaction.atomic
def remove(*, membership: Membership, by: User, at: datetime.datetime) -> None:
    """The colleague leaves the enterprise; the account and what was done with it stay."""
    row = _locked(membership, by)
    if row.role == MemberRole.OWNER:
        _keep_an_owner(row)
    label = str(MemberRole(row.role).label)
    row.delete()
    _record(AccountAct.REMOVED, by, row.user, row.enterprise, at, label)


def _locked(membership: Membership, by: User) -> Membership:
    """The row as it stands, with the enterprise locked, so that two owners cannot both leave."""
    check_owner(by, membership.enterprise_id)
    Enterprise.objects.select_for_update().get(pk=membership.enterprise_id)
    return Membership.objects.select_related("user", "enterprise").get(pk=membership.pk)


def _keep_an_owner(row: Membership) -> None:
    others = Membership.objects.filter(enterprise_id=row.enterprise_id, role=MemberRole.OWNER)
    if not others.exclude(pk=row.pk).filter(user__is_active=True).exists():
        raise _refusal("AC-05", "role", LAST_OWNER)


def _refusal(code: str, field: str, words: object, **values: str) -> Refused:
    return Refused([Finding(code, Level.BLOCK, field, words, CLAUSE, values)])


def _record(
    act: str,
    by: User,
    person: User | None,
    enterprise: Enterprise,
    at: datetime.datetime,
    note: str,
) -> None:
    AccountEvent.objects.create(
        at=at, by=by, act=act, person=person, enterprise=enterprise, note=note[:300]
    )
