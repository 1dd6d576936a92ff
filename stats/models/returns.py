"""The return of a respondent: one document of values, its revisions, checks and explanations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stats.enums import Severity
from stats.models.rounds import Assignment, Round
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Enterprise
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.acts import pair, person
from torch_portal.filings.models import Attachment, Filing


class ReturnQuerySet(models.QuerySet["Return"]):
    """Reads of returns; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "ReturnQuerySet":
        """Own returns, and submitted ones of the own units, cities and provinces."""
        roles = standing(user)
        desk = {OfficeRole.REVIEWER, OfficeRole.OFFICIAL}
        units = [unit for role, unit in roles.agencies if role in desk]
        areas = [area for role, area in roles.jurisdictions if role in desk]
        seen = Q(enterprise_id__in=roles.member_of)
        submitted = Q(filing__submitted_at__isnull=False)
        if None in areas:
            return self.filter(seen | submitted)
        if units:
            seen |= (Q(unit_id__in=units) | Q(city_unit_id__in=units)) & submitted
        if areas:
            seen |= Q(filing__jurisdiction_id__in=areas) & submitted
        return self.filter(seen)


class Return(models.Model):
    """The answer of one respondent in one round (统计报表), a filing of the line stats.

    data: code of an item to its value as text; amounts in the unit of the item (千元), a blank is
    no key. typed: what could not be read, word for word. versions: saves of each table;
    saved_version: of the whole. data_hash: SHA-256 of data when it was last checked or submitted.
    revision: how often it was submitted. mandatory, errors, warnings: violated rules of the last
    check; unexplained: errors and warnings without a valid explanation. risk: the order in which
    reviewers look, higher first. unit, city_unit: as the assignment has them.
    """

    filing = models.OneToOneField(
        Filing, models.PROTECT, primary_key=True, verbose_name=_("filing"), related_name="report"
    )
    assignment = models.OneToOneField(
        Assignment, models.PROTECT, verbose_name=_("assignment"), related_name="report"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="returns"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("respondent"), related_name="returns"
    )
    unit = models.ForeignKey(
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
    data = models.JSONField(_("values"), default=dict, blank=True)
    typed = models.JSONField(_("entries that could not be read"), default=dict, blank=True)
    versions = models.JSONField(_("saves of each table"), default=dict, blank=True)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    saved_version = models.PositiveIntegerField(_("saves"), default=0)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    data_hash = models.CharField(_("digest of the values"), max_length=64, blank=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    mandatory = models.PositiveSmallIntegerField(_("mandatory rules violated"), default=0)
    errors = models.PositiveSmallIntegerField(_("errors"), default=0)
    warnings = models.PositiveSmallIntegerField(_("warnings"), default=0)
    unexplained = models.PositiveSmallIntegerField(_("without explanation"), default=0)
    risk = models.PositiveIntegerField(_("risk"), default=0)
    scan_due_on = models.DateField(_("signed scan due on"), null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return of the survey")
        verbose_name_plural = _("returns of the survey")
        indexes = [
            models.Index(fields=["round", "unit", "-risk", "filing"], name="stats_return_unit"),
            models.Index(fields=["round", "city_unit", "-risk"], name="stats_return_city"),
            models.Index(fields=["round", "-risk", "filing"], name="stats_return_risk"),
            models.Index(fields=["enterprise", "-round"], name="stats_return_enterprise"),
            models.Index(
                fields=["scan_due_on"],
                condition=Q(scan_due_on__isnull=False),
                name="stats_return_scan_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.enterprise_id}"


class ReturnRevision(models.Model):
    """A return as it was submitted: values with digest, results and explanations; immutable."""

    report = models.ForeignKey(
        Return, models.PROTECT, verbose_name=_("return"), related_name="revisions"
    )
    number = models.PositiveSmallIntegerField(_("revision"))
    data = models.JSONField(_("values"))
    data_hash = models.CharField(_("digest of the values"), max_length=64)
    checks = models.JSONField(_("violated rules with their explanations"), default=list)
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = person(_("submitted by"))

    class Meta:
        verbose_name = _("revision of a return")
        verbose_name_plural = _("revisions of returns")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="stats_revision_once"),
            models.CheckConstraint(
                condition=pair("submitted"), name="stats_revision_submitted_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class CheckResult(models.Model):
    """A rule that the values of the last check violate; rules that hold leave no row.

    values: what the rule used, by its name in the text, null where it is blank. left, right,
    difference: both sides of the comparison that decided, "" where there is none. values_hash:
    the digest of `values`, by which an explanation holds or is void.
    """

    report = models.ForeignKey(
        Return, models.PROTECT, verbose_name=_("return"), related_name="results"
    )
    rule = models.ForeignKey(
        "stats.CheckRule", models.PROTECT, verbose_name=_("rule"), related_name="+"
    )
    key = models.CharField(_("code of the rule"), max_length=40)
    severity = models.CharField(_("severity"), max_length=12, choices=Severity)
    field = models.CharField(_("item"), max_length=60)
    message = models.CharField(_("message"), max_length=1000)
    values = models.JSONField(_("values used"), default=dict)
    values_hash = models.CharField(_("digest of the values used"), max_length=64)
    left = models.CharField(_("left side"), max_length=80, blank=True)
    right = models.CharField(_("right side"), max_length=80, blank=True)
    difference = models.CharField(_("difference"), max_length=80, blank=True)
    checked_at = models.DateTimeField(_("checked at"))

    class Meta:
        verbose_name = _("violated rule of a return")
        verbose_name_plural = _("violated rules of returns")
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="stats_result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.key}"


class Explanation(models.Model):
    """Why the values are right although a rule speaks against them.

    It rests on the values of values_hash; voided_at: when one of them was changed. accepted: a
    reviewer has taken it.
    """

    report = models.ForeignKey(
        Return, models.PROTECT, verbose_name=_("return"), related_name="explanations"
    )
    key = models.CharField(_("code of the rule"), max_length=40)
    text = models.CharField(_("explanation"), max_length=1000)
    values = models.JSONField(_("values it rests on"), default=dict)
    values_hash = models.CharField(_("digest of these values"), max_length=64)
    written_at = models.DateTimeField(_("written at"))
    written_by = person(_("written by"))
    voided_at = models.DateTimeField(_("void since"), null=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_by = person(_("accepted by"), null=True)

    class Meta:
        verbose_name = _("explanation of a return")
        verbose_name_plural = _("explanations of returns")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key"],
                condition=Q(voided_at__isnull=True),
                name="stats_explanation_once",
            ),
            models.CheckConstraint(condition=pair("written"), name="stats_explained_pair"),
            models.CheckConstraint(condition=pair("accepted"), name="stats_explanation_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.key}"


class ReturnScan(models.Model):
    """The signed and stamped scan of a revision, a file of the filing."""

    report = models.ForeignKey(
        Return, models.PROTECT, verbose_name=_("return"), related_name="scans"
    )
    revision = models.PositiveSmallIntegerField(_("revision"))
    attachment = models.OneToOneField(
        Attachment, models.PROTECT, verbose_name=_("file"), related_name="+"
    )
    received_at = models.DateTimeField(_("received at"))
    received_by = person(_("sent by"))

    class Meta:
        verbose_name = _("signed scan of a return")
        verbose_name_plural = _("signed scans of returns")
        constraints = [
            models.CheckConstraint(condition=pair("received"), name="stats_scan_received_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.revision}"
