"""Rows as the pages show them: files, messages, items of correction lists, acts.

label: the name of an entry as the line's form says it, "" for the filing as a whole.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.filings import correcting
from torch_portal.filings.enums import Side
from torch_portal.filings.models import Attachment, CorrectionItem, Event, Filing, ThreadMessage
from torch_portal.filings.pages.frame import url_of

TYPES = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}
QUIET = ("attach", "detach", "refuse_file")


def file_row(filing: Filing, row: Attachment, *, removable: bool) -> dict[str, Any]:
    """One file as the pages show it."""
    return {
        "name": row.name,
        "size_text": _size(row.size),
        "pages": row.pages,
        "sha_short": row.sha256[:12],
        "type": TYPES.get(row.content_type, row.content_type),
        "url": url_of(filing, "attachment", row.pk),
        "remove_url": url_of(filing, "detach", row.pk) if removable else "",
    }


def message_row(filing: Filing, row: ThreadMessage) -> dict[str, Any]:
    """One message of the thread; `who` is for the enterprise, `person` for the agency's desk."""
    agency = filing.agency
    ours = row.side == Side.ENTERPRISE
    return {
        "side": row.side,
        "who": row.sent_by_name if ours else (agency.name if agency else ""),
        "person": row.sent_by_name,
        "when": minute(row.sent_at),
        "text": row.text,
        "files": [
            {
                "name": file.name,
                "type": TYPES.get(file.content_type, file.content_type),
                "size_text": _size(file.size),
                "url": url_of(filing, "thread_file", file.pk),
            }
            for file in row.files.all()
        ],
    }


def correction_row(item: CorrectionItem, label: Callable[[str], str]) -> dict[str, Any]:
    """One item as the pages show it."""
    return {
        "pk": item.pk,
        "field": item.field,
        "label": label(item.field) or _("The filing"),
        "problem_label": item.get_problem_display(),
        "remedy": item.remedy,
        "clause": item.clause,
        "answer": item.answer,
        "before": item.before,
        "after": item.after,
        "changed": bool(item.answered_at) and item.before != item.after,
    }


def correction_rounds(filing: Filing, label: Callable[[str], str]) -> list[dict[str, Any]]:
    """The correction lists so far, newest first."""
    items = list(filing.corrections.order_by("-round", "pk"))
    return [
        {"n": n, "items": [correction_row(i, label) for i in items if i.round == n]}
        for n in dict.fromkeys(i.round for i in items)
    ]


def open_corrections(
    filing: Filing,
    *,
    label: Callable[[str], str],
    mark: Callable[[str], str],
    url: Callable[[str], str],
) -> list[dict[str, Any]]:
    """The items of the present list, with the way to each entry and what already settles it.

    mark: the digest of an entry as it stands now. url: the address of an entry.
    """
    items = correcting.open_items(filing)
    known = correcting.marks_at_return(filing) if items else {}
    return [
        {
            **correction_row(item, label),
            "url": url(item.field),
            "settled": _settled(item, changed=correcting.was_changed(item, known, mark)),
        }
        for item in items
    ]


def _settled(item: CorrectionItem, *, changed: bool) -> str:
    if changed:
        return _("changed")
    return _("answered") if item.answer.strip() else ""


def event_rows(
    filing: Filing, *, act: Callable[[str], str], tone: Callable[[str], str]
) -> list[dict[str, Any]]:
    """The timeline, newest first; people are shown by name, the clock is not.

    act: a move in the past tense. tone: the meaning behind a state's colour.
    """
    events = filing.events.exclude(move__in=QUIET).order_by("-seq")
    return [
        {
            "when": minute(event.at),
            "who": event.by_name,
            "what": act(event.move),
            "note": event.data.get("text") or event.note or _handed(event),
            "tone": tone(event.to_state),
        }
        for event in events
    ]


def _handed(event: Event) -> str:
    words = {"before": event.data.get("handed_from"), "after": event.data.get("handed_to")}
    return _("%(before)s → %(after)s") % words if words["after"] else ""


def minute(at: Any) -> str:
    """A moment in local time, to the minute."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(1, size // 1024)} KB"
