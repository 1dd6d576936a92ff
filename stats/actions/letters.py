"""The messages that the acts send, in Chinese; written in the act's own transaction."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from stats.models import Return
from torch_portal.notices import actions as notices
from torch_portal.notices.wording import filled, template_for

LANGUAGE = "zh-hans"
# The letters whose words a jurisdiction may set, and the facts that can stand in them.
KINDS = {
    "stats.received": gettext_lazy("Received"),
    "stats.returned": gettext_lazy("Returned to the respondent"),
    "stats.accepted": gettext_lazy("Accepted by the Torch Center"),
    "stats.cancelled": gettext_lazy("Cancelled"),
}
PLACES = ("title", "year", "number", "unit", "scan_until")


def names_of(report: Return) -> dict[str, Any]:
    """The facts that can stand in a letter."""
    return {
        "title": report.round.title,
        "year": report.round.year,
        "number": report.filing.number or "",
        "unit": report.unit.name,
        "scan_until": report.round.scan_until.isoformat(),
    }


def post(
    report: Return,
    what: str,
    subject: Any,
    body: Any,
    at: datetime.datetime,
    **more: Any,
) -> None:
    """One letter to the respondent; subject and body are given with their names to be filled."""
    filing = report.filing
    with translation.override(LANGUAGE):
        names = names_of(report) | more
        subject, body = filled(
            template_for(f"stats.{what}", filing.jurisdiction_id),
            subject=str(subject) % names,
            body=str(body) % names,
            names=names,
        )
        letter = notices.Letter(
            key=f"stats-{filing.pk}-{what}-{filing.version}",
            user=filing.handler,
            subject=subject,
            body=body,
            link=reverse("stats:detail", args=[filing.pk]),
        )
        notices.post_many([letter], at=at)


def received(report: Return, at: datetime.datetime) -> None:
    """Submitted: the number to quote, and the signed scan that is awaited."""
    subject = gettext_lazy("Received: %(title)s (%(number)s)")
    body = gettext_lazy(
        "%(unit)s reviews the return, then the levels above it. Nobody but you changes a value. "
        "Print the return, sign and stamp it, and upload the scan until %(scan_until)s."
    )
    post(report, "received", subject, body, at)
