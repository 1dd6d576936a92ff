"""Questionnaires as data: surveys as approved, instruments, their versions, items and lists.

A published version is never changed, whoever asks the database (migration 0002).
"""

import datetime
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stats.enums import Kind, Mark, Period
from stats.models.published import PublishedQuerySet
from torch_portal.common.acts import pair, person


class SurveyProgramme(models.Model):
    """A departmental survey as approved (部门统计调查项目管理办法): number and validity.

    A later approval of the same survey is a row of its own with the same code. valid_from,
    valid_to: first and last valid day; valid_from None where the approval names no first day.
    """

    code = models.CharField(_("code of the survey"), max_length=20)
    name_zh = models.CharField(_("name of the survey"), max_length=160)
    authority = models.CharField(_("making authority"), max_length=80)
    approver = models.CharField(_("approving authority"), max_length=80)
    approval_no = models.CharField(_("approval number"), max_length=60)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), help_text=_("The last valid day."))
    unconfirmed = models.CharField(_("not confirmed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("approved survey")
        verbose_name_plural = _("approved surveys")
        constraints = [
            models.UniqueConstraint(fields=["code", "approval_no"], name="survey_approval_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="survey_validity",
                violation_error_message=_("The end has to come after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.approval_no}"

    def covers(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether every day of a window lies within the validity of the approval."""
        return last <= self.valid_to and (self.valid_from is None or first >= self.valid_from)


class Instrument(models.Model):
    """A questionnaire (调查表) through the years.

    rules_stamp: another one with each check rule that is published or withdrawn, so that what is
    kept of the compiled rules is known to be of today.
    """

    code = models.CharField(_("code of the instrument"), max_length=20, unique=True)
    title_zh = models.CharField(_("title"), max_length=160)
    respondents = models.CharField(_("who answers"), max_length=120, blank=True)
    period = models.CharField(_("period"), max_length=10, choices=Period)
    rules_stamp = models.UUIDField(_("stamp of the rules"), default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("survey instrument")
        verbose_name_plural = _("survey instruments")

    def __str__(self) -> str:
        return f"{self.code} {self.title_zh}"


class InstrumentVersion(models.Model):
    """An instrument as asked from a day on; a draft until a second officer publishes it.

    tables: code, title_zh and unconfirmed of each table in order. external: name, label_zh, kind
    and unit of each value that ext(name) reads from the portal's own registers. schema,
    schema_hash: the whole as published with its SHA-256. written_by: None for what the portal
    brought along. pending: a workbook that waits to be taken over into the draft.
    """

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, verbose_name=_("survey instrument"), related_name="versions"
    )
    approval = models.ForeignKey(
        SurveyProgramme, models.PROTECT, verbose_name=_("approved survey"), related_name="versions"
    )
    version = models.CharField(_("version"), max_length=30, unique=True)
    starts_on = models.DateField(_("asked from"))
    source = models.CharField(_("source document"), max_length=160)
    unconfirmed = models.JSONField(_("not confirmed"), default=list, blank=True)
    tables = models.JSONField(_("tables"), default=list)
    external = models.JSONField(_("values of the registers"), default=list, blank=True)
    schema = models.JSONField(_("content as published"), null=True, editable=False)
    schema_hash = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    pending = models.JSONField(_("workbook that waits"), null=True, editable=False)
    pending_at = models.DateTimeField(_("workbook brought at"), null=True, editable=False)
    pending_by = person(_("workbook brought by"), null=True)
    written_at = models.DateTimeField(_("written at"), null=True, editable=False)
    written_by = person(_("written by"), null=True)
    asked_at = models.DateTimeField(_("handed to the second officer at"), null=True, editable=False)
    asked_by = person(_("handed to the second officer by"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = person(_("published by"), null=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, editable=False)
    retired_by = person(_("retired by"), null=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an instrument")
        verbose_name_plural = _("versions of instruments")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "starts_on"], name="survey_version_day"),
            models.CheckConstraint(condition=pair("pending"), name="survey_version_pending_pair"),
            models.CheckConstraint(condition=pair("written"), name="survey_version_written_pair"),
            models.CheckConstraint(condition=pair("asked"), name="survey_version_asked_pair"),
            models.CheckConstraint(
                condition=pair("published"), name="survey_version_published_pair"
            ),
            models.CheckConstraint(condition=pair("retired"), name="survey_version_retired_pair"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | (Q(asked_at__isnull=False) & Q(schema__isnull=False) & ~Q(schema_hash="")),
                name="survey_version_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | (~Q(published_by=F("asked_by")) & ~Q(published_by=F("written_by"))),
                name="survey_version_second_officer",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(published_at__isnull=False),
                name="survey_version_retired_after",
            ),
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.published_at is None


class Indicator(models.Model):
    """What is asked, whatever the code of the year: two meanings are two indicators."""

    key = models.CharField(_("key"), max_length=60, unique=True)
    name_zh = models.CharField(_("name of the indicator"), max_length=200)
    definition_zh = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    kind = models.CharField(_("kind of value"), max_length=10, choices=Kind)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return f"{self.key} {self.name_zh}"


class ChoiceList(models.Model):
    """The answers that an item may have; a list belongs to one version."""

    version = models.ForeignKey(
        InstrumentVersion,
        models.PROTECT,
        verbose_name=_("version of an instrument"),
        related_name="lists",
    )
    code = models.CharField(_("code of the list"), max_length=40)
    unconfirmed = models.CharField(_("not confirmed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("list of choices")
        verbose_name_plural = _("lists of choices")
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="survey_list_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Choice(models.Model):
    """One answer of a list: what is stored and what is read."""

    list = models.ForeignKey(
        ChoiceList, models.PROTECT, verbose_name=_("list of choices"), related_name="choices"
    )
    order = models.PositiveSmallIntegerField(_("order"))
    code = models.CharField(_("code of the choice"), max_length=40)
    label_zh = models.CharField(_("words of the choice"), max_length=200)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="survey_choice_once"),
            models.UniqueConstraint(fields=["list", "order"], name="survey_choice_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label_zh}"


class Item(models.Model):
    """One place of a table of a version.

    order: from 1 within its table; indent: levels below the item it is a part of. visible_if: an
    expression of the language of the check rules; the item is asked for where it holds. decimals:
    most places after the point; least, most: bounds of the value in its own unit.
    """

    version = models.ForeignKey(
        InstrumentVersion,
        models.PROTECT,
        verbose_name=_("version of an instrument"),
        related_name="items",
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name=_("indicator"), related_name="items"
    )
    code = models.CharField(_("code of the item"), max_length=40)
    table = models.CharField(_("table"), max_length=20)
    section = models.CharField(_("section"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))
    indent = models.PositiveSmallIntegerField(_("indent"), default=0)
    label_zh = models.CharField(_("label"), max_length=200)
    kind = models.CharField(_("kind of value"), max_length=10, choices=Kind)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    choice_list = models.ForeignKey(
        ChoiceList,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("list of choices"),
        related_name="items",
    )
    required = models.BooleanField(_("required"), default=False)
    visible_if = models.CharField(_("asked for if"), max_length=400, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), null=True, blank=True)
    least = models.DecimalField(_("least"), max_digits=24, decimal_places=4, null=True, blank=True)
    most = models.DecimalField(_("most"), max_digits=24, decimal_places=4, null=True, blank=True)
    definition_zh = models.TextField(_("definition"), blank=True)
    unconfirmed = models.CharField(_("not confirmed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="survey_item_once"),
            models.UniqueConstraint(fields=["version", "table", "order"], name="survey_item_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label_zh}"


class Comparability(models.Model):
    """How far an indicator of earlier versions can be compared with one of this version."""

    version = models.ForeignKey(
        InstrumentVersion,
        models.PROTECT,
        verbose_name=_("version of an instrument"),
        related_name="comparability",
    )
    before = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name=_("indicator before"), related_name="+"
    )
    now = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name=_("indicator now"), related_name="+"
    )
    mark = models.CharField(_("mark"), max_length=10, choices=Mark)
    note = models.CharField(_("note"), max_length=300)

    class Meta:
        verbose_name = _("mark of comparability")
        verbose_name_plural = _("marks of comparability")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "before", "now"], name="survey_comparability_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.before_id} {self.now_id}"
