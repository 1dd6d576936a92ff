"""Who stands in for whom at the desk, and when (AB 角)."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Absence(models.Model):
    """From starts_on to ends_on, both included, the substitute has the person's filings too."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("absent"), related_name="absences"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("substitute"), related_name="+"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    made_at = models.DateTimeField(_("entered at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("entered by"), related_name="+"
    )

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_days_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("substitute")),
                name="absence_by_another",
                violation_error_message=_("Somebody else has to stand in."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.substitute_id} {self.starts_on:%Y-%m-%d}"


def stands_in_for(user_id: int, day: datetime.date) -> list[int]:
    """The people whose filings this person has on this day; one query."""
    today = Absence.objects.filter(substitute=user_id, starts_on__lte=day, ends_on__gte=day)
    return list(today.values_list("person", flat=True).distinct())
