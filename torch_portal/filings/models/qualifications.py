"""What the portal knows an enterprise to hold, whichever line or list it was learned from."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person
from torch_portal.filings.enums import QualificationKind


class QualificationQuerySet(models.QuerySet["Qualification"]):
    """Reads of qualifications."""

    def visible_to(self, user: Person) -> "QualificationQuerySet":
        """Of the own enterprises; for officials those of enterprises in their areas."""
        roles = standing(user)
        areas = {area for role, area in roles.jurisdictions if role == OfficeRole.OFFICIAL}
        if None in areas:
            return self.all()
        own = Q(enterprise_id__in=roles.member_of)
        return self.filter(own | Q(enterprise__jurisdiction_id__in=areas))

    def valid_on(self, day: datetime.date) -> "QualificationQuerySet":
        """Those valid on a day, the first and the last included; none that was ended before."""
        ended = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.filter(ended, valid_from__lte=day, valid_to__gte=day)


class Qualification(models.Model):
    """A certificate of an enterprise that several lines go by, with its source.

    valid_from, valid_to: first and last day. ended_on: first day no more, when it was cancelled.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="qualifications"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=QualificationKind)
    number = models.CharField(_("number"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = person(_("recorded by"))

    objects = QualificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("qualification of an enterprise")
        verbose_name_plural = _("qualifications of enterprises")
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="qualification_once"),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="qualification_period",
                violation_error_message=_("The end has to come after the beginning."),
            ),
            models.CheckConstraint(condition=pair("recorded"), name="qualification_recorded_pair"),
        ]

    def __str__(self) -> str:
        return self.number
