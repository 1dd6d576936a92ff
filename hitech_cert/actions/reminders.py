"""Reminders to enterprises: drafts left lying, and the last days of a batch.

Each is written once: its key names the filing, the occasion and what the days were counted from.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hitech_cert.models import Application, Intake
from torch_portal.filings import reminding
from torch_portal.filings.enums import Stage
from torch_portal.filings.wording import long_date
from torch_portal.notices import actions as notices

CLOSING_DAYS = (1, 7, 30)


def remind(*, at: datetime.datetime) -> int:
    """Write today's reminders; returns how many there are to write, written before or not.

    Drafts: 7 and 30 days after the last save, and 30, 7 and 1 days before the next batch there
    closes. To be corrected: as long before the last day of the bureaus, until which it can come
    back.
    """
    drafts = reminding.left_lying(Application.objects.all(), at, _title)
    lists = (drafts, _closing(at), _returned(timezone.localdate(at)))
    return sum(reminding.write(letters, at) for letters in lists)


def _closing(at: datetime.datetime) -> Iterable[notices.Letter]:
    """Drafts shortly before the next batch of their place closes."""
    until = at + datetime.timedelta(days=max(CLOSING_DAYS) + 1)
    rows = Intake.objects.filter(opens_at__lte=at, closes_at__gt=at, closes_at__lt=until)
    told: set[str] = set()
    for intake in rows.filter(closed_at=None).order_by("closes_at", "pk"):
        if intake.jurisdiction_id not in told:
            told.add(intake.jurisdiction_id)
            yield from _closing_of(intake, at)


def _closing_of(intake: Intake, at: datetime.datetime) -> Iterable[notices.Letter]:
    closes = timezone.localtime(intake.closes_at)
    left = (closes.date() - timezone.localdate(at)).days
    days = _days(left)
    if days is None:
        return
    mine = Application.objects.filter(
        filing__jurisdiction_id=intake.jurisdiction_id,
        filing__stage=Stage.DRAFT,
        year=intake.year,
    )
    subject = _("The batch closes soon: %(title)s")
    body = _("%(batch)s takes applications until %(moment)s. Please submit yours before.")
    for application in reminding.wanted(mine, "terms").iterator(reminding.AT_ONCE):
        words = {"batch": intake.title, "moment": f"{closes:%Y-%m-%d %H:%M}"}
        occasion = f"closing-{days}-{closes:%Y%m%d%H%M}"
        yield _letter(application, occasion, subject, body, words)


def _returned(day: datetime.date) -> Iterable[notices.Letter]:
    """Returned applications shortly before the last day on which their batch takes them back."""
    until = day + datetime.timedelta(days=max(CLOSING_DAYS))
    mine = Application.objects.filter(
        filing__stage=Stage.CORRECTING,
        intake__recommend_by__gte=day,
        intake__recommend_by__lte=until,
    ).select_related("intake")
    subject = _("A correction is awaited: %(title)s")
    body = _("%(batch)s takes corrected applications until the end of %(day)s.")
    for application in reminding.wanted(mine, "terms").iterator(reminding.AT_ONCE):
        intake = application.intake
        days = _days((intake.recommend_by - day).days)
        words = {"batch": intake.title, "day": long_date(intake.recommend_by)}
        occasion = f"returned-{days}-{intake.recommend_by:%Y%m%d}"
        yield _letter(application, occasion, subject, body, words)


def _days(left: int) -> int | None:
    """Which of the reminders is due with so many days left."""
    return next((d for d in CLOSING_DAYS if left <= d), None)


def _letter(
    application: Application, occasion: str, subject: str, body: str, words: dict[str, Any]
) -> notices.Letter:
    names = {"title": _title(application)} | words
    return notices.Letter(
        key=f"hitech_cert-{application.pk}-{occasion}",
        user=application.filing.handler,
        subject=subject % names,
        body=body % names,
        link=reverse("hitech_cert:detail", args=[application.pk]),
    )


def _title(application: Application) -> str:
    return _("Certification as a high-tech enterprise %(year)s") % {"year": application.year}
