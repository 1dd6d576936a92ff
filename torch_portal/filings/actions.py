"""Acts on attachments, the same for every line; the line says who may and when."""

import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.filings import engine
from torch_portal.filings.models import Attachment, Filing
from torch_portal.filings.uploads import BadUpload, check_upload

COPIED = ("kind", "name", "suffix", "content_type", "size", "pages", "sha256")


def attach(
    *, filing: Filing, kind: str, upload: "UploadedFile[Any]", by: User, at: datetime.datetime
) -> Attachment:
    """Keep a file with a filing; sending the same bytes again gives the row already there.

    Raises BadUpload with a sentence for the person who sent it.
    """
    checked = check_upload(upload)
    with transaction.atomic():
        Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)  # the same file sent twice
        same = filing.attachments.live().filter(kind=kind, sha256=checked.sha256).first()
        if same is not None:
            return same
        _check_room(filing, checked.size)
        attachment = Attachment(
            filing=filing,
            kind=kind,
            name=checked.name,
            suffix=checked.suffix,
            content_type=checked.content_type,
            size=checked.size,
            pages=checked.pages,
            sha256=checked.sha256,
            uploaded_at=at,
            uploaded_by=by,
        )
        attachment.file.save(checked.name, upload, save=False)
        attachment.save()
        engine.record(filing, "attach", by=by, at=at, data=_trace(attachment))
    return attachment


def share(*, attachment: Attachment, filing: Filing, by: User, at: datetime.datetime) -> Attachment:
    """Keep a file of one filing with another as well; the bytes were checked when they came."""
    copied = Attachment(
        filing=filing,
        uploaded_at=at,
        uploaded_by=by,
        **{name: getattr(attachment, name) for name in COPIED},
    )
    with transaction.atomic():
        with attachment.file.open("rb") as content:
            copied.file.save(attachment.name, content, save=False)
        copied.save()
        engine.record(filing, "attach", by=by, at=at, data=_trace(copied))
    return copied


def detach(*, attachment: Attachment, by: User, at: datetime.datetime) -> None:
    """Take a file out of the filing; its bytes and the act stay on record. Twice is once."""
    with transaction.atomic():
        removed = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(
            removed_at=at, removed_by=by
        )
        if removed:
            engine.record(attachment.filing, "detach", by=by, at=at, data=_trace(attachment))


def _trace(attachment: Attachment) -> dict[str, Any]:
    return {
        "kind": attachment.kind,
        "name": attachment.name,
        "size": attachment.size,
        "sha256": attachment.sha256,
    }


def _check_room(filing: Filing, size: int) -> None:
    used = filing.attachments.live().aggregate(count=Count("id"), total=Sum("size"))
    if used["count"] >= settings.ATTACHMENTS_MAX_COUNT:
        raise BadUpload(
            _("A filing holds at most %(count)s files. Join pages into one PDF.")
            % {"count": settings.ATTACHMENTS_MAX_COUNT}
        )
    if (used["total"] or 0) + size > settings.ATTACHMENTS_MAX_BYTES:
        raise BadUpload(
            _("All files of a filing together may have at most %(limit)s MB.")
            % {"limit": settings.ATTACHMENTS_MAX_BYTES // 1024**2}
        )
