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
from torch_portal.notices import actions as notices

CLOSING_DAYS = (1, 7, 30)


def remind(*, at: datetime.datetime) -> int:
    """Write today's reminders; returns how many there are to write, written before or not.

    Drafts: 7 and 30 days after the last save. The close of a batch: 30, 7 and 1 days before,
    while the application is with the enterprise.
    """
    drafts = reminding.left_lying(Application.objects.all(), at, _title)
    return sum(reminding.write(letters, at) for letters in (drafts, _closing(at)))


def _closing(at: datetime.datetime) -> Iterable[notices.Letter]:
    """Applications still with the enterprise shortly before the next batch there closes."""
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
    days = next((d for d in CLOSING_DAYS if left <= d), None)
    if days is None:
        return
    mine = Application.objects.filter(
        filing__jurisdiction_id=intake.jurisdiction_id,
        filing__stage__in=[Stage.DRAFT, Stage.CORRECTING],
        year=intake.year,
    )
    subject = _("The batch closes soon: %(title)s")
    body = _("%(batch)s takes applications until %(moment)s. Please submit yours before.")
    for application in reminding.wanted(mine, "terms").iterator(reminding.AT_ONCE):
        words: dict[str, Any] = {
            "title": _title(application),
            "batch": intake.title,
            "moment": f"{closes:%Y-%m-%d %H:%M}",
        }
        yield notices.Letter(
            key=f"hitech_cert-{application.pk}-closing-{days}-{closes:%Y%m%d%H%M}",
            user=application.filing.handler,
            subject=subject % words,
            body=body % words,
            link=reverse("hitech_cert:detail", args=[application.pk]),
        )


def _title(application: Application) -> str:
    return _("Certification as a high-tech enterprise %(year)s") % {"year": application.year}
