"""The correction list: told once and complete, and closed item by item when it comes back.

A line gives the words of its entries: `text` (name of an entry to its words in Chinese, "" for the
filing as a whole) and `mark` (name to a short digest, see `mark_of`), both as they stand now. Its
finding codes are its own.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.enums import Problem, Stage
from torch_portal.filings.models import CorrectionItem, Filing

CLAUSE = "行政许可法 第三十二条"
Item = Mapping[str, str]
Entry = Callable[[str], str]


def open_items(filing: Filing) -> list[CorrectionItem]:
    """The items that wait for the enterprise, [] when the filing is not being corrected."""
    if filing.stage != Stage.CORRECTING:
        return []
    return list(filing.corrections.filter(answered_at__isnull=True).order_by("pk"))


def mark_of(text: str) -> str:
    """A short digest of an entry, to tell later whether it stood there before."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def files_mark(filing: Filing) -> str:
    """The digest of all files: their bytes count, not their names."""
    rows = filing.attachments.live().order_by("pk").values_list("kind", "sha256")
    return mark_of(" ".join(f"{kind}:{sha}" for kind, sha in rows))


def files_text(filing: Filing, labels: Mapping[str, Any]) -> str:
    """The list of files, one a line; `labels` by kind."""
    rows = filing.attachments.live().order_by("pk")
    return "\n".join(f"{labels.get(a.kind, a.kind)}：{a.name}" for a in rows)


def marks(names: Iterable[str], mark: Entry) -> dict[str, Any]:
    """For the event of a return: how every entry stood, to tell later what was changed."""
    return {"entries": {name: mark(name) for name in names}}


def marks_at_return(filing: Filing, *, first: bool = False) -> dict[str, str]:
    """Digests of all entries at the last (or the first) return; {} for one of an older portal."""
    returns = filing.events.filter(move="return_for_correction")
    event = returns.order_by("seq" if first else "-seq").first()
    known: dict[str, str] = event.data.get("entries", {}) if event else {}
    return known


def was_changed(item: CorrectionItem, known: Mapping[str, str], mark: Entry) -> bool:
    """Whether the entry that an item names is another one than when the list was sent.

    `known` are the marks of that moment; an item on the filing as a whole is settled by words.
    """
    before = known.get(item.field)
    return before is not None and before != mark(item.field)


def unsettled(filing: Filing, mark: Entry, *, code: str) -> list[Finding]:
    """A block for each item that is neither answered nor mended (一次告知 cuts both ways)."""
    items = open_items(filing)
    known = marks_at_return(filing) if items else {}
    message = _(
        "Item %(number)s of the correction list is neither mended nor answered: “%(remedy)s”. "
        "Change the entry, or write below the item what you did or why it stays as it is."
    )
    return [
        Finding(
            code, Level.BLOCK, item.field, message, CLAUSE, {"number": n, "remedy": item.remedy}
        )
        for n, item in enumerate(items, start=1)
        if not item.answer.strip() and not was_changed(item, known, mark)
    ]


def check_items(items: Sequence[Item], *, code: str) -> None:
    """Refused without an item, or for each item that does not say what is wrong and to do."""
    if not items:
        message = _("List at least one item that has to be corrected.")
        raise Refused([Finding(code, Level.BLOCK, "items", message, CLAUSE)])
    message = _("Item %(number)s: say what is wrong and what to do about it.")
    bad = [
        Finding(code, Level.BLOCK, f"items.{n}", message, CLAUSE, {"number": n})
        for n, item in enumerate(items, start=1)
        if not item.get("remedy", "").strip() or item.get("problem") not in Problem.values
    ]
    if bad:
        raise Refused(bad)


def check_late(filing: Filing, items: Sequence[Item], note: str, *, mark: Entry, code: str) -> None:
    """What lay before the agency the first time is told again only with a reason, else Refused."""
    if note.strip():
        return
    late = seen_before(filing, [item.get("field", "") for item in items], mark)
    if late:
        message = _(
            "Item %(numbers)s could have been told with the first list: the law asks for one "
            "complete list. Take it out, or say to the enterprise why it comes only now."
        )
        values = {"numbers": ", ".join(map(str, late))}
        raise Refused([Finding(code, Level.BLOCK, "note", message, CLAUSE, values)])


def seen_before(filing: Filing, fields: Sequence[str], mark: Entry) -> list[int]:
    """Numbers (from 1) of new items that could have been told with the first list.

    An item that was told before may be told again; one on an entry that the enterprise changed
    since is new. Everything else lay before the agency the first time.
    """
    earlier = set(filing.corrections.values_list("field", flat=True))
    if not earlier:
        return []
    first = marks_at_return(filing, first=True)
    return [
        number
        for number, field in enumerate(fields, start=1)
        if field not in earlier and (field not in first or first[field] == mark(field))
    ]


def next_round(filing: Filing) -> int:
    """The number of the list that is written now; 1 for the first."""
    return 1 + max(filing.corrections.values_list("round", flat=True), default=0)


def ask(filing: Filing, items: Sequence[Item], row: CorrectionItem, text: Entry) -> None:
    """Write the items of a list, each with its entry as it stands; `row` says round and who."""
    shared = {"round": row.round, "asked_at": row.asked_at, "asked_by": row.asked_by}
    CorrectionItem.objects.bulk_create(
        CorrectionItem(filing=filing, before=text(item.get("field", "")), **shared, **item)
        for item in items
    )


def close(filing: Filing, at: datetime.datetime, text: Entry) -> dict[str, Any]:
    """The filing comes back: keep each entry as it is now beside its item; for the event."""
    items = open_items(filing)
    for item in items:
        item.after = text(item.field)
        item.answered_at = at
    CorrectionItem.objects.bulk_update(items, ["after", "answered_at"])
    if not items:
        return {}
    return {"answers": [{"item": i.pk, "field": i.field, "answer": i.answer} for i in items]}
