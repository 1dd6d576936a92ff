"""A round of the survey: which version, which year, which days, and who has to answer."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stats.enums import RoundState
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Enterprise
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person


class Round(models.Model):
    """One collection of one instrument (调查轮次): its window lies within the approval's validity.

    year: the year that the values are of (数据年份). opens_on, closes_on: first and last day of
    collection. reassign_until: last day on which a respondent can be given to another unit.
    scan_until: last day for the signed scan. The frame and each step keep who and when.
    """

    version = models.ForeignKey(
        "stats.InstrumentVersion",
        models.PROTECT,
        verbose_name=_("version of the instrument"),
        related_name="rounds",
    )
    year = models.PositiveSmallIntegerField(_("year of the data"))
    title = models.CharField(_("title"), max_length=80)
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=RoundState,
        default=RoundState.DESIGN,
        editable=False,
    )
    opens_on = models.DateField(_("first day of collection"))
    closes_on = models.DateField(_("last day of collection"))
    reassign_until = models.DateField(_("units can be changed until"))
    scan_until = models.DateField(_("signed scan until"))
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    approved_by = person(_("approved by"), null=True)
    frame_frozen_at = models.DateTimeField(_("frame frozen at"), null=True, editable=False)
    frame_frozen_by = person(_("frame frozen by"), null=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    opened_by = person(_("opened by"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = person(_("closed by"), null=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    accepted_by = person(_("accepted by"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = person(_("published by"), null=True)

    class Meta:
        verbose_name = _("round of the survey")
        verbose_name_plural = _("rounds of the survey")
        constraints = [
            models.UniqueConstraint(fields=["version", "year"], name="stats_round_once"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="stats_round_window",
                violation_error_message=_("The last day has to come after the first."),
            ),
            models.CheckConstraint(condition=pair("approved"), name="stats_round_approved_pair"),
            models.CheckConstraint(
                condition=pair("frame_frozen"), name="stats_round_frame_frozen_pair"
            ),
            models.CheckConstraint(condition=pair("opened"), name="stats_round_opened_pair"),
            models.CheckConstraint(condition=pair("closed"), name="stats_round_closed_pair"),
            models.CheckConstraint(condition=pair("accepted"), name="stats_round_accepted_pair"),
            models.CheckConstraint(condition=pair("published"), name="stats_round_published_pair"),
        ]

    def __str__(self) -> str:
        return self.title

    def takes(self, day: datetime.date) -> bool:
        """Whether a return can be handed in on a day."""
        return self.state == RoundState.OPEN and self.opens_on <= day <= self.closes_on


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads of the frame of respondents."""

    def visible_to(self, user: Person) -> "AssignmentQuerySet":
        """Of the own enterprises; for offices those of their units, cities and provinces."""
        roles = standing(user)
        desk = {OfficeRole.REVIEWER, OfficeRole.OFFICIAL}
        units = [unit for role, unit in roles.agencies if role in desk]
        areas = [area for role, area in roles.jurisdictions if role in desk]
        if None in areas:
            return self.all()
        seen = Q(enterprise_id__in=roles.member_of)
        if units:
            seen |= Q(responsible_unit_id__in=units) | Q(city_unit_id__in=units)
        if areas:
            seen |= Q(enterprise__jurisdiction_id__in=areas)
        return self.filter(seen)


class Assignment(models.Model):
    """One respondent of a round, with exactly one responsible unit (责任单位).

    city_unit: the city's body above the unit; empty where the unit is the city's own or there is
    none, so that the province comes next. exempt: need not answer, for the reason given. source:
    where the frame has the respondent from.
    """

    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="assignments"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("respondent"), related_name="+"
    )
    responsible_unit = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("responsible unit"), related_name="+"
    )
    city_unit = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("city above the unit"),
        related_name="+",
    )
    source = models.CharField(_("source"), max_length=120, blank=True)
    exempt = models.BooleanField(_("exempt"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    exempted_at = models.DateTimeField(_("exempted at"), null=True, editable=False)
    exempted_by = person(_("exempted by"), null=True)
    reassigned_at = models.DateTimeField(_("unit changed at"), null=True, editable=False)
    reassigned_by = person(_("unit changed by"), null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("respondent of a round")
        verbose_name_plural = _("respondents of rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "enterprise"], name="stats_assignment_once"),
            models.CheckConstraint(
                condition=Q(exempt=False) | ~Q(reason=""), name="stats_exempt_has_reason"
            ),
            models.CheckConstraint(condition=pair("exempted"), name="stats_exempted_pair"),
            models.CheckConstraint(condition=pair("reassigned"), name="stats_reassigned_pair"),
        ]
        indexes = [
            models.Index(fields=["round", "responsible_unit", "id"], name="stats_assignment_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.enterprise_id}"
