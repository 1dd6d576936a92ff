"""Acts on attachments, the same for every line; the line says who may and when."""

import datetime
import functools
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import standing
from torch_portal.filings import engine
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.models import Access, Attachment, AttachmentQuerySet, Filing
from torch_portal.filings.uploads import BadUpload, Infected, check_upload

Opened = tuple[Filing, Attachment | None]
COPIED = ("kind", "name", "suffix", "content_type", "size", "pages", "sha256")


def attach(
    *,
    filing: Filing,
    kind: str,
    upload: "UploadedFile[Any]",
    by: User,
    at: datetime.datetime,
    apart: bool = False,
) -> Attachment:
    """Keep a file with a filing; sending the same bytes again gives the row already there.

    `apart`: the limits of number and size count for this kind alone. Raises BadUpload with a
    sentence for the person who sent it.
    """
    checked = check_upload(upload)
    with transaction.atomic():
        Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)  # the same file sent twice
        same = filing.attachments.live().filter(kind=kind, sha256=checked.sha256).first()
        if same is not None:
            return same
        beside = filing.attachments.live()
        _check_room(beside.filter(kind=kind) if apart else beside, checked.size)
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


def report_infected(*, filing: Filing, infected: Infected, by: User, at: datetime.datetime) -> None:
    """Note on the filing that a file was refused and why; its bytes are nowhere.

    Called where the refusal leaves the building: what refused it was rolled back.
    """
    engine.record(filing, "refuse_file", by=by, at=at, data=infected.trace)


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


def forget_contents(*, filing: Filing, day: datetime.date, at: datetime.datetime) -> None:
    """Delete the bytes and names of a filing's files and say so in its history.

    The rows stay with kind, size and digest; events and certificates are not touched. The line
    empties its own columns in the same transaction.
    """
    with transaction.atomic():
        files = list(filing.attachments.filter(forgotten_on__isnull=True))
        filing.attachments.filter(forgotten_on__isnull=True).update(name="—", forgotten_on=day)
        filing.registry_lookups.all().delete()
        Filing.objects.filter(pk=filing.pk).update(forgotten_on=day)
        engine.record(filing, "forget", by=None, at=at, data={"files": len(files)})
        for attachment in files:
            delete = functools.partial(attachment.file.storage.delete, str(attachment.file.name))
            transaction.on_commit(delete)


def note_access(
    *,
    filing: Filing,
    kind: str,
    by: User,
    at: datetime.datetime,
    attachment: Attachment | None = None,
) -> None:
    """Note that somebody in office looked at a filing; one statement, none for its own people.

    网络安全法 第二十一条: such records are kept for six months at least.
    """
    if filing.enterprise_id in standing(by).member_of:
        return
    Access.objects.create(filing=filing, kind=kind, attachment=attachment, seen_by=by, seen_at=at)


def note_accesses(opened: Iterable[Opened], *, by: User, at: datetime.datetime) -> None:
    """The same for many at once: a filing, or with a file beside it that file."""
    own = standing(by).member_of
    Access.objects.bulk_create(
        Access(
            filing=filing,
            kind=AccessKind.FILE if file else AccessKind.PAGE,
            attachment=file,
            seen_by=by,
            seen_at=at,
        )
        for filing, file in opened
        if filing.enterprise_id not in own
    )


def _trace(attachment: Attachment) -> dict[str, Any]:
    return {
        "kind": attachment.kind,
        "name": attachment.name,
        "size": attachment.size,
        "sha256": attachment.sha256,
    }


def _check_room(beside: AttachmentQuerySet, size: int) -> None:
    used = beside.aggregate(count=Count("id"), total=Sum("size"))
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
