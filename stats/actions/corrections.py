"""The reasons with which a return was sent back, in the words of its entries."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

from stats import queries
from stats.models import Return
from stats.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding
from torch_portal.filings import correcting, drafts
from torch_portal.filings.models import CorrectionItem

CODE = "correction"


def check(report: Return, items: Sequence[dict[str, str]]) -> None:
    """Refused without an item, or for one that does not say what is wrong and what to do."""
    correcting.check_items(items, code=CODE)


def marks(report: Return, items: Sequence[dict[str, str]]) -> dict[str, Any]:
    """For the event of a return: how the entries named stood, to tell what was changed."""
    names = {item.get("field", "") for item in items}
    return correcting.marks(names, partial(queries.entry_mark, report))


def ask(report: Return, items: Sequence[dict[str, str]], row: CorrectionItem) -> None:
    """Write the items of a list; `row` says round and who."""
    correcting.ask(report.filing, items, row, partial(queries.entry_text, report))


def unsettled(report: Return) -> list[Finding]:
    """A block for each reason that is neither answered nor mended."""
    return correcting.unsettled(report.filing, partial(queries.entry_mark, report), code=CODE)


def close(report: Return, at: datetime.datetime) -> dict[str, Any]:
    """The return comes back: keep each entry as it is now beside its reason; for the event."""
    return correcting.close(report.filing, at, partial(queries.entry_text, report))


def answer_correction(*, item: CorrectionItem, answer: str, by: User) -> None:
    """Write beside a reason what was done about it, or why the value is right."""
    drafts.answer_correction(item=item, workflow=WORKFLOW, answer=answer, by=by)
