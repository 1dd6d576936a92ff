"""What the desk's page of a filing shows, as text: facts with findings, files, lists, history.

label: the name of an entry as the line's form says it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from torch_portal.common.findings import Finding, Level
from torch_portal.filings.models import Attachment, Event, Filing
from torch_portal.filings.pages.frame import url_of
from torch_portal.filings.pages.rows import correction_row, file_row, minute
from torch_portal.filings.wording import long_date

HEAVIEST = (Level.BLOCK, Level.WARN, Level.INFO)
Label = Callable[[str], str]
Entry = tuple[str, str, str]


def brief(row: Any) -> dict[str, Any]:
    """Until when and in whose hands; `row` of the line's table, with its `due_mark`."""
    filing = row.filing
    risk, words = row.due_mark
    return {
        "due_risk": risk,
        "due_words": words,
        "due_day": long_date(filing.due_on),
        "in_hands_of": filing.assigned_to.get_full_name() if filing.assigned_to else "",
    }


def verdict(found: Sequence[Finding]) -> dict[str, Any]:
    """How many findings of each weight, and whether any can go on a correction list."""
    return {
        "counts": [(str(x), sum(f.level is x for f in found)) for x in HEAVIEST],
        "returnable": any(f.level is not Level.INFO for f in found),
    }


def finding_row(finding: Finding, label: Label) -> dict[str, Any]:
    """A finding with the name of the entry it speaks of."""
    return {**finding.as_dict(), "label": label(finding.field)}


def fact_rows(
    entries: Iterable[Entry], found: Sequence[Finding], before: Mapping[str, str], label: Label
) -> list[dict[str, Any]]:
    """The entries (name, label, value) of a page, each finding beside the one it speaks of.

    before: what stood there when it was handed in last, by name. Entries of which there is
    nothing to say are left out.
    """
    rows = [
        {
            "name": name,
            "label": words,
            "value": value,
            "findings": [finding_row(f, label) for f in found if f.field == name],
            "before": before.get(name, ""),
        }
        for name, words, value in entries
    ]
    return [r for r in rows if r["value"] or r["findings"] or r["before"]]


def evidence(
    filing: Filing, files: Iterable[Attachment], labels: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Files with the address of their preview, in the order of their kinds (`labels`)."""
    order = list(labels)
    rows = sorted(files, key=lambda r: order.index(r.kind) if r.kind in order else len(order))
    return [
        {
            **file_row(filing, row, removable=False),
            "kind": labels.get(row.kind, row.kind),
            "image": row.content_type.startswith("image/"),
            "show_url": url_of(filing, "attachment", row.pk) + "?show=1",
            "uploaded": minute(row.uploaded_at),
        }
        for row in rows
    ]


def rounds(filing: Filing, label: Label) -> list[dict[str, Any]]:
    """The correction lists of the past, newest first, with what the enterprise answered."""
    items = list(filing.corrections.select_related("asked_by").order_by("-round", "pk"))
    notes = _notes(filing) if items else {}
    return [
        {
            "number": number,
            "asked": minute(first.asked_at),
            "by": first.asked_by.get_full_name(),
            "answered": minute(first.answered_at) if first.answered_at else "",
            "note": notes.get(number, ""),
            "items": [correction_row(i, label) for i in items if i.round == number],
        }
        for number in dict.fromkeys(i.round for i in items)
        for first in [next(i for i in items if i.round == number)]
    ]


def _notes(filing: Filing) -> dict[int, str]:
    """What was said with each list, by its number: why it came only then."""
    listed = sorted(filing.events.all(), key=lambda e: e.seq)
    returns = [e for e in listed if e.move == "return_for_correction"]
    return {e.data.get("round", n): e.note for n, e in enumerate(returns, start=1)}


def events_since(filing: Filing, after: int) -> list[Event]:
    """The acts since a version of the cover, newest first; no query when they are fetched."""
    return sorted((e for e in filing.events.all() if e.seq > after), key=lambda e: -e.seq)


def history_row(
    event: Event, *, act: Callable[[str], str], tone: Callable[[str], str], detail: str = ""
) -> dict[str, Any]:
    """An act; detail: what the line has to add to it."""
    return {
        "when": minute(event.at),
        "who": event.by_name or _("The system"),
        "what": act(event.move),
        "note": event.data.get("text") or event.note,
        "detail": detail or _detail(event),
        "tone": tone(event.to_state),
        "hash": event.hash[:8],
    }


def _detail(event: Event) -> str:
    data = event.data
    if "items" in data:
        return _("%(count)s items, list %(round)s") % {
            "count": len(data["items"]),
            "round": data.get("round", 1),
        }
    if data.get("to_name"):
        return str(data["to_name"])
    return _("due %(due)s") % {"due": data["due_on"]} if data.get("due_on") else ""
