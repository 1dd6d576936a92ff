"""Pre-aggregated rows behind the dashboard; made anew by beat, nothing is kept only here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Agency, Jurisdiction


class MonthTally(models.Model):
    """What was handed in and what was registered in a month, by place, kind and field.

    Amounts in yuan, of contracts in force. month: its first day.
    """

    month = models.DateField(_("month"))
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.CASCADE, verbose_name=_("jurisdiction"), related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=16, blank=True)
    tech_field = models.CharField(_("technology field"), max_length=16, blank=True)
    submitted = models.PositiveIntegerField(_("submitted"), default=0)
    registered = models.PositiveIntegerField(_("registered"), default=0)
    total_yuan = models.DecimalField(
        _("total amount (yuan)"), max_digits=24, decimal_places=2, default=0
    )
    technical_yuan = models.DecimalField(
        _("technical transaction amount (yuan)"), max_digits=24, decimal_places=2, default=0
    )

    class Meta:
        verbose_name = _("month in figures")
        verbose_name_plural = _("months in figures")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "month", "kind", "tech_field"], name="month_tally_once"
            )
        ]
        indexes = [models.Index(fields=["month"], name="month_tally_month")]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.month:%Y-%m}"


class StateTally(models.Model):
    """Where filings stand now, by agency, kind and field; `overdue` of them past their day."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.CASCADE, verbose_name=_("jurisdiction"), related_name="+"
    )
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, verbose_name=_("registration agency"), related_name="+"
    )
    at_state = models.CharField(_("state"), max_length=24)
    kind = models.CharField(_("kind"), max_length=16, blank=True)
    tech_field = models.CharField(_("technology field"), max_length=16, blank=True)
    filings = models.PositiveIntegerField(_("filings"))
    overdue = models.PositiveIntegerField(_("past the time limit"), default=0)

    class Meta:
        verbose_name = _("state in figures")
        verbose_name_plural = _("states in figures")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "agency", "at_state", "kind", "tech_field"],
                name="state_tally_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.at_state}"


class Recount(models.Model):
    """When the rows above were made, and the public figures made with them."""

    name = models.CharField(_("name"), max_length=16, primary_key=True)
    counted_at = models.DateTimeField(_("counted at"))
    content = models.JSONField(_("content"), default=dict)

    class Meta:
        verbose_name = _("recount")
        verbose_name_plural = _("recounts")

    def __str__(self) -> str:
        return f"{self.name} {self.counted_at:%Y-%m-%d %H:%M}"
