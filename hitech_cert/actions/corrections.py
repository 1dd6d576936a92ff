"""The correction list of an application, in the words of its entries."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

from hitech_cert import queries
from hitech_cert.models import Application
from torch_portal.filings import correcting
from torch_portal.filings.models import CorrectionItem

CODE = "correction"


def check(application: Application, items: Sequence[dict[str, str]], note: str) -> None:
    """Refused without a complete item, or for one that could have been told before."""
    correcting.check_items(items, code=CODE)
    mark = partial(queries.entry_mark, application)
    correcting.check_late(application.filing, items, note, mark=mark, code=CODE)


def marks(application: Application) -> dict[str, Any]:
    """For the event of a return: how every entry stood."""
    return correcting.marks(queries.entry_names(), partial(queries.entry_mark, application))


def ask(application: Application, items: Sequence[dict[str, str]], row: CorrectionItem) -> None:
    """Write the items of a list; `row` says round and who."""
    correcting.ask(application.filing, items, row, partial(queries.entry_text, application))


def close(application: Application, at: datetime.datetime) -> dict[str, Any]:
    """The application comes back: keep each entry as it is now beside its item."""
    return correcting.close(application.filing, at, partial(queries.entry_text, application))
