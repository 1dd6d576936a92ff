"""Certificates: frozen content, one file, a public code, a status that verification reads live."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Person
from torch_portal.certificates.enums import Making, Status
from torch_portal.filings.models import Filing, may_see


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Reads of certificates."""

    def visible_to(self, user: Person) -> "CertificateQuerySet":
        """Certificates of the filings that this person may see."""
        return self.filter(may_see(user, "filing__"))


def pdf_path(certificate: "Certificate", _name: str) -> str:
    """Where the file lies: by year, number, version and the digest of its bytes."""
    year = f"{certificate.issued_at:%Y}"
    stem = f"{certificate.number}-v{certificate.version}-{certificate.sha256[:12]}"
    return f"certificates/{year}/{stem}.pdf"


class Certificate(models.Model):
    """One version of a certificate.

    `content` is frozen at issue: the file can be made again years later, alike. Making the file
    is work in this row (making, attempts, due_at, claim), so no broker can lose it.
    """

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="certificates"
    )
    template = models.CharField(_("template"), max_length=32)
    number = models.CharField(_("registration number"), max_length=32)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("supersedes"),
        related_name="superseded_by",
    )
    verify_code = models.CharField(_("verification code"), max_length=16, unique=True)
    content = models.JSONField(_("content"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.VALID)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("ended by"),
        related_name="+",
    )
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("issued by"), related_name="+"
    )
    making = models.CharField(_("making"), max_length=12, choices=Making, default=Making.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"))
    claim = models.UUIDField(_("claim"), null=True)
    claimed_until = models.DateTimeField(_("claimed until"), null=True)
    last_error = models.TextField(_("last error"), blank=True)
    pdf = models.FileField(_("file"), upload_to=pdf_path, max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    rendered_at = models.DateTimeField(_("made at"), null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="certificate_version_once"),
            models.CheckConstraint(
                condition=~Q(making=Making.READY) | Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="certificate_ready_has_digest",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, status=Status.VALID)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(status=Status.VALID)),
                name="certificate_ended_pair",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=False, issued_by__isnull=False),
                name="certificate_issued_pair",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(making__in=[Making.PENDING, Making.RENDERING]),
                name="certificate_to_make",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}"
