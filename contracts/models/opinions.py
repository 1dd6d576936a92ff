"""What experts handed in with their opinions: seen by officials alone, like the opinions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.after import ExpertOpinion


def opinion_file_path(file: "OpinionFile", _name: str) -> str:
    """Where the bytes lie: by opinion and digest, never by the name the user gave."""
    return f"opinions/{file.opinion_id}/{file.sha256}{file.suffix}"


class OpinionFile(models.Model):
    """A file beside an expert's opinion; checked like every attachment, and never taken back."""

    opinion = models.ForeignKey(
        ExpertOpinion, models.PROTECT, verbose_name=_("expert opinion"), related_name="files"
    )
    name = models.CharField(_("file name"), max_length=160)
    suffix = models.CharField(_("suffix"), max_length=8)
    content_type = models.CharField(_("content type"), max_length=40)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"), default=1)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    file = models.FileField(_("file"), upload_to=opinion_file_path, max_length=200)

    class Meta:
        verbose_name = _("file of an opinion")
        verbose_name_plural = _("files of opinions")
        constraints = [
            models.UniqueConstraint(fields=["opinion", "sha256"], name="opinion_file_once")
        ]

    def __str__(self) -> str:
        return self.name
