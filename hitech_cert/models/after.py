"""After the certification: yearly reports, changes, reviews, cancellations, re-examinations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums.after import (
    OPEN_CHANGES,
    CaseState,
    ChangeKind,
    ChangeState,
    RedoGround,
    RedoState,
    ReportState,
    ReviewReason,
    ReviewState,
)
from hitech_cert.models.decisions import kept_by
from hitech_cert.models.rows import Application, OfApplicationQuerySet
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person
from torch_portal.common.acts import pair, person
from torch_portal.filings.models import may_see


class AnnualReport(models.Model):
    """年度发展情况报表 of one year. figures: decimals as text by name; sources: of each."""

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application for certification"),
        related_name="annual_reports",
    )
    year = models.PositiveSmallIntegerField(_("year reported on"))
    state = models.CharField(
        _("state"), max_length=12, choices=ReportState, default=ReportState.DRAFT
    )
    figures = models.JSONField(_("figures"), default=dict)
    sources = models.JSONField(_("sources of the figures"), default=dict)
    typed = models.JSONField(_("as typed"), default=dict)
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    listed = models.CharField(_("listed (day, code, kind)"), max_length=160, blank=True)
    saved_version = models.PositiveIntegerField(_("saves of the draft"), default=0)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = person(_("saved by"))
    late = models.BooleanField(_("after 31 May"), default=False)
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    submitted_by = person(_("handed in by"), null=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly report of a high-tech enterprise")
        verbose_name_plural = _("yearly reports of high-tech enterprises")
        constraints = [
            models.UniqueConstraint(fields=["application", "year"], name="annual_report_once"),
            models.CheckConstraint(condition=pair("saved"), name="annual_report_saved_pair"),
            models.CheckConstraint(condition=pair("submitted"), name="annual_report_sent_pair"),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | ~Q(state="draft") & Q(submitted_at__isnull=False),
                name="annual_report_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.year}"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Reads of changes."""

    def visible_to(self, user: Person) -> "ChangeQuerySet":
        """Of the filings that this person may see, and those that come to their area."""
        return self.filter(may_see(user, "application__filing__") | kept_by(user, "to_"))


class Change(models.Model):
    """A change that the enterprise reported (更名, 重大变化, 异地搬迁). Number and validity stay.

    before, after: entries by name. to_jurisdiction: the body it moves to. public_from, public_to:
    local publicity. conditions: article 11 as re-checked, {number: met}. cancel_from: the year
    from which the status ends where it no longer meets them.
    """

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application for certification"),
        related_name="changes",
    )
    kind = models.CharField(_("kind of change"), max_length=12, choices=ChangeKind)
    happened_on = models.DateField(_("changed on"))
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.CharField(_("what happened"), max_length=400)
    to_jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        verbose_name=_("moves to"),
        related_name="+",
    )
    late = models.BooleanField(_("reported after three months"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ChangeState, default=ChangeState.OPEN
    )
    reported_at = models.DateTimeField(_("reported at"))
    reported_by = person(_("reported by"))
    released_at = models.DateTimeField(_("released at"), null=True)
    released_by = person(_("released by"), null=True)
    public_from = models.DateField(_("first day of publicity"), null=True)
    public_to = models.DateField(_("last day of publicity"), null=True)
    objection = models.CharField(_("objection to verify"), max_length=2000, blank=True)
    conditions = models.JSONField(_("conditions re-checked"), default=dict)
    cancel_from = models.PositiveSmallIntegerField(_("ends from the year"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a high-tech enterprise")
        verbose_name_plural = _("changes of high-tech enterprises")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=OPEN_CHANGES),
                name="hitech_change_one_open",
            ),
            models.CheckConstraint(condition=pair("reported"), name="hitech_change_reported_pair"),
            models.CheckConstraint(condition=pair("released"), name="hitech_change_released_pair"),
            models.CheckConstraint(condition=pair("decided"), name="hitech_change_decided_pair"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_CHANGES, decided_at__isnull=True)
                | ~Q(state__in=OPEN_CHANGES) & Q(decided_at__isnull=False),
                name="hitech_change_decided_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.happened_on:%Y-%m-%d}"


class Review(models.Model):
    """复核 of a certified enterprise: asked for by a department, or opened by two missing reports.

    first_year, last_year: the years looked at. failed_from: the first year in which a condition
    was not met. Without a person it was opened by the clock.
    """

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application for certification"),
        related_name="reviews",
    )
    reason = models.CharField(_("why"), max_length=12, choices=ReviewReason)
    asked_by_department = models.CharField(_("asked for by"), max_length=120, blank=True)
    facts = models.CharField(_("facts"), max_length=2000)
    first_year = models.PositiveSmallIntegerField(_("from year"))
    last_year = models.PositiveSmallIntegerField(_("to year"))
    state = models.CharField(
        _("state"), max_length=8, choices=ReviewState, default=ReviewState.OPEN
    )
    opened_on = models.DateField(_("opened on"))
    opener = person(_("opened by"), null=True)
    failed_from = models.PositiveSmallIntegerField(_("conditions not met from"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    result = models.CharField(_("result"), max_length=2000, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a high-tech enterprise")
        verbose_name_plural = _("reviews of high-tech enterprises")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reason"],
                condition=Q(state="open"),
                name="review_one_open",
            ),
            models.CheckConstraint(condition=pair("decided"), name="review_decided_pair"),
            models.CheckConstraint(
                condition=Q(last_year__gte=models.F("first_year")), name="review_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.opened_on:%Y-%m-%d}"


class Cancellation(models.Model):
    """Notice, defence and decision of another person (取消资格).

    effect_year: from this year on the tax benefit is claimed back. grounds: of CancelGround.
    """

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application for certification"),
        related_name="cancellations",
    )
    grounds = models.JSONField(_("grounds"))
    facts = models.CharField(_("facts"), max_length=2000)
    effect_year = models.PositiveSmallIntegerField(_("from the year"))
    opinion = models.CharField(_("opinion of the competent department"), max_length=400, blank=True)
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, verbose_name=_("review"), related_name="cancellations"
    )
    noticed_at = models.DateTimeField(_("announced at"))
    noticed_by = person(_("announced by"))
    due_on = models.DateField(_("statement until"))
    statement = models.CharField(_("statement of the enterprise"), max_length=4000, blank=True)
    stated_at = models.DateTimeField(_("stated at"), null=True)
    stated_by = person(_("stated by"), null=True)
    state = models.CharField(
        _("state"), max_length=12, choices=CaseState, default=CaseState.NOTICED
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    answer = models.CharField(_("reason of the decision"), max_length=2000, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="noticed"), name="cancellation_one_open"
            ),
            models.CheckConstraint(condition=pair("noticed"), name="cancellation_noticed_pair"),
            models.CheckConstraint(condition=pair("stated"), name="cancellation_stated_pair"),
            models.CheckConstraint(condition=pair("decided"), name="cancellation_decided_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.noticed_at:%Y-%m-%d}"


class ReExamination(models.Model):
    """复议 of a refusal, limited to errors that counting shows.

    slips: what the recount found. Averages before and after as exact fractions in text.
    """

    application = models.ForeignKey(
        Application,
        models.PROTECT,
        verbose_name=_("application for certification"),
        related_name="reexaminations",
    )
    ground = models.CharField(_("ground"), max_length=12, choices=RedoGround)
    statement = models.CharField(_("what is wrong"), max_length=2000)
    slips = models.JSONField(_("errors found by counting"), default=list)
    before = models.CharField(_("average before"), max_length=40, blank=True)
    after = models.CharField(_("average after"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=RedoState, default=RedoState.ASKED)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = person(_("asked by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = person(_("decided by"), null=True)
    answer = models.CharField(_("answer"), max_length=2000, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("re-examination")
        verbose_name_plural = _("re-examinations")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="asked"), name="redo_one_open"
            ),
            models.CheckConstraint(condition=pair("asked"), name="redo_asked_pair"),
            models.CheckConstraint(condition=pair("decided"), name="redo_decided_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.asked_at:%Y-%m-%d}"
