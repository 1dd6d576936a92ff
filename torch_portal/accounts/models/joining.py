"""How people come to an enterprise, what was done with accounts, and passwords used before."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import AccountAct, JoinState, MemberRole
from torch_portal.accounts.models.ground import Enterprise, User


class JoinRequest(models.Model):
    """Somebody registered for an enterprise and waits to be let in.

    Unverified until the e-mail address is confirmed. Then the first person of an enterprise new to
    the portal is its owner at once; for one that is known an owner decides, or the operator
    where it has none. Nobody joins silently.
    """

    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("user"), related_name="join_requests"
    )
    credit_code = models.CharField(_("unified social credit code"), max_length=18)
    name = models.CharField(_("registered name"), max_length=120)
    division = models.CharField(_("division of the seat"), max_length=6)
    state = models.CharField(
        _("state"), max_length=10, choices=JoinState, default=JoinState.UNVERIFIED
    )
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("decided by"),
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code", "user"],
                condition=Q(state__in=[JoinState.UNVERIFIED, JoinState.WAITING]),
                name="join_request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="join_request_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.credit_code}: {self.state}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def open(self, at: datetime.datetime) -> "InvitationQuerySet":
        """Those that can still be taken up."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """An owner asks a colleague in by e-mail. The link holds the secret, the row its digest."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=8, choices=MemberRole, default=MemberRole.FILER)
    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    invited_at = models.DateTimeField(_("invited at"))
    invited_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("invited by"), related_name="+"
    )
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("accepted by"),
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_pair",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.enterprise_id}"


class AccountEvent(models.Model):
    """What was done with accounts and roles: who, when, what. A trigger keeps it append-only."""

    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(User, models.PROTECT, verbose_name=_("who"), related_name="+")
    act = models.CharField(_("act"), max_length=24, choices=AccountAct)
    person = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("person concerned"),
        related_name="+",
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("enterprise"),
        related_name="account_events",
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        indexes = [
            models.Index(fields=["enterprise", "-at", "-id"], name="account_event_enterprise"),
            models.Index(fields=["-at", "-id"], name="account_event_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"


class FormerPassword(models.Model):
    """The hash of a password that a person had; NotUsedBefore refuses it for a while."""

    user = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("user"), related_name="former_passwords"
    )
    hash = models.CharField(_("hash"), max_length=256)

    class Meta:
        verbose_name = _("former password")
        verbose_name_plural = _("former passwords")

    def __str__(self) -> str:
        return str(self.user_id)
