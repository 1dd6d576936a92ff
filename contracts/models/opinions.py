"""What experts handed in with their opinions: seen by officials alone, like the opinions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.after import ExpertOpinion
from torch_portal.filings.models import KeptFile


def opinion_file_path(file: "OpinionFile", _name: str) -> str:
    """Where the bytes lie: by opinion and digest, never by the name the user gave."""
    return f"opinions/{file.opinion_id}/{file.sha256}{file.suffix}"


class OpinionFile(KeptFile):
    """A file beside an expert's opinion; checked like every attachment, and never taken back."""

    opinion = models.ForeignKey(
        ExpertOpinion, models.PROTECT, verbose_name=_("expert opinion"), related_name="files"
    )
    file = models.FileField(_("file"), upload_to=opinion_file_path, max_length=200)

    class Meta:
        verbose_name = _("file of an opinion")
        verbose_name_plural = _("files of opinions")
        constraints = [
            models.UniqueConstraint(fields=["opinion", "sha256"], name="opinion_file_once")
        ]
