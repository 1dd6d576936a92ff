"""The signed digest of one day of the event log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


def signature_path(digest: "DayDigest", _name: str) -> str:
    """Beside the statement that it signs."""
    return f"digests/{digest.day:%Y}/{digest.day:%Y-%m-%d}.p7s"


def payload_path(digest: "DayDigest", _name: str) -> str:
    """By day."""
    return f"digests/{digest.day:%Y}/{digest.day:%Y-%m-%d}.json"


class DayDigest(models.Model):
    """What the event log held at the end of a day, signed; kept as a row and as two files.

    `payload` is the statement (JSON text: the day, the digest over its events, table counts, the
    digest of the day before), `signature` the detached CMS over exactly these bytes.
    """

    day = models.DateField(_("day"), unique=True)
    events = models.PositiveIntegerField(_("events of the day"))
    payload = models.TextField(_("statement"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    signature = models.BinaryField(_("signature"))
    stamped = models.BooleanField(_("with time stamp"), default=False)
    made_at = models.DateTimeField(_("made at"))
    payload_file = models.FileField(_("statement (file)"), upload_to=payload_path, max_length=200)
    signature_file = models.FileField(
        _("signature (file)"), upload_to=signature_path, max_length=200
    )

    class Meta:
        verbose_name = _("daily digest")
        verbose_name_plural = _("daily digests")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="digest_has_sha256"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
