"""Reminders to enterprises: drafts left lying, the last day to file, the update of a new year,
material of a spot check.

Each is written once: its key names the filing, the occasion and what the days were counted from.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sme_eval import editions, queries
from sme_eval.enums import STANDING, CheckState
from sme_eval.models import Evaluation, SpotCheck
from torch_portal.filings import reminding
from torch_portal.filings.enums import Stage
from torch_portal.filings.wording import long_date
from torch_portal.notices import actions as notices

CLOSING_DAYS = (1, 7, 30)
MATERIAL_DAYS = 3
# 年度更新: in-library enterprises update by the end of March (国科发政〔2017〕115号).
UPDATE_UNTIL = (3, 31)


def remind(*, at: datetime.datetime) -> int:
    """Write today's reminders; returns how many there are to write, written before or not.

    Drafts: 7 and 30 days after the last save. The last day to file: 30, 7 and 1 days before,
    while the form is with the enterprise. A number of last year: once until the end of March,
    while nothing is begun for the new year. A spot check: from three days before its material
    is due.
    """
    day = timezone.localdate(at)
    drafts = reminding.left_lying(Evaluation.objects.all(), at, _title)
    lists = (drafts, _closing(day), _updates(day), _material(day))
    return sum(reminding.write(letters, at) for letters in lists)


def _closing(day: datetime.date) -> Iterable[notices.Letter]:
    """Forms of this year that are still with the enterprise shortly before the window closes."""
    try:
        last = queries.edition_on(day).closes
    except editions.NoEdition:
        return
    left = (last - day).days
    if not 0 <= left <= max(CLOSING_DAYS):
        return
    days = next(d for d in CLOSING_DAYS if left <= d)
    mine = Evaluation.objects.filter(
        year=day.year, filing__stage__in=[Stage.DRAFT, Stage.CORRECTING]
    )
    for evaluation in reminding.wanted(mine, "terms").iterator(reminding.AT_ONCE):
        yield _letter(
            evaluation,
            f"closing-{days}-{last:%Y%m%d}",
            _("The last day to file comes near: %(title)s"),
            _("Forms of this year are taken until 24:00 of %(day)s. Please submit it before."),
            last,
        )


def _updates(day: datetime.date) -> Iterable[notices.Letter]:
    """Numbers of last year whose enterprise has begun nothing for this year."""
    until = datetime.date(day.year, *UPDATE_UNTIL)
    if day > until:
        return
    begun = Evaluation.objects.filter(enterprise=OuterRef("enterprise"), year=day.year)
    rows = Evaluation.objects.filter(~Exists(begun), year=day.year - 1, filing__state__in=STANDING)
    for evaluation in reminding.wanted(rows, "terms").iterator(reminding.AT_ONCE):
        yield _letter(
            evaluation,
            f"update-{day.year}",
            _("Update for the new year: %(title)s"),
            _(
                "Enterprises in the library update their form and evaluate themselves again by "
                "%(day)s. What you entered last year is put in already."
            ),
            until,
        )


def _material(day: datetime.date) -> Iterable[notices.Letter]:
    """Spot checks whose material is due within three days; nobody turns these off."""
    soon = day + datetime.timedelta(days=MATERIAL_DAYS)
    asked = SpotCheck.objects.filter(
        state=CheckState.ASKED, draw__due_on__gte=day, draw__due_on__lte=soon
    )
    rows = asked.select_related(
        "draw", "evaluation__filing__contact", "evaluation__filing__created_by"
    )
    for check in rows.order_by("pk").iterator(reminding.AT_ONCE):
        yield _letter(
            check.evaluation,
            f"material-{check.pk}",
            _("Material of the spot check is due: %(title)s"),
            _("Hand it in until the end of %(day)s; without it the number is revoked."),
            check.draw.due_on,
        )


def _letter(
    evaluation: Evaluation, occasion: str, subject: str, body: str, day: datetime.date
) -> notices.Letter:
    words: dict[str, Any] = {"title": _title(evaluation), "day": long_date(day)}
    return notices.Letter(
        key=f"sme_eval-{evaluation.pk}-{occasion}",
        user=evaluation.filing.handler,
        subject=subject % words,
        body=body % words,
        link=reverse("sme_eval:detail", args=[evaluation.pk]),
    )


def _title(evaluation: Evaluation) -> str:
    return _("S&T-SME evaluation %(year)s") % {"year": evaluation.year}
