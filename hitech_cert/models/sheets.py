"""Sheets of experts (195号 附件3, 附件4): typed, saved, submitted once and never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hitech_cert.models.panels import Seat


class ScoreSheet(models.Model):
    """What one expert found of one application.

    `entries` as the sheet has them by name (whole numbers, "yes"/"no", amounts as text, lists of
    ids); `typed` what could not be read, word for word; `reasons` by the entry that contradicts
    the figures. `findings`: what was pointed out when it was submitted. The database refuses any
    change after `submitted_at` is set.
    """

    seat = models.OneToOneField(
        Seat,
        models.PROTECT,
        primary_key=True,
        verbose_name=_("seat on a panel"),
        related_name="sheet",
    )
    entries = models.JSONField(_("entries"), default=dict)
    typed = models.JSONField(_("as typed"), default=dict)
    reasons = models.JSONField(_("reasons"), default=dict)
    findings = models.JSONField(_("what was pointed out"), default=list)
    total = models.PositiveSmallIntegerField(_("total"), null=True)
    saved_at = models.DateTimeField(_("saved at"))
    saved_version = models.PositiveIntegerField(_("saves of the sheet"), default=0)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(total__isnull=False, total__lte=80),
                name="score_sheet_total",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.total or '—'}"
