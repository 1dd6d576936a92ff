"""The messages of the review to the respondent, in Chinese; in the act's own transaction."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from stats.models import Return
from torch_portal.notices import actions as notices
from torch_portal.notices.wording import filled, template_for

LANGUAGE = "zh-hans"
# The letters whose words a jurisdiction may set.
KINDS = {
    "stats.returned": gettext_lazy("Return to be corrected"),
    "stats.accepted": gettext_lazy("Return accepted"),
    "stats.cancelled": gettext_lazy("Return cancelled"),
    "stats.kept": gettext_lazy("Cancellation refused"),
}
PLACES = ("round", "number", "unit", "until")


def _names(report: Return) -> dict[str, Any]:
    return {
        "round": report.round.title,
        "number": report.filing.number or "",
        "unit": report.unit.name,
        "until": report.round.closes_on.isoformat(),
    }


def _post(
    report: Return, what: str, words: tuple[Any, Any], at: datetime.datetime, **more: Any
) -> None:
    """One letter; subject and text are given with their names to be filled."""
    filing = report.filing
    with translation.override(LANGUAGE):
        names = _names(report)
        subject, body = (str(text) % (names | more) for text in words)
        template = template_for(f"stats.{what}", filing.jurisdiction_id)
        subject, body = filled(template, subject=subject, body=body, names=names)
        letter = notices.Letter(
            key=f"stats-{filing.pk}-{what}-{filing.version}",
            user=filing.handler,
            subject=subject,
            body=body,
            link=reverse("stats:detail", args=[filing.pk]),
        )
        notices.post_many([letter], at=at)


def returned(
    report: Return, items: Sequence[dict[str, str]], note: str, at: datetime.datetime
) -> None:
    """Returned: what to correct, and that nobody else will."""
    subject = gettext_lazy("To be corrected: %(round)s (%(number)s)")
    body = gettext_lazy(
        "Please look at the following and submit the return again by %(until)s. Only you can "
        "change its values; where they are right, explain them.\n\n%(lines)s"
    )
    lines = "\n".join(f"{n}. {item['remedy']}" for n, item in enumerate(items, start=1))
    _post(report, "returned", (subject, body), at, lines=f"{note}\n{lines}".strip())


def accepted(report: Return, at: datetime.datetime) -> None:
    """Accepted: nothing more to do."""
    subject = gettext_lazy("Accepted: %(round)s (%(number)s)")
    body = gettext_lazy("Your return was accepted by the Torch Center. Nothing more is needed.")
    _post(report, "accepted", (subject, body), at)


def cancelled(report: Return, note: str, at: datetime.datetime) -> None:
    """Cancelled, with the reason."""
    subject = gettext_lazy("Cancelled: %(round)s (%(number)s)")
    body = gettext_lazy("The return is void and counts nowhere. Reason: %(note)s")
    _post(report, "cancelled", (subject, body), at, note=note)


def cancellation_refused(report: Return, note: str, at: datetime.datetime) -> None:
    """The return stays and is submitted once more."""
    subject = gettext_lazy("Not cancelled: %(round)s (%(number)s)")
    body = gettext_lazy(
        "The return stays. Please check it and submit it again by %(until)s. Reason: %(note)s"
    )
    _post(report, "kept", (subject, body), at, note=note)
