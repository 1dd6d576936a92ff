"""Lists of registered contracts, each with a file that a worker makes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.rows import Contract
from torch_portal.accounts.models import Enterprise
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import MadeFile


def list_path(made: "RegistrationList", _name: str) -> str:
    """Where the file of a list lies: by year, code and the digest of its bytes."""
    return f"lists/{made.made_at:%Y}/{made.code}-{made.sha256[:12]}.pdf"


class RegistrationList(MadeFile):
    """A list of registered contracts (登记清单): worth what its contracts are worth today.

    `content` is what its file says; a list of an older portal has none until the file is made.
    """

    content = models.JSONField(_("content"), default=dict)
    pdf = models.FileField(_("file"), upload_to=list_path, max_length=200, blank=True)

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name=_("enterprise"), related_name="+"
    )
    code = models.CharField(_("verification code"), max_length=16, unique=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("made by"), related_name="+"
    )
    contracts = models.ManyToManyField(Contract, verbose_name=_("contracts"), related_name="+")

    class Meta:
        verbose_name = _("list of registered contracts")
        verbose_name_plural = _("lists of registered contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, made_by__isnull=True)
                | Q(made_at__isnull=False, made_by__isnull=False),
                name="list_made_pair",
            ),
            models.CheckConstraint(
                condition=Q(since__lte=models.F("until")), name="list_period_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(making=Making.READY) | Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="list_ready_has_digest",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(making__in=[Making.PENDING, Making.RENDERING]),
                name="list_to_make",
            )
        ]

    def __str__(self) -> str:
        return self.code
