"""Acts on exports: ask, cancel, resume; and what beat does for them."""

import datetime
import logging
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.common.queueing import queue, queue_on_commit
from torch_portal.reports.enums import ExportState, FileFormat
from torch_portal.reports.exports import archive, source
from torch_portal.reports.exports.wishes import Wish, expressed, findings
from torch_portal.reports.exports.work import LEASE, RETRY, wish_of
from torch_portal.reports.models import Export

log = logging.getLogger(__name__)
WRITE = "torch_portal.reports.tasks.write_export"
REUSED = datetime.timedelta(minutes=10)
OPEN = (ExportState.WAITING, ExportState.RUNNING)


@transaction.atomic
def ask(
    *,
    wish: Wish,
    by: User | None,
    at: datetime.datetime,
    anew: bool = False,
    later: bool = True,
) -> Export:
    """Note an export and hand it to the worker; the same one of minutes ago is given again.

    by: None for the console. anew: write it even if the same lies there. later: False for a
    caller who writes it at once. Refused with everything that speaks against it.
    """
    if found := findings(wish, by):
        raise Refused(found)
    if wish.file_format == FileFormat.ZIP:
        archive.check(_rows(wish, by))
    language = translation.get_language() or ""
    key = wish.key(by.pk if by else None, language)
    if not anew and (same := _same(key, at)):
        return same
    words = source.filter_words(source.listing(wish.report, by, wish.filter)) if by else []
    export = Export.objects.create(
        report=wish.report.code,
        person=by,
        asked_at=at,
        language=language,
        filter=wish.filter,
        filter_words="\n".join(f"{what}: {which}" for what, which in words),
        since=wish.since,
        until=wish.until,
        place=wish.place,
        columns=expressed(wish.chosen),
        file_format=wish.file_format,
        unit=wish.unit,
        personal=wish.personal,
        key=key,
        due_at=at + RETRY,
    )
    if later:
        queue_on_commit(WRITE, export_id=export.pk)
    return export


def _rows(wish: Wish, by: User | None) -> QuerySet[Any]:
    days = (wish.since, wish.until)
    return source.rows_of(wish.report, by, wish.filter, days=days, place=wish.place)


def _same(key: str, at: datetime.datetime) -> Export | None:
    ready = Q(state=ExportState.READY, ended_at__gte=at - REUSED, expires_at__gt=at)
    rows = Export.objects.filter(Q(state__in=OPEN) | ready, key=key)
    return rows.order_by("-asked_at").first()


def _refused(code: str, words: str) -> Refused:
    return Refused([Finding(code, Level.BLOCK, "", words, "")])


def cancel(*, export: Export, by: User, at: datetime.datetime) -> None:
    """Stop it, begun or not; the worker notices within a second. Refused when it is over."""
    _check_own(export, by)
    open_ = Export.objects.filter(pk=export.pk, state__in=OPEN)
    if not open_.update(state=ExportState.CANCELLED, ended_at=at, due_at=None, claim=None):
        raise _refused("EXPORT-11", _("This export is over already: there is nothing to cancel."))


@transaction.atomic
def resume(*, export: Export, by: User, at: datetime.datetime) -> None:
    """Have one written that failed. Refused for every other."""
    _check_own(export, by)
    failed = Export.objects.filter(pk=export.pk, state=ExportState.FAILED)
    if failed.update(
        state=ExportState.WAITING, attempts=0, rows_done=0, words="", ended_at=None, due_at=at
    ):
        queue_on_commit(WRITE, export_id=export.pk)
        return
    export.refresh_from_db(fields=["state"])
    raise _refused(
        "EXPORT-12",
        {
            ExportState.CANCELLED: _("This export was cancelled. Ask for it anew from the list."),
            ExportState.EXPIRED: _("This file has expired. Ask for it anew from the list."),
            ExportState.READY: _("This export is ready: there is nothing to resume."),
        }.get(ExportState(export.state), _("This export is being written already.")),
    )


def _check_own(export: Export, by: User) -> None:
    if export.person_id != by.pk:
        raise Denied(_("This is somebody else's export."))


def ask_again(*, export: Export, by: User, at: datetime.datetime) -> None:
    """Ask for the same list anew, whatever became of this one."""
    _check_own(export, by)
    if export.report not in source.reports():
        raise _refused("EXPORT-13", _("This list is not exported any more."))
    with translation.override(export.language):
        ask(wish=wish_of(export), by=by, at=at, anew=True)


def take(*, export: Export, by: User, at: datetime.datetime) -> None:
    """Note that the file is downloaded. Refused when there is none (any more)."""
    _check_own(export, by)
    ready = Export.objects.filter(pk=export.pk, state=ExportState.READY, expires_at__gt=at)
    if ready.update(taken_at=at, taken_times=F("taken_times") + 1):
        return
    if export.state in (ExportState.READY, ExportState.EXPIRED):
        raise _refused("EXPORT-14", _("This file has expired. Ask for it anew from the list."))
    raise _refused("EXPORT-15", _("There is no file yet: it is shown here when it is ready."))


def sweep(*, at: datetime.datetime) -> int:
    """Queue again what a worker left lying; take files away whose time is over."""
    left = list(Export.objects.filter(state__in=OPEN, due_at__lte=at).order_by("due_at")[:100])
    for export in left:
        Export.objects.filter(pk=export.pk, due_at=export.due_at).update(due_at=at + LEASE)
        queue(WRITE, export_id=export.pk)
    over = Export.objects.filter(state=ExportState.READY, expires_at__lte=at)
    for export in over.order_by("expires_at")[:100]:
        expired = Export.objects.filter(pk=export.pk, state=ExportState.READY)
        if expired.update(state=ExportState.EXPIRED, file=""):
            export.file.storage.delete(str(export.file.name))
    return len(left)
