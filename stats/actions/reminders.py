"""Reminders to respondents: drafts left lying, the last day, the signed scan.

Each is written once: its key names the return, the occasion and the day counted from.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from stats.enums import FILED, RoundState
from stats.models import Return
from torch_portal.filings import reminding
from torch_portal.filings.enums import Stage
from torch_portal.filings.wording import long_date
from torch_portal.notices import actions as notices

CLOSING_DAYS = (1, 3, 7)
SCAN_DAYS = (7, 0)
# After the day itself the scan is asked for once a week, so many times.
SCAN_AGAIN = (7, 14, 21)


def remind(*, at: datetime.datetime) -> int:
    """Write today's reminders; returns how many there are to write, written before or not.

    Drafts: 7 and 30 days after the last save. The end of the window: 7, 3 and 1 days before,
    while the return is with the respondent. The signed scan: 7 days before its day, on it, and
    weekly for three weeks after it.
    """
    day = timezone.localdate(at)
    drafts = reminding.left_lying(Return.objects.select_related("round"), at, _title)
    return sum(reminding.write(rows, at) for rows in (drafts, _closing(day), _scans(day)))


def _closing(day: datetime.date) -> Iterable[notices.Letter]:
    last = day + datetime.timedelta(days=max(CLOSING_DAYS))
    mine = Return.objects.filter(
        round__state=RoundState.OPEN,
        round__closes_on__gte=day,
        round__closes_on__lte=last,
        filing__stage__in=[Stage.DRAFT, Stage.CORRECTING],
    )
    rows = reminding.wanted(mine, "terms").select_related("round")
    for report in rows.iterator(reminding.AT_ONCE):
        left = (report.round.closes_on - day).days
        days = next(d for d in CLOSING_DAYS if left <= d)
        yield _letter(
            report,
            f"closing-{days}-{report.round.closes_on:%Y%m%d}",
            _("The last day comes near: %(title)s"),
            _("Returns are taken until 24:00 of %(day)s. Please check and submit yours before."),
            report.round.closes_on,
        )


def _scans(day: datetime.date) -> Iterable[notices.Letter]:
    ahead = {day + datetime.timedelta(days=n) for n in SCAN_DAYS}
    behind = {day - datetime.timedelta(days=n) for n in SCAN_AGAIN}
    mine = Return.objects.filter(Q(scan_due_on__in=ahead | behind), filing__state__in=FILED)
    rows = reminding.wanted(mine, "terms").select_related("round")
    for report in rows.iterator(reminding.AT_ONCE):
        if report.scan_due_on is None:
            continue
        yield _letter(
            report,
            f"scan-{(report.scan_due_on - day).days}-{report.revision}",
            _("The signed scan is awaited: %(title)s"),
            _("Print the return, sign and stamp it, and upload the scan. It is due by %(day)s."),
            report.scan_due_on,
        )


def _letter(
    report: Return, occasion: str, subject: str, body: str, day: datetime.date
) -> notices.Letter:
    words = {"title": _title(report), "day": long_date(day)}
    return notices.Letter(
        key=f"stats-{report.pk}-{occasion}",
        user=report.filing.handler,
        subject=subject % words,
        body=body % words,
        link=reverse("stats:detail", args=[report.pk]),
    )


def _title(report: Return) -> str:
    return report.round.title
