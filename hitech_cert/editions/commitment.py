"""The commitment of experts (195号 附件8), by version of its text."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hitech_cert.editions.numbers import GUIDE
from torch_portal.common.i18n import _


@dataclass(frozen=True)
class Commitment:
    """What an expert signs. code: names the version. duties: what the guide says it binds to.

    The six promises of the annex itself are signed in its own words, which are not repeated here.
    """

    code: str
    starts: date
    clause: str
    duties: tuple[Any, ...]


COMMITMENTS = (
    Commitment(
        "195-8/2016",
        date(2016, 6, 22),
        f"{GUIDE} 一(四); 附件8",
        (
            _("I keep to the six promises of Annex 8 of the guide."),
            _("I declare every interest and withdraw from its review."),
            _("I have no contact with the enterprise about the review."),
            _("I review alone, by the facts of the application and the guide."),
        ),
    ),
)


def commitment(day: date) -> Commitment:
    """The text that is signed on a day; the first one for days before it."""
    past = [c for c in COMMITMENTS if c.starts <= day]
    return (past or [COMMITMENTS[0]])[-1]
