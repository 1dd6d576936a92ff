"""The correction list of an evaluation, in the words of its entries."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

from sme_eval import queries
from sme_eval.models import Evaluation
from torch_portal.filings import correcting
from torch_portal.filings.models import CorrectionItem

CODE = "correction"


def check(evaluation: Evaluation, items: Sequence[dict[str, str]], note: str) -> None:
    """Refused without a complete item, or for one that could have been told before."""
    correcting.check_items(items, code=CODE)
    mark = partial(queries.entry_mark, evaluation)
    correcting.check_late(evaluation.filing, items, note, mark=mark, code=CODE)


def marks(evaluation: Evaluation) -> dict[str, Any]:
    """For the event of a return: how every entry stood."""
    return correcting.marks(queries.entry_names(), partial(queries.entry_mark, evaluation))


def ask(evaluation: Evaluation, items: Sequence[dict[str, str]], row: CorrectionItem) -> None:
    """Write the items of a list; `row` says round and who."""
    correcting.ask(evaluation.filing, items, row, partial(queries.entry_text, evaluation))


def close(evaluation: Evaluation, at: datetime.datetime) -> dict[str, Any]:
    """The form comes back: keep each entry as it is now beside its item; for the event."""
    return correcting.close(evaluation.filing, at, partial(queries.entry_text, evaluation))
