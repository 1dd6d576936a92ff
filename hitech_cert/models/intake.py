"""Batches of a year (认定批次): until when applications, recommendations and paper are taken."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person

KEEPING = (OfficeRole.OFFICIAL, OfficeRole.REVIEWER)


class IntakeQuerySet(models.QuerySet["Intake"]):
    """Reads of batches; those for the desk start from visible_to. Their calendar is public."""

    def visible_to(self, user: Person) -> "IntakeQuerySet":
        """Those of the areas in which this person acts for the certification body."""
        areas = {area for role, area in standing(user).jurisdictions if role in KEEPING}
        return self.all() if None in areas else self.filter(jurisdiction_id__in=areas)


class Intake(models.Model):
    """One batch of a certification body.

    closes_at: until this moment enterprises submit (a time of day is part of it).
    recommend_by, paper_by: last days for the bureaus, and for paper (None: deferred, by the
    portal's paper ledger). Each later deadline is an Extension with its source.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number of the batch"))
    title = models.CharField(_("title"), max_length=160)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes for enterprises at"))
    recommend_by = models.DateField(_("recommended by"))
    paper_by = models.DateField(_("paper by"), null=True, blank=True)
    source = models.CharField(_("source document"), max_length=160)
    reply_number = models.CharField(_("number of the reply letter"), max_length=60, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = person(_("closed by"), null=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of certification")
        verbose_name_plural = _("batches of certification")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "number"], name="intake_number_once"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="intake_period",
                violation_error_message=_("The end has to come after the beginning."),
            ),
            models.CheckConstraint(condition=pair("closed"), name="intake_closed_pair"),
        ]

    def __str__(self) -> str:
        return self.title


class Extension(models.Model):
    """A deadline of a batch that was moved; what it was and what it became stay on record."""

    intake = models.ForeignKey(
        Intake, models.PROTECT, verbose_name=_("batch of certification"), related_name="extensions"
    )
    before = models.JSONField(_("deadlines before"))
    after = models.JSONField(_("deadlines after"))
    source = models.CharField(_("source document"), max_length=160)
    extended_at = models.DateTimeField(_("extended at"))
    extended_by = person(_("extended by"))

    class Meta:
        verbose_name = _("extension of a batch")
        verbose_name_plural = _("extensions of batches")
        constraints = [
            models.CheckConstraint(condition=pair("extended"), name="extension_extended_pair")
        ]

    def __str__(self) -> str:
        return f"{self.intake_id} {self.extended_at:%Y-%m-%d}"
