"""What lies inside the cover: attachments and correction lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import Person
from torch_portal.filings.enums import Problem
from torch_portal.filings.models.covers import Filing, may_see


def attachment_path(attachment: "Attachment", _name: str) -> str:
    """Where the bytes lie: by filing and digest, never by the name the user gave."""
    return f"attachments/{attachment.filing_id}/{attachment.sha256}{attachment.suffix}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Reads of attachments."""

    def live(self) -> "AttachmentQuerySet":
        """Those that count: not removed by the enterprise, not forgotten."""
        return self.filter(removed_at__isnull=True, forgotten_on__isnull=True)

    def visible_to(self, user: Person) -> "AttachmentQuerySet":
        """Attachments of the filings that this person may see."""
        return self.filter(may_see(user, "filing__"))


class Attachment(models.Model):
    """One file of a filing. Removing hides it; the bytes stay for the record."""

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="attachments"
    )
    kind = models.CharField(_("kind"), max_length=24)
    name = models.CharField(_("file name"), max_length=160)
    suffix = models.CharField(_("suffix"), max_length=8)
    content_type = models.CharField(_("content type"), max_length=40)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"), default=1)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=200)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("uploaded by"), related_name="+"
    )
    removed_at = models.DateTimeField(_("removed at"), null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("removed by"),
        related_name="+",
    )
    forgotten_on = models.DateField(_("bytes forgotten on"), null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "kind", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="attachment_once",
            ),
            models.CheckConstraint(
                condition=Q(uploaded_at__isnull=False, uploaded_by__isnull=False),
                name="attachment_uploaded_pair",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CorrectionItem(models.Model):
    """One item of the complete list with which a filing was returned (一次告知).

    `before` and `after` are the entry as people read it, in Chinese, when the list was sent and
    when the filing came back.
    """

    filing = models.ForeignKey(
        Filing, models.PROTECT, verbose_name=_("filing"), related_name="corrections"
    )
    round = models.PositiveSmallIntegerField(_("round"))
    field = models.CharField(_("field"), max_length=40, blank=True)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem)
    remedy = models.CharField(_("what to do"), max_length=400)
    clause = models.CharField(_("clause"), max_length=120, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked by"), related_name="+"
    )
    before = models.TextField(_("entry when it was asked for"), blank=True)
    after = models.TextField(_("entry when it came back"), blank=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("correction item")
        verbose_name_plural = _("correction items")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False, asked_by__isnull=False),
                name="correction_asked_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id}/{self.round} {self.field}: {self.remedy}"
