"""The lists of a month and a jurisdiction as they stood after its end; kept for good."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, official_areas


def archive_path(archive: "MonthArchive", _name: str) -> str:
    """Where the file lies: by month, place and the digest of its bytes."""
    stem = f"{archive.jurisdiction_id}-{archive.sha256[:12]}"
    return f"archives/{archive.month:%Y-%m}/{stem}.zip"


class MonthArchiveQuerySet(models.QuerySet["MonthArchive"]):
    """Reads of archives; every one that serves a person starts from visible_to."""

    def visible_to(self, user: Person) -> "MonthArchiveQuerySet":
        """Officials see those of their jurisdictions; of all those who have the country."""
        areas = official_areas(user)
        return self.all() if None in areas else self.filter(jurisdiction_id__in=areas)


class MonthArchive(models.Model):
    """The lists of one jurisdiction, without personal columns, for one month.

    month: its first day. rows: of all its lists together.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, verbose_name=_("jurisdiction"), related_name="+"
    )
    month = models.DateField(_("month"))
    rows = models.PositiveIntegerField(_("rows"))
    file = models.FileField(_("file"), upload_to=archive_path, max_length=200)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("made at"))
    taken_times = models.PositiveIntegerField(_("times downloaded"), default=0)

    objects = MonthArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly archive")
        verbose_name_plural = _("monthly archives")
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "month"], name="month_archive_once")
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.month:%Y-%m}"
