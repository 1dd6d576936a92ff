"""What officials set for the evaluation of a year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Window(models.Model):
    """When forms of a year are taken, where the yearly notice says otherwise than the edition."""

    year = models.PositiveSmallIntegerField(_("year of evaluation"), primary_key=True)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"), help_text=_("Until 24:00 of that day."))
    source = models.CharField(_("source document"), max_length=160)

    class Meta:
        verbose_name = _("window of filings")
        verbose_name_plural = _("windows of filings")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="window_period",
                violation_error_message=_("The end has to come after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(opens_on__year=F("year"), closes_on__year=F("year")),
                name="window_in_its_year",
                violation_error_message=_("Both days have to lie in the year of evaluation."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)
