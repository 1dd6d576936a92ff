"""The messages of the review to the respondent, in Chinese; in the act's own transaction."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from stats.actions.letters import post
from stats.models import Return


def returned(
    report: Return, items: Sequence[dict[str, str]], note: str, at: datetime.datetime
) -> None:
    """Returned: what to correct, and that nobody else will."""
    subject = gettext_lazy("To be corrected: %(title)s (%(number)s)")
    body = gettext_lazy(
        "Please look at the following and submit the return again. Only you can change its "
        "values; where they are right, say why.\n\n%(lines)s"
    )
    lines = "\n".join(f"{n}. {item['remedy']}" for n, item in enumerate(items, start=1))
    post(report, "returned", subject, body, at, lines=f"{note}\n{lines}".strip())


def accepted(report: Return, at: datetime.datetime) -> None:
    """Accepted: nothing more to do."""
    subject = gettext_lazy("Accepted: %(title)s (%(number)s)")
    body = gettext_lazy("The Torch Center accepted your return. Its values stand.")
    post(report, "accepted", subject, body, at)


def cancelled(report: Return, note: str, at: datetime.datetime) -> None:
    """Cancelled, with the reason."""
    subject = gettext_lazy("Cancelled: %(title)s (%(number)s)")
    body = gettext_lazy("The return is void and counts nowhere. Reason: %(note)s")
    post(report, "cancelled", subject, body, at, note=note)


def cancellation_refused(report: Return, note: str, at: datetime.datetime) -> None:
    """The return stays and is submitted once more."""
    subject = gettext_lazy("Not cancelled: %(title)s (%(number)s)")
    body = gettext_lazy("The return stays; check it and submit it again. Reason: %(note)s")
    post(report, "returned", subject, body, at, note=note)
