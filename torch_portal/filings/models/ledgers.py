"""Numbers given, days that differ, answers once given."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Jurisdiction


class NumberSeries(models.Model):
    """The last number given in a series; taken inside the deciding transaction, so gap-free."""

    key = models.CharField(_("series"), max_length=48, primary_key=True)
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"


class CalendarDay(models.Model):
    """A day that differs from the published calendar, nationally or in one jurisdiction."""

    day = models.DateField(_("day"))
    is_workday = models.BooleanField(_("is a working day"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    source = models.CharField(_("source document"), max_length=120)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
        related_name="+",
    )

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "jurisdiction"], name="calendar_day_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.jurisdiction_id or '*'}"


class IdempotencyKey(models.Model):
    """The answer once given to a POST with an Idempotency-Key, kept to be given again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="+"
    )
    key = models.CharField(_("key"), max_length=100)
    request_digest = models.CharField(_("digest of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    answer = models.JSONField(_("answer"), null=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.key}"


def overrides_for(jurisdiction: str) -> dict[datetime.date, bool]:
    """Calendar days that differ, the jurisdiction's own over the national ones."""
    rows = list(
        CalendarDay.objects.filter(
            Q(jurisdiction__isnull=True) | Q(jurisdiction_id=jurisdiction)
        ).values_list("jurisdiction_id", "day", "is_workday")
    )
    national = {day: work for area, day, work in rows if area is None}
    own = {day: work for area, day, work in rows if area is not None}
    return national | own


class SavedFilter(models.Model):
    """A filter of a line's list that a person keeps under a name; `query` as in the address."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="+"
    )
    line = models.CharField(_("service line"), max_length=16)
    name = models.CharField(_("name"), max_length=30)
    query = models.CharField(_("query"), max_length=600)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            models.UniqueConstraint(fields=["user", "line", "name"], name="saved_filter_once")
        ]

    def __str__(self) -> str:
        return self.name
