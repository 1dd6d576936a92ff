"""Tables that an enterprise brings in, row by row, until each row has become a filing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import Person, standing
from torch_portal.filings.models.covers import Filing


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Reads of runs."""

    def visible_to(self, user: Person) -> "ImportRunQuerySet":
        """Runs of the enterprises to which this person belongs; nobody else sees them."""
        return self.filter(enterprise_id__in=standing(user).member_of)


class ImportRun(models.Model):
    """One table that was sent. heads: words of its columns; columns: what each is taken for.

    columns: {place of the column: {"field", "unit"}}; empty until the person has said so.
    left_out: rows that were recognised as titles, totals or notes, as [number, words].
    """

    line = models.CharField(_("service line"), max_length=16)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="import_runs"
    )
    name = models.CharField(_("file name"), max_length=160)
    sheet = models.CharField(_("sheet"), max_length=80, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    heads = models.JSONField(_("heads"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    left_out = models.JSONField(_("rows that are no entries"), default=list)
    created_at = models.DateTimeField(_("created at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("created by"), related_name="+"
    )
    dropped_at = models.DateTimeField(_("dropped at"), null=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("dropped by"),
        related_name="+",
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["enterprise", "-created_at"], name="import_recent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(created_at__isnull=False, created_by__isnull=False),
                name="import_created_pair",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
                name="import_dropped_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.created_at:%Y-%m-%d}"


class ImportRow(models.Model):
    """One row of a table. cells: as they came, by column; mended: what was typed over, by field.

    bad: something stops it. warned: something should be looked at. skipped: the person leaves it
    out. filing: the draft that it has become, which makes taking it twice impossible.
    """

    run = models.ForeignKey(
        ImportRun, models.CASCADE, verbose_name=_("import"), related_name="rows"
    )
    number = models.PositiveIntegerField(_("row of the sheet"))
    cells = models.JSONField(_("cells"), default=list)
    mended = models.JSONField(_("mended"), default=dict)
    hidden = models.BooleanField(_("hidden in the sheet"), default=False)
    bad = models.BooleanField(_("to be mended"), default=False)
    warned = models.BooleanField(_("to be looked at"), default=False)
    skipped = models.BooleanField(_("left out"), default=False)
    filing = models.ForeignKey(
        Filing, models.PROTECT, null=True, verbose_name=_("filing"), related_name="+"
    )

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class ImportHabit(models.Model):
    """What an enterprise's own heads and words mean, remembered from its last tables.

    columns: {plain head: {"field", "unit"}}; words: {field: {word as typed: code}}.
    """

    line = models.CharField(_("service line"), max_length=16)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="import_habits"
    )
    columns = models.JSONField(_("columns"), default=dict)
    words = models.JSONField(_("words"), default=dict)

    class Meta:
        verbose_name = _("import habit")
        verbose_name_plural = _("import habits")
        constraints = [
            models.UniqueConstraint(fields=["line", "enterprise"], name="import_habit_once")
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.enterprise_id}"
