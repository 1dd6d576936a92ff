"""The work of writing an export, which lies in its row: claimed, told as it goes, kept."""

import datetime
import hashlib
import logging
import tempfile
import time
import uuid
from typing import Any

from django.core.files import File
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.actions import Opened, note_accesses
from torch_portal.reports.enums import ExportState, MoneyUnit
from torch_portal.reports.exports import source
from torch_portal.reports.exports.archive import write_zip
from torch_portal.reports.exports.wishes import Wish, findings
from torch_portal.reports.exports.writing import Sheet, write_csv, write_xlsx
from torch_portal.reports.models import Export

log = logging.getLogger(__name__)
ATTEMPTS = 3
LEASE = datetime.timedelta(minutes=2)  # lengthened with every sign of progress
RETRY = datetime.timedelta(seconds=30)
FORMATS = {"xlsx": write_xlsx, "csv": write_csv, "zip": write_zip}
KEPT = datetime.timedelta(days=3)
KEPT_PERSONAL = datetime.timedelta(days=1)


class Cancelled(Exception):
    """The row is no longer this worker's: cancelled, or taken by another one."""


def run(*, export_id: int, at: datetime.datetime) -> int:
    """Write an export; safe to run twice and in two workers. Returns the rows written.

    A worker that died left nothing behind but its claim: the next one begins anew, so that all
    rows are those of one moment.
    """
    export = _take(export_id, at)
    if export is None:
        return 0
    with translation.override(export.language):
        try:
            return _write(export, at)
        except Cancelled:
            log.info("export %s was cancelled while it was written", export_id)
        except Refused as refused:
            _end(export, at, "\n".join(f.text() for f in refused.findings))
        except Denied as denied:
            _end(export, at, str(denied))
        except Exception:
            log.exception("export %s", export_id)
            _put_back(export, at)
    return 0


def _take(export_id: int, at: datetime.datetime) -> Export | None:
    """Claim the row for the length of a lease; None when there is nothing to do."""
    free = Q(state=ExportState.WAITING) | Q(state=ExportState.RUNNING, claimed_until__lt=at)
    rows = Export.objects.filter(free, pk=export_id)
    if rows.filter(attempts__gte=ATTEMPTS).update(
        state=ExportState.FAILED, ended_at=at, due_at=None, words=_given_up()
    ):
        return None
    claimed = rows.update(
        state=ExportState.RUNNING,
        claim=uuid.uuid4(),
        claimed_until=at + LEASE,
        due_at=at + LEASE,
        attempts=F("attempts") + 1,
        started_at=at,
        rows_done=0,
    )
    return Export.objects.get(pk=export_id) if claimed else None


def _given_up() -> str:
    return _("The worker stopped at it several times. Try it again, or with fewer rows.")


def _mine(export: Export) -> Any:
    return Export.objects.filter(pk=export.pk, claim=export.claim, state=ExportState.RUNNING)


def _write(export: Export, at: datetime.datetime) -> int:
    report = source.reports()[export.report]
    person = User.objects.get(pk=export.person_id) if export.person_id else None
    wish = wish_of(export)
    if found := findings(wish, person):
        raise Refused(found)
    rows = source.rows_of(
        report, person, export.filter, days=(export.since, export.until), place=export.place
    )
    expected = rows.order_by().count()
    if not _mine(export).update(rows_expected=expected):
        raise Cancelled
    pulse = Pulse(export, at)
    sheet = _sheet(export, wish, person)
    with tempfile.TemporaryFile(prefix="export-") as out:
        try:
            written = FORMATS[export.file_format](out, rows, sheet, pulse)
        except Cancelled:
            connection.close()  # in the middle of COPY
            raise
        finally:
            pulse.close()
        words = _vanished(expected - written) if written < expected else ""
        more = {"rows_done": written, "words": words}
        _keep(export, out, opened=sheet.opened, by=person, at=pulse.now(), more=more)
    return written


def _keep(
    export: Export,
    out: Any,
    *,
    opened: list[Opened],
    by: User | None,
    at: datetime.datetime,
    more: dict[str, Any],
) -> None:
    """Store the file, then the row with what was opened for it, if it is still ours; else the
    file goes again."""
    out.seek(0)
    digest = hashlib.file_digest(out, "sha256").hexdigest()
    size = out.tell()
    out.seek(0)
    export.file.save(f"{export.report}.{export.file_format}", File(out), save=False)
    with transaction.atomic():
        kept = _mine(export).update(
            state=ExportState.READY,
            file=export.file.name,
            sha256=digest,
            size=size,
            ended_at=at,
            expires_at=at + (KEPT_PERSONAL if export.personal else KEPT),
            due_at=None,
            claim=None,
            claimed_until=None,
            **more,
        )
        if kept and by is not None:
            note_accesses(opened, by=by, at=at)
    if not kept:
        export.file.storage.delete(str(export.file.name))
        raise Cancelled


def _vanished(count: int) -> str:
    words = _(
        "%(count)d rows that were counted at the beginning had left the list when it was written. "
        "The file holds the list as it stood then."
    )
    return words % {"count": count}


class Pulse:
    """Says how far the writing is, and hears whether it is still wanted.

    On a connection of its own: that of the rows is busy with COPY.
    """

    def __init__(self, export: Export, at: datetime.datetime) -> None:
        self.export, self.at = export, at
        self.began = time.monotonic()
        self.line: Any = None

    def now(self) -> datetime.datetime:
        """The moment, counted from the beginning."""
        return self.at + datetime.timedelta(seconds=time.monotonic() - self.began)

    def __call__(self, rows: int) -> None:
        """So many rows are written; Cancelled when nobody wants the rest."""
        if self.line is None:
            self.line = connection.copy()
        until = self.now() + LEASE
        with self.line.cursor() as cursor:
            cursor.execute(
                "UPDATE reports_export SET rows_done = %s, claimed_until = %s, due_at = %s"
                " WHERE id = %s AND claim = %s AND state = %s",
                [rows, until, until, self.export.pk, self.export.claim, ExportState.RUNNING.value],
            )
            if not cursor.rowcount:
                raise Cancelled

    def close(self) -> None:
        """Give the connection back."""
        if self.line is not None:
            self.line.close()


def _end(export: Export, at: datetime.datetime, words: str) -> None:
    _mine(export).update(
        state=ExportState.FAILED, ended_at=at, due_at=None, claim=None, words=words
    )


def _put_back(export: Export, at: datetime.datetime) -> None:
    last = export.attempts >= ATTEMPTS
    _mine(export).update(
        state=ExportState.FAILED if last else ExportState.WAITING,
        words=_("It failed for a reason that the operators have to look at."),
        ended_at=at if last else None,
        due_at=None if last else at + RETRY * 2**export.attempts,
        claim=None,
        claimed_until=None,
    )


def wish_of(export: Export) -> Wish:
    """The wish behind a row."""
    return Wish(
        report=source.reports()[export.report],
        columns=tuple(export.columns),
        file_format=export.file_format,
        unit=export.unit,
        filter=export.filter,
        since=export.since,
        until=export.until,
        place=export.place,
    )


def _sheet(export: Export, wish: Wish, person: User | None) -> Sheet:
    who = (person.get_full_name() or person.username) if person else _("console")
    when = f"{timezone.localtime(export.asked_at):%Y-%m-%d %H:%M}"
    number = _("Export %(number)s") % {"number": export.pk}
    mark = f"{number} · {who} · {when}"
    days = f"{export.since or ''} – {export.until or ''}" if export.since or export.until else ""
    about = [
        (_("About this export"), mark),
        (_("List"), str(wish.report.label)),
        (_("Filter"), export.filter_words.replace("\n", "；")),
        (str(wish.report.day_label), days),
        (_("Jurisdiction"), export.place),
        (_("Unit of amounts"), str(MoneyUnit(export.unit).label)),
    ]
    if export.personal:
        words = _("Holds personal data: every row names who took it out. Do not pass it on.")
        about.append((_("Personal data"), words))
    return Sheet(
        report=wish.report,
        person=person,
        columns=wish.chosen,
        unit=export.unit,
        title=str(wish.report.label)[:28],
        mark=mark if export.personal else "",
        about=[(what, words) for what, words in about if words],
    )
