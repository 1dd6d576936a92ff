"""Batches: one move on many filings, planned, looked at, run in the background, told row by row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.desk.enums import Outcome
from torch_portal.filings.models import Filing


class Batch(models.Model):
    """One move on many filings. Planned until started_at; over when ended_at is set.

    `arguments` is what was entered for all, `language` that of the person, `due_at` when the
    worker is asked again.
    """

    line = models.CharField(_("service line"), max_length=16)
    move = models.CharField(_("move"), max_length=32)
    made_at = models.DateTimeField(_("planned at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("planned by"), related_name="+"
    )
    language = models.CharField(_("language"), max_length=12)
    arguments = models.JSONField(_("entered for all"), default=dict)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("over at"), null=True)
    due_at = models.DateTimeField(_("due at"), null=True)

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="batch_running",
            ),
            models.Index(fields=["made_by", "-made_at"], name="batch_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False),
                name="batch_ended_was_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.pk}"


class BatchRow(models.Model):
    """One filing of a batch: the version that was looked at, and what became of it, in words."""

    batch = models.ForeignKey(Batch, models.CASCADE, verbose_name=_("batch"), related_name="rows")
    filing = models.ForeignKey(Filing, models.PROTECT, verbose_name=_("filing"), related_name="+")
    seen = models.PositiveIntegerField(_("version looked at"))
    title = models.CharField(_("title"), max_length=240)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome, default=Outcome.WAITING
    )
    words = models.TextField(_("words"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        verbose_name = _("filing of a batch")
        verbose_name_plural = _("filings of a batch")
        constraints = [
            models.UniqueConstraint(fields=["batch", "filing"], name="batch_filing_once")
        ]

    def __str__(self) -> str:
        return f"{self.filing_id}: {self.outcome}"
