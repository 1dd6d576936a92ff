"""Exports as rows: who took what out, under which filter, how far it is, where the file lies."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Person
from torch_portal.reports.enums import ExportState, FileFormat, MoneyUnit

PERSON = settings.AUTH_USER_MODEL


def file_path(export: "Export", name: str) -> str:
    """Where the file of an export is kept."""
    return f"exports/{export.asked_at:%Y/%m}/{export.pk}-{name}"


class ExportQuerySet(models.QuerySet["Export"]):
    """Reads of exports."""

    def visible_to(self, user: Person) -> "ExportQuerySet":
        """A person's own: nobody takes over what somebody else may see."""
        return self.filter(person_id=user.pk) if user.pk else self.none()


class Export(models.Model):
    """One list taken out. The row stays for good, the file until it expires.

    person: None for the console of the installation. filter: the query of the list;
    filter_words: the same as it was read. key: the same wish has the same key. claim,
    claimed_until: which worker writes it, and until when it is believed. rows_expected: counted
    when the writing began.
    """

    report = models.CharField(_("list"), max_length=24)
    person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, verbose_name=_("taken by"), related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    language = models.CharField(_("language"), max_length=12)
    filter = models.TextField(_("filter"), blank=True)
    filter_words = models.TextField(_("filter in words"), blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(_("jurisdiction"), max_length=4, blank=True)
    columns = models.JSONField(_("columns"))
    file_format = models.CharField(_("format"), max_length=4, choices=FileFormat)
    unit = models.CharField(_("unit of amounts"), max_length=4, choices=MoneyUnit)
    personal = models.BooleanField(_("holds personal data"), default=False)
    key = models.CharField(_("key of the wish"), max_length=64)
    state = models.CharField(
        _("state"), max_length=12, choices=ExportState, default=ExportState.WAITING
    )
    rows_expected = models.PositiveIntegerField(_("rows expected"), null=True)
    rows_done = models.PositiveIntegerField(_("rows written"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), null=True)
    claim = models.UUIDField(_("claim"), null=True)
    claimed_until = models.DateTimeField(_("claimed until"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("over at"), null=True)
    expires_at = models.DateTimeField(_("expires at"), null=True)
    words = models.TextField(_("words"), blank=True)
    file = models.FileField(_("file"), upload_to=file_path, max_length=200, blank=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    taken_at = models.DateTimeField(_("last downloaded at"), null=True)
    taken_times = models.PositiveIntegerField(_("times downloaded"), default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="export_of_person"),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="export_open",
            ),
            models.Index(fields=["key", "-asked_at"], name="export_same"),
            models.Index(fields=["expires_at"], condition=Q(state="ready"), name="export_expiring"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY)
                | (~Q(file="") & ~Q(sha256="") & Q(expires_at__isnull=False)),
                name="export_ready_has_file",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(since__lte=models.F("until")),
                name="export_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.pk}"

    def time_left(self, at: datetime.datetime) -> datetime.timedelta | None:
        """How long the rest takes at the speed so far; None while nothing can be said."""
        if not (self.state == ExportState.RUNNING and self.started_at and self.rows_done):
            return None
        rest = max((self.rows_expected or 0) - self.rows_done, 0)
        return (at - self.started_at) / self.rows_done * rest


class ExportTemplate(models.Model):
    """Columns, unit and format that a person keeps under a name."""

    person = models.ForeignKey(PERSON, models.CASCADE, verbose_name=_("person"), related_name="+")
    report = models.CharField(_("list"), max_length=24)
    name = models.CharField(_("name"), max_length=30)
    columns = models.JSONField(_("columns"))
    file_format = models.CharField(_("format"), max_length=4, choices=FileFormat)
    unit = models.CharField(_("unit of amounts"), max_length=4, choices=MoneyUnit)

    class Meta:
        verbose_name = _("export template")
        verbose_name_plural = _("export templates")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "report", "name"], name="export_template_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
