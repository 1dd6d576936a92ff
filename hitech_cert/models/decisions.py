"""The decision of the three departments, and what went to the leading group office."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums.after import Department, ObjectionState, Outcome
from hitech_cert.models.rows import Application, OfApplicationQuerySet
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person
from torch_portal.publicity.models import Batch

KEEPING = (OfficeRole.OFFICIAL, OfficeRole.REVIEWER)


def kept_by(user: Person, prefix: str = "") -> Q:
    """What belongs to the jurisdictions for which this person acts as the certification body."""
    areas = {area for role, area in standing(user).jurisdictions if role in KEEPING}
    return Q() if None in areas else Q(**{f"{prefix}jurisdiction_id__in": areas})


class OfBodyQuerySet(models.QuerySet["models.Model"]):
    """Reads of what a certification body keeps."""

    def visible_to(self, user: Person) -> "OfBodyQuerySet":
        """Those of the areas in which this person acts for the body."""
        return self.filter(kept_by(user))


class Decision(models.Model):
    """综合审查 of one application: open until it is proposed or not recognised.

    After a re-examination another one is opened; the earlier one stays.
    """

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application for certification"),
        related_name="decisions",
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = person(_("opened by"))
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    note = models.CharField(_("reason of the decision"), max_length=2000, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of the departments")
        verbose_name_plural = _("decisions of the departments")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(outcome=""), name="decision_one_open"
            ),
            models.CheckConstraint(condition=pair("opened"), name="decision_opened_pair"),
            models.CheckConstraint(condition=pair("decided"), name="decision_decided_pair"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | ~Q(outcome="") & Q(decided_at__isnull=False),
                name="decision_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.opened_at:%Y-%m-%d}"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Reads of opinions."""

    def visible_to(self, user: Person) -> "OpinionQuerySet":
        """Of the applications that this person may see."""
        return self.filter(decision__in=Decision.objects.visible_to(user))


class Opinion(models.Model):
    """What one department says of it. spoken_by: who acts for the department, as recorded."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name=_("decision"), related_name="opinions"
    )
    department = models.CharField(_("department"), max_length=8, choices=Department)
    agrees = models.BooleanField(_("agrees"))
    spoken_by = models.CharField(_("acts for the department"), max_length=60)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = person(_("recorded by"))

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion of a department")
        verbose_name_plural = _("opinions of departments")
        constraints = [
            models.UniqueConstraint(fields=["decision", "department"], name="opinion_once"),
            models.CheckConstraint(condition=pair("recorded"), name="opinion_recorded_pair"),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(reason=""), name="opinion_disagrees_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.department}"


class Report(models.Model):
    """认定报备: the list that went to the leading group office, and its national publicity.

    batch: the local publicity it comes from, None where it was reported directly. late: after
    30 November. public_from, public_to: first and last day of the national publicity.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number of the list in its year"))
    batch = models.OneToOneField(
        Batch,
        models.PROTECT,
        null=True,
        verbose_name=_("publicity list"),
        related_name="+",
    )
    late = models.BooleanField(_("reported after 30 November"), default=False)
    reported_at = models.DateTimeField(_("reported at"))
    reported_by = person(_("reported by"))
    public_from = models.DateField(_("first day of the national publicity"), null=True)
    public_to = models.DateField(_("last day of the national publicity"), null=True)
    public_source = models.CharField(_("where it is public"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("publicity noted at"), null=True)
    noted_by = person(_("publicity noted by"), null=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("list reported")
        verbose_name_plural = _("lists reported")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "number"], name="report_number_once"
            ),
            models.CheckConstraint(condition=pair("reported"), name="report_reported_pair"),
            models.CheckConstraint(condition=pair("noted"), name="report_noted_pair"),
            models.CheckConstraint(
                condition=Q(public_from__isnull=True, public_to__isnull=True)
                | Q(public_from__isnull=False, public_to__gte=F("public_from")),
                name="report_public_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.year}-{self.number}"


class Reported(models.Model):
    """One application on a list that was reported, with the name as it went there."""

    report = models.ForeignKey(
        Report, models.PROTECT, verbose_name=_("list reported"), related_name="rows"
    )
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application for certification"),
        related_name="reported",
    )
    place = models.PositiveIntegerField(_("place on the list"))
    name = models.CharField(_("registered name"), max_length=120)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application reported")
        verbose_name_plural = _("applications reported")
        constraints = [
            models.UniqueConstraint(fields=["report", "application"], name="reported_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.place} {self.name}"


class NationalObjection(models.Model):
    """An objection to the national publicity that the body verifies (195号 二(六)).

    objector: the name under which it was made; anonymous ones are not taken.
    """

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application for certification"),
        related_name="national_objections",
    )
    objector = models.CharField(_("who objects"), max_length=120)
    received_on = models.DateField(_("received on"))
    facts = models.CharField(_("what is objected"), max_length=2000)
    state = models.CharField(
        _("state"), max_length=8, choices=ObjectionState, default=ObjectionState.OPEN
    )
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = person(_("entered by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    answer = models.CharField(_("what was found"), max_length=2000, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection to the national publicity")
        verbose_name_plural = _("objections to the national publicity")
        constraints = [
            models.CheckConstraint(condition=pair("entered"), name="national_entered_pair"),
            models.CheckConstraint(condition=pair("decided"), name="national_decided_pair"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="national_decided_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.received_on:%Y-%m-%d}"
