"""The correction list against the filing: what is settled, what came too late."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from contracts.models import Contract
from contracts.queries.entries import entry_mark
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import CorrectionItem

CLAUSE = "行政许可法 第三十二条"


def open_items(contract: Contract) -> list[CorrectionItem]:
    """The items that wait for the enterprise, [] when the filing is not being corrected."""
    if contract.filing.stage != Stage.CORRECTING:
        return []
    return list(contract.filing.corrections.filter(answered_at__isnull=True).order_by("pk"))


def was_changed(contract: Contract, item: CorrectionItem, marks: dict[str, str]) -> bool:
    """Whether the entry that an item names is another one than when the list was sent.

    `marks` are those of that moment; an item on the filing as a whole is settled by words alone.
    """
    known = marks.get(item.field)
    return known is not None and known != entry_mark(contract, item.field)


def marks_at_return(contract: Contract, *, first: bool = False) -> dict[str, str]:
    """Digests of all entries at the last (or the first) return; {} for one of an older portal."""
    returns = contract.filing.events.filter(move="return_for_correction")
    event = returns.order_by("seq" if first else "-seq").first()
    marks: dict[str, str] = event.data.get("entries", {}) if event else {}
    return marks


def unsettled(contract: Contract) -> list[Finding]:
    """A block for each item that is neither answered nor mended (一次告知 cuts both ways)."""
    items = open_items(contract)
    marks = marks_at_return(contract) if items else {}
    message = _(
        "Item %(number)s of the correction list is neither mended nor answered: “%(remedy)s”. "
        "Change the entry, or write below the item what you did or why it stays as it is."
    )
    return [
        Finding("VH-25", Level.BLOCK, item.field, message, CLAUSE, _words(number, item))
        for number, item in enumerate(items, start=1)
        if not item.answer.strip() and not was_changed(contract, item, marks)
    ]


def _words(number: int, item: CorrectionItem) -> dict[str, object]:
    return {"number": number, "remedy": item.remedy}


def seen_before(contract: Contract, fields: Sequence[str]) -> list[int]:
    """Numbers (from 1) of new items that could have been told with the first list.

    An item that was told before may be told again; one on an entry that the enterprise changed
    since is new. Everything else lay before the agency the first time.
    """
    earlier = set(contract.filing.corrections.values_list("field", flat=True))
    if not earlier:
        return []
    first = marks_at_return(contract, first=True)
    return [
        number
        for number, field in enumerate(fields, start=1)
        if field not in earlier
        and (field not in first or first[field] == entry_mark(contract, field))
    ]
