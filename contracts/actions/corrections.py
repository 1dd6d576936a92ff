"""The correction list: told once and complete, and closed item by item when it comes back."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from contracts import queries
from contracts.models import Contract
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.models import CorrectionItem

CLAUSE = "行政许可法 第三十二条"


def check_late(contract: Contract, items: Sequence[dict[str, str]], note: str) -> None:
    """What lay before the agency the first time is told again only with a reason, else Refused."""
    if note.strip():
        return
    late = queries.seen_before(contract, [item.get("field", "") for item in items])
    if late:
        message = _(
            "Item %(numbers)s could have been told with the first list: the law asks for one "
            "complete list. Take it out, or say to the enterprise why it comes only now."
        )
        values = {"numbers": ", ".join(map(str, late))}
        raise Refused([Finding("VH-26", Level.BLOCK, "note", message, CLAUSE, values)])


def marks(contract: Contract) -> dict[str, Any]:
    """For the event of a return: how every entry stood, to tell later what was changed."""
    return {"entries": queries.entry_marks(contract)}


def ask(contract: Contract, items: Sequence[dict[str, str]], row: CorrectionItem) -> None:
    """Write the items of a list, each with its entry as it stands; `row` says round and who."""
    shared = {"round": row.round, "asked_at": row.asked_at, "asked_by": row.asked_by}
    CorrectionItem.objects.bulk_create(
        CorrectionItem(
            filing=contract.filing,
            before=queries.entry_text(contract, item.get("field", "")),
            **shared,
            **item,
        )
        for item in items
    )


def close(contract: Contract, at: datetime.datetime) -> dict[str, Any]:
    """The filing comes back: keep each entry as it is now beside its item; for the event."""
    items = queries.open_items(contract)
    for item in items:
        item.after = queries.entry_text(contract, item.field)
        item.answered_at = at
    CorrectionItem.objects.bulk_update(items, ["after", "answered_at"])
    if not items:
        return {}
    return {"answers": [{"item": i.pk, "field": i.field, "answer": i.answer} for i in items]}
