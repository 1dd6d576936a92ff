"""Paper originals, the emergencies that defer them, and what each jurisdiction asks for."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, is_operator, standing
from torch_portal.filings.models import Filing, may_see
from torch_portal.papers.enums import PaperKind, PaperMode, PaperState

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


def _pair(name: str) -> Q:
    """x_at and x_by are both set or both empty."""
    empty = {f"{name}_at__isnull": True, f"{name}_by__isnull": True}
    both = {f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    return Q(**empty) | Q(**both)


def _person(label: Any, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        editable=False,
        verbose_name=label,
        related_name="+",
    )


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
    set_by = _person(_("recorded by"), null=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_set_at = models.DateTimeField(_("end recorded at"), null=True, editable=False)
    end_set_by = _person(_("end recorded by"), null=True)

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
            models.CheckConstraint(condition=_pair("set"), name="emergency_set_pair"),
            models.CheckConstraint(condition=_pair("end_set"), name="emergency_end_set_pair"),
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
    set_by = _person(_("recorded by"), null=True)

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
            models.CheckConstraint(condition=_pair("set"), name="paper_policy_set_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id or '*'}: {self.mode}"


OPEN = (PaperState.DUE, PaperState.OVERDUE)
WITHOUT_DUE_DATE = (PaperState.NOT_REQUIRED, PaperState.DEFERRED)
HANDED_IN = (PaperState.RECEIVED, PaperState.VERIFIED, PaperState.MISMATCH)
DECIDED = (PaperState.VERIFIED, PaperState.MISMATCH, PaperState.WAIVED)


class PaperQuerySet(models.QuerySet["Paper"]):
    """Reads of papers; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "PaperQuerySet":
        """Papers of the filings that this person may see."""
        return self.filter(may_see(user, "filing__"))

    def open(self) -> "PaperQuerySet":
        """Those that the enterprise still has to hand in by a day."""
        return self.filter(state__in=OPEN)


class Paper(models.Model):
    """One paper original of a filing: asked for or not, until when, and whether it came.

    `recognised_on` is the day of the decision; `due_set_on` the day on which due_on was set.
    """

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="papers"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=PaperKind)
    state = models.CharField(_("state"), max_length=12, choices=PaperState)
    source = models.CharField(_("source document"), max_length=160)
    emergency = models.ForeignKey(
        Emergency,
        models.PROTECT,
        null=True,
        verbose_name=_("emergency"),
        related_name="papers",
    )
    recognised_on = models.DateField(_("recognised on"))
    due_on = models.DateField(_("due on"), null=True)
    due_set_on = models.DateField(_("due date set on"), null=True)
    created_at = models.DateTimeField(_("created at"))
    created_by = _person(_("created by"))
    received_at = models.DateTimeField(_("received at"), null=True)
    received_by = _person(_("received by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = _person(_("decided by"), null=True)
    note = models.TextField(_("note"), blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper original")
        verbose_name_plural = _("paper originals")
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN), name="paper_open_due"),
            models.Index(
                fields=["emergency"],
                condition=Q(state=PaperState.DEFERRED),
                name="paper_deferred",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["filing", "kind"], name="paper_once"),
            models.CheckConstraint(condition=_pair("created"), name="paper_created_pair"),
            models.CheckConstraint(condition=_pair("received"), name="paper_received_pair"),
            models.CheckConstraint(condition=_pair("decided"), name="paper_decided_pair"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_set_on__isnull=True)
                | Q(due_on__isnull=False, due_set_on__isnull=False),
                name="paper_due_set_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_on__isnull=False)
                | Q(state__in=WITHOUT_DUE_DATE, due_on__isnull=True)
                | ~Q(state__in=(*OPEN, *WITHOUT_DUE_DATE)),
                name="paper_due_date_fits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HANDED_IN, received_at__isnull=False)
                | Q(state__in=(*OPEN, *WITHOUT_DUE_DATE), received_at__isnull=True)
                | Q(state=PaperState.WAIVED),
                name="paper_receipt_fits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | ~Q(state__in=DECIDED) & Q(decided_at__isnull=True),
                name="paper_decision_fits",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.DEFERRED) | Q(emergency__isnull=False),
                name="paper_deferred_by_emergency",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(PaperState.MISMATCH, PaperState.WAIVED)) | ~Q(note=""),
                name="paper_note_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.kind}: {self.state}"


class Reminder(models.Model):
    """A reminder that went out: one per paper, occasion and due date, never twice."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, verbose_name=_("paper original"), related_name="reminders"
    )
    occasion = models.CharField(_("occasion"), max_length=12)
    due_on = models.DateField(_("due on"))
    day = models.DateField(_("sent on"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["paper", "occasion", "due_on"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.occasion} {self.due_on:%Y-%m-%d}"
