"""Closed periods: the tables of a place as they were frozen, version beside version."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, official_areas


class FrozenQuerySet(models.QuerySet["FrozenTables"]):
    """Reads of frozen tables; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "FrozenQuerySet":
        """Officials see those of their jurisdictions; of the whole country those who have it."""
        areas = official_areas(user)
        return self.all() if None in areas else self.filter(jurisdiction_id__in=areas)


class FrozenTables(models.Model):
    """T1 to T10 of a place and a period that is over; written once, never changed.

    jurisdiction: empty for the whole country. tables: as build.as_plain gives them. before:
    digest of the version before, so that versions form a chain. reason: of a correction.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, verbose_name=_("jurisdiction"), related_name="+"
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    tables = models.JSONField(_("tables"))
    before = models.CharField(_("digest of the version before"), max_length=64, blank=True)
    sha256 = models.CharField(_("digest"), max_length=64)
    reason = models.TextField(_("reason"), blank=True)
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("frozen by"), related_name="+"
    )

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen tables")
        verbose_name_plural = _("frozen tables")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "since", "until", "version"],
                name="frozen_version_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(since__lte=F("until")), name="frozen_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(version=1, before="", reason="")
                | (Q(version__gt=1) & ~Q(before="") & ~Q(reason="")),
                name="frozen_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id or '*'} {self.since}—{self.until} v{self.version}"

    def statement(self) -> dict[str, Any]:
        """What the digest is taken of."""
        return {
            "jurisdiction": self.jurisdiction_id or "",
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "version": self.version,
            "before": self.before,
            "reason": self.reason,
            "tables": self.tables,
        }

    def digest(self) -> str:
        """SHA-256 of the statement as JSON with sorted keys and no blanks, UTF-8."""
        text = json.dumps(
            self.statement(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def intact(self) -> bool:
        """Whether the row still says what its digest was taken of."""
        return self.digest() == self.sha256
