"""Check rules (审核关系) as data: text, tree, tolerance, policy, source; each change a version.

A published rule is never changed but by its withdrawal, whoever asks the database.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stats.enums import Missing, RuleBasis, Severity
from stats.models.instruments import Instrument
from stats.models.published import PublishedQuerySet
from torch_portal.common.acts import pair, person


class CheckRule(models.Model):
    """One version of a check rule; true means that the return is in order.

    scope: the table it belongs to, CROSS (with last year) or REGISTER (with the portal's own
    registers). tree: what is evaluated, made from the expression. tolerance: how far both sides
    may differ, in the unit of the items. active_from, active_to: it counts for the versions of
    the instrument whose first day lies between them. Of several versions of a key the newest
    counts, and none once that is withdrawn. trial: how it came out over last year's returns before
    it was published.
    """

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, verbose_name=_("survey instrument"), related_name="rules"
    )
    key = models.CharField(_("key of the rule"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version of the rule"), default=1)
    scope = models.CharField(_("scope"), max_length=20)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    expression = models.CharField(_("expression"), max_length=2_000)
    tree = models.JSONField(_("tree"), editable=False)
    tolerance = models.DecimalField(_("tolerance"), max_digits=24, decimal_places=4, default=0)
    missing = models.CharField(
        _("where values are missing"), max_length=10, choices=Missing, default=Missing.SKIP
    )
    message_zh = models.CharField(_("message"), max_length=300)
    basis = models.CharField(_("basis"), max_length=12, choices=RuleBasis)
    source = models.CharField(_("source document"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    unconfirmed = models.BooleanField(_("not confirmed"), default=False)
    active_from = models.DateField(_("counts from"))
    active_to = models.DateField(_("counts until"), null=True, blank=True)
    trial = models.JSONField(_("dry run"), null=True, editable=False)
    written_at = models.DateTimeField(_("written at"), null=True, editable=False)
    written_by = person(_("written by"), null=True)
    asked_at = models.DateTimeField(_("handed to the second officer at"), null=True, editable=False)
    asked_by = person(_("handed to the second officer by"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = person(_("published by"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_by = person(_("withdrawn by"), null=True)
    withdrawn_for = models.CharField(_("withdrawn because"), max_length=400, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("check rule")
        verbose_name_plural = _("check rules")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="survey_rule_once"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(published_at__isnull=True),
                name="survey_rule_one_draft",
            ),
            models.CheckConstraint(condition=Q(tolerance__gte=0), name="survey_rule_tolerance"),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="survey_rule_period",
                violation_error_message=_("The end has to come after the beginning."),
            ),
            models.CheckConstraint(condition=pair("written"), name="survey_rule_written_pair"),
            models.CheckConstraint(condition=pair("asked"), name="survey_rule_asked_pair"),
            models.CheckConstraint(condition=pair("published"), name="survey_rule_published_pair"),
            models.CheckConstraint(condition=pair("withdrawn"), name="survey_rule_withdrawn_pair"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(asked_at__isnull=False),
                name="survey_rule_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | (~Q(published_by=F("asked_by")) & ~Q(published_by=F("written_by"))),
                name="survey_rule_second_officer",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | (Q(published_at__isnull=False) & ~Q(withdrawn_for="")),
                name="survey_rule_withdrawn_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.published_at is None
