"""Questions to the registry of enterprises about the parties of a filing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.filings.enums import LookupState
from torch_portal.filings.models.covers import Filing


class RegistryLookup(models.Model):
    """One credit code of one filing: the row is the work, the queue only makes it soon.

    `claimed_until` says, while waiting, that the queue has it; while asking, that a worker has
    it. The answer is kept beside what was typed and never written over it.
    """

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="registry_lookups"
    )
    code = models.CharField(_("credit code"), max_length=18)
    state = models.CharField(_("state"), max_length=8, choices=LookupState)
    name = models.CharField(_("name"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    division = models.CharField(_("division"), max_length=6, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("to be asked at"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("registry look-up")
        verbose_name_plural = _("registry look-ups")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[LookupState.WAITING, LookupState.ASKING]),
                name="registry_lookup_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["filing", "code"], name="registry_lookup_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[LookupState.FOUND, LookupState.UNKNOWN], answered_at__isnull=False
                )
                | Q(
                    state__in=[LookupState.WAITING, LookupState.ASKING, LookupState.FAILED],
                    answered_at__isnull=True,
                ),
                name="registry_lookup_answered_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"
