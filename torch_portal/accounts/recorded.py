"""One change of a setting: append-only; a grave one is proposed by one, settled by another."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import ChangeAct, ChangeState


def _person(label: Any, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        verbose_name=label,
        related_name="+",
    )


class Change(models.Model):
    """What one person changed, or asks a second one to change, and why.

    `target` is the table ("filings.localrule") and `target_pk` the row, empty until a new row is
    there. The database refuses to delete a change and to touch one that is settled.
    """

    target = models.CharField(_("table"), max_length=64)
    target_pk = models.CharField(_("row"), max_length=40, blank=True)
    name = models.CharField(_("setting"), max_length=200)
    act = models.CharField(_("act"), max_length=8, choices=ChangeAct)
    jurisdiction = models.ForeignKey(
        "accounts.Jurisdiction",
        models.PROTECT,
        null=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
    )
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    grave = models.BooleanField(_("needs a second person"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState)
    made_at = models.DateTimeField(_("made at"))
    made_by = _person(_("made by"))
    expires_at = models.DateTimeField(_("expires at"), null=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    settled_by = _person(_("settled by"), null=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("change of a setting")
        verbose_name_plural = _("changes of settings")
        indexes = [
            models.Index(fields=["target", "target_pk", "-made_at"], name="change_of_row"),
            models.Index(fields=["expires_at"], condition=Q(state="proposed"), name="change_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="change_settled_pair",
            ),
            models.CheckConstraint(
                condition=~Q(grave=True, state=ChangeState.APPLIED) | ~Q(settled_by=F("made_by")),
                name="change_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.PROPOSED) | Q(grave=True, expires_at__isnull=False),
                name="change_proposal_expires",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(act=ChangeAct.REMOVE), name="change_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_act_display()}, {self.made_at:%Y-%m-%d})"
