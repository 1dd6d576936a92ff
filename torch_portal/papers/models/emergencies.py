"""Emergencies that defer paper, and what each jurisdiction asks for."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, is_operator, standing
from torch_portal.common.acts import pair, person
from torch_portal.papers.enums import PaperMode

GRACE_DAYS = 30
REMIND_BEFORE = (15, 3)
REMIND_AFTER = (1, 15, 30)


def default_before() -> list[int]:
    """Days before the due date on which to remind, unless the policy says otherwise."""
    return list(REMIND_BEFORE)


def default_after() -> list[int]:
    """Days after the due date on which to remind, unless the policy says otherwise."""
    return list(REMIND_AFTER)


def _in_office_of(user: Person) -> Q:
    """Rows of the areas in which this person is an official, and the national ones."""
    areas = [area for role, area in standing(user).jurisdictions if role == OfficeRole.OFFICIAL]
    if not areas:
        return Q(pk__in=[])
    return Q() if None in areas else Q(jurisdiction_id__in=areas) | Q(jurisdiction__isnull=True)


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    """Reads of emergencies."""

    def visible_to(self, user: Person) -> "EmergencyQuerySet":
        """Officials see the national ones and those of their own areas."""
        return self.filter(_in_office_of(user))


class Emergency(models.Model):
    """A time in which paper may wait, in one jurisdiction or in the whole country.

    A jurisdiction's own row stands in for the national one with which it overlaps, so each can
    set its own end. `ended_on` is the day of the end; papers deferred until then get due dates.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
        help_text=_("Empty: the whole country."),
    )
    source = models.CharField(_("source document"), max_length=120)
    declared_on = models.DateField(_("declared on"))
    set_at = models.DateTimeField(_("recorded at"), null=True, editable=False)
    set_by = person(_("recorded by"), null=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_set_at = models.DateTimeField(_("end recorded at"), null=True, editable=False)
    end_set_by = person(_("end recorded by"), null=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency")
        verbose_name_plural = _("emergencies")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction"],
                condition=Q(ended_on__isnull=True),
                name="emergency_one_open",
                nulls_distinct=False,
                violation_error_message=_("An emergency is open here already. End it first."),
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "declared_on"],
                name="emergency_once",
                nulls_distinct=False,
                violation_error_message=_("This emergency is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("declared_on")),
                name="emergency_period",
                violation_error_message=_("An emergency cannot end before it was declared."),
            ),
            models.CheckConstraint(condition=pair("set"), name="emergency_set_pair"),
            models.CheckConstraint(condition=pair("end_set"), name="emergency_end_set_pair"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_set_at__isnull=True)
                | Q(ended_on__isnull=False, end_set_at__isnull=False),
                name="emergency_end_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.jurisdiction_id or '*'} {self.declared_on:%Y-%m-%d}"


class PaperPolicyQuerySet(models.QuerySet["PaperPolicy"]):
    """Reads of policies."""

    def visible_to(self, user: Person) -> "PaperPolicyQuerySet":
        """Operators see all; officials the national one and those of their own areas."""
        return self.all() if is_operator(user) else self.filter(_in_office_of(user))


class PaperPolicy(models.Model):
    """What one jurisdiction asks for, and how it reminds; the row without one is the default."""

    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
        help_text=_("Empty: every jurisdiction without a row of its own."),
    )
    mode = models.CharField(_("paper"), max_length=12, choices=PaperMode)
    source = models.CharField(_("source document"), max_length=160)
    grace_days = models.PositiveSmallIntegerField(
        _("days to hand in"),
        default=GRACE_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_(
            "Calendar days after the recognition or the end of the emergency, whichever is later; "
            "moved to the next working day. No regulation names this number: it is a setting of "
            "the portal."
        ),
    )
    remind_days_before = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1)]),
        verbose_name=_("reminders before, in days"),
        default=default_before,
        blank=True,
        size=6,
        help_text=_("For example 15,3. Another reminder goes out on the day itself."),
    )
    remind_days_after = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1)]),
        verbose_name=_("reminders after, in days"),
        default=default_after,
        blank=True,
        size=6,
        help_text=_("For example 1,15,30."),
    )
    set_at = models.DateTimeField(_("recorded at"), null=True, editable=False)
    set_by = person(_("recorded by"), null=True)

    objects = PaperPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper policy")
        verbose_name_plural = _("paper policies")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction"],
                name="paper_policy_once",
                nulls_distinct=False,
                violation_error_message=_("This jurisdiction has a policy already."),
            ),
            models.CheckConstraint(condition=pair("set"), name="paper_policy_set_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id or '*'}: {self.mode}"
