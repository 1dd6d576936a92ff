"""The archive of a month: the lists of a jurisdiction in one file, kept with its digest."""

import datetime
import hashlib
import tempfile
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torch_portal.common.columns import Report
from torch_portal.reports.enums import MoneyUnit
from torch_portal.reports.exports import source
from torch_portal.reports.exports.archive import Packed
from torch_portal.reports.exports.writing import Sheet, write_xlsx
from torch_portal.reports.models import MonthArchive

LANGUAGE = "zh-hans"
ONE_DAY = datetime.timedelta(days=1)


def make_missing(*, at: datetime.datetime) -> int:
    """Make last month's archive of each jurisdiction that has rows and none yet; how many.

    Safe to run twice and in two workers: the second finds the rows of the first.
    """
    until = timezone.localdate(at).replace(day=1) - ONE_DAY
    since = until.replace(day=1)
    reports = _archived()
    places = {p for r in reports for p in _rows(r, since, until).values_list(r.place, flat=True)}
    made = MonthArchive.objects.filter(month=since).values_list("jurisdiction_id", flat=True)
    with translation.override(LANGUAGE):
        missing = sorted(places - {None} - set(made))
        return sum(_make(place, since, until, at) for place in missing)


def _archived() -> list[Report]:
    return [report for report in source.reports().values() if report.archived]


def _rows(report: Report, since: datetime.date, until: datetime.date, place: str = "") -> Any:
    rows = source.rows_of(report, None, "", days=(since, until), place=place)
    return rows if place else rows.order_by().distinct()


def _make(place: str, since: datetime.date, until: datetime.date, at: datetime.datetime) -> bool:
    with tempfile.TemporaryFile(prefix="archive-") as out:
        rows = _write(out, place, since, until, at)
        size = out.tell()
        out.seek(0)
        row = MonthArchive(
            jurisdiction_id=place,
            month=since,
            rows=rows,
            size=size,
            sha256=hashlib.file_digest(out, "sha256").hexdigest(),
            made_at=at,
        )
        row.file.save("archive.zip", File(out), save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another worker was quicker
        row.file.storage.delete(str(row.file.name))
        return False
    return True


def _write(
    out: Any, place: str, since: datetime.date, until: datetime.date, at: datetime.datetime
) -> int:
    """Every list as a workbook, without what says something about living people."""
    total = 0
    with Packed(out) as packed:
        for report in _archived():
            rows = _rows(report, since, until, place)
            sheet = _sheet(report, place, since, until, at)
            with tempfile.TemporaryFile(prefix="archive-") as book:
                total += write_xlsx(book, rows, sheet, lambda _rows: None)
                packed.copy(f"{report.code}.xlsx", File(book).chunks())
    return total


def _sheet(
    report: Report,
    place: str,
    since: datetime.date,
    until: datetime.date,
    at: datetime.datetime,
) -> Sheet:
    words = _("Archive of %(month)s, %(place)s") % {"month": f"{since:%Y-%m}", "place": place}
    about = [
        (_("About this export"), words),
        (_("List"), str(report.label)),
        (str(report.day_label), f"{since} – {until}"),
        (_("Written at"), f"{timezone.localtime(at):%Y-%m-%d %H:%M}"),
    ]
    return Sheet(
        report=report,
        person=None,
        columns=tuple(c for c in report.columns if not c.personal),
        unit=MoneyUnit.YUAN,
        title=str(report.label)[:28],
        mark="",
        about=about,
    )


def problems() -> list[str]:
    """Archives whose file is gone or altered; empty when all is well."""
    found = []
    for row in MonthArchive.objects.order_by("pk").iterator(100):
        try:
            with row.file.open("rb") as stream:
                same = hashlib.file_digest(stream, "sha256").hexdigest() == row.sha256
        except FileNotFoundError:
            found.append(f"monthly archive {row}: its file is gone")
        else:
            found += [] if same else [f"monthly archive {row}: its file was altered"]
    return found
