"""Tables that an enterprise brings in, row by row, until each row has become a filing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import Person, standing
from torch_portal.filings.enums import ImportState
from torch_portal.filings.models.covers import Filing


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Reads of runs."""

    def visible_to(self, user: Person) -> "ImportRunQuerySet":
        """Runs of the enterprises to which this person belongs; nobody else sees them."""
        return self.filter(enterprise_id__in=standing(user).member_of)


def import_path(run: "ImportRun", _name: str) -> str:
    """Where a table waits to be read: by digest, never by the name the user gave."""
    return f"imports/{run.enterprise_id}/{run.sha256}"


class ImportRun(models.Model):
    """One table that was sent. heads: words of its columns; columns: what each is taken for.

    file: until it is read. left: number of the sheet's first column. columns: {place of the column:
    {"field", "unit"}}; empty until the person has said so. left_out: rows that were recognised as
    titles, totals or notes, as [number, words].
    round: counts the checks of the whole table; a row of an earlier round is still to be checked.
    survey: what the line found looking over the whole table. tally: rows by how they stand.
    readings: what has to be confirmed, as [column, typed, shown, code, rows].
    whole, taker: whether all rows or none become drafts, and who asked. words: what ended the work.
    rows_done, attempts, due_at: how far the work is, how often it was begun since then without
    getting further, and when it is begun again.
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
    file = models.FileField(_("file"), upload_to=import_path, max_length=200, blank=True)
    left = models.PositiveSmallIntegerField(_("first column"), default=1)
    language = models.CharField(_("language"), max_length=12, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ImportState, default=ImportState.READY
    )
    round = models.PositiveIntegerField(_("round of checks"), default=1)
    survey = models.JSONField(_("survey"), default=dict)
    tally = models.JSONField(_("rows by how they stand"), default=dict)
    readings = models.JSONField(_("readings to confirm"), default=list)
    whole = models.BooleanField(_("all rows or none"), default=False)
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("taken by"),
        related_name="+",
    )
    words = models.TextField(_("words"), blank=True)
    rows_all = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), null=True)
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
        indexes = [
            models.Index(fields=["enterprise", "-created_at"], name="import_recent"),
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="import_working"
            ),
        ]
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
    round: the round of checks that looked at it last. findings: {"level", "name", "message",
    "cell"}, worst first. readings: what was not taken word for word, as [column, typed, shown,
    code]. key: the same for two rows that say the same.
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
    round = models.PositiveIntegerField(_("round of checks"), default=0)
    findings = models.JSONField(_("findings"), default=list)
    readings = models.JSONField(_("readings to confirm"), default=list)
    key = models.CharField(_("key"), max_length=16, blank=True)
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
