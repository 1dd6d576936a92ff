"""What a level of review asks to be corrected, in the words of the items of the return."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

from stats.models import Return
from torch_portal.filings import correcting
from torch_portal.filings.models import CorrectionItem

CODE = "correction"


def entry_text(report: Return, name: str) -> str:
    """The value of an item as it stands; "" for a blank and for the return as a whole."""
    return str(report.data.get(name, ""))


def entry_mark(report: Return, name: str) -> str:
    """A short digest of it."""
    return correcting.mark_of(entry_text(report, name))


def marks(report: Return) -> dict[str, Any]:
    """For the event of a return: how every item stood."""
    return correcting.marks(report.data, partial(entry_mark, report))


def ask(report: Return, items: Sequence[dict[str, str]], row: CorrectionItem) -> None:
    """Write the items of a list; `row` says round and who."""
    correcting.ask(report.filing, items, row, partial(entry_text, report))


def close(report: Return, at: datetime.datetime) -> dict[str, Any]:
    """The return comes back: keep each value as it is now beside its item; for the event."""
    return correcting.close(report.filing, at, partial(entry_text, report))
