"""Certificates: frozen content, one file, a public code, a status that verification reads live."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Person
from torch_portal.certificates.enums import DocumentKind, Making, Status
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


class MadeFile(models.Model):
    """A file that a worker makes from frozen `content`.

    The work lies in the row (making, attempts, due_at, claim), so no broker can lose it.
    """

    content = models.JSONField(_("content"))
    making = models.CharField(_("making"), max_length=12, choices=Making, default=Making.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"))
    claim = models.UUIDField(_("claim"), null=True)
    claimed_until = models.DateTimeField(_("claimed until"), null=True)
    last_error = models.TextField(_("last error"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    rendered_at = models.DateTimeField(_("made at"), null=True)

    class Meta:
        abstract = True


class Certificate(MadeFile):
    """One version of a certificate.

    `content` is frozen at issue: the file can be made again years later, alike.
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
    pdf = models.FileField(_("file"), upload_to=pdf_path, max_length=200, blank=True)

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


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reads of documents."""

    def visible_to(self, user: Person) -> "DocumentQuerySet":
        """Documents of the filings that this person may see."""
        return self.filter(may_see(user, "filing__"))


def document_path(document: "Document", _name: str) -> str:
    """Where the file lies: by year, number and the digest of its bytes."""
    return f"documents/{document.issued_at:%Y}/{document.number}-{document.sha256[:12]}.pdf"


class Document(MadeFile):
    """A receipt or notice that an enterprise was given on a filing (收件回执, 补正通知书 ...).

    `issued_by` is who made the act that called for it.
    """

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="documents"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=DocumentKind)
    number = models.CharField(_("number"), max_length=40, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("issued by"), related_name="+"
    )
    pdf = models.FileField(_("file"), upload_to=document_path, max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=~Q(making=Making.READY) | Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="document_ready_has_digest",
            ),
        ]
        indexes = [
            models.Index(fields=["filing", "issued_at"], name="document_of_filing"),
            models.Index(
                fields=["due_at"],
                condition=Q(making__in=[Making.PENDING, Making.RENDERING]),
                name="document_to_make",
            ),
        ]

    def __str__(self) -> str:
        return self.number
