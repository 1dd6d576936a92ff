"""The rows of a table as the report shows them, with boxes for what has to be mended."""

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.enums import SUBKINDS, Kind
from contracts.forms.sheet import words
from contracts.forms.sheet.checked import CheckedRow, Entry, Reading
from contracts.forms.sheet.columns import COLUMNS, DRAFT, PHONE, label_of
from torch_portal.common.money import display

PREFIX = "cell-"
HEADLINE = ("project_name", "buyer_name", "kind", "total_yuan", "signed_on", "ends_on")
READINGS_SHOWN, READINGS_MOST = 12, 200


def row_shown(checked: CheckedRow, *, editing: bool) -> dict[str, Any]:
    """A row: what it says, what is wrong, and the boxes to mend it (all of them when editing)."""
    row = checked.row
    flagged = {f["name"] for f in checked.findings if f["level"] == "block"}
    names = [n for n in checked.entries if n not in (DRAFT, PHONE)] if editing else []
    names += [n for n in COLUMNS if n in flagged and n not in names and n != PHONE]
    return {
        "pk": row.pk,
        "number": row.number,
        "title": checked.get("project_name") or "",
        "facts": [
            {"label": e.label, "typed": e.typed, "shown": e.shown or e.typed, "changed": e.changed}
            for e in (checked.entries.get(n) for n in HEADLINE[1:])
            if e and e.typed
        ],
        "findings": [f | {"label": label_of(f["name"])} for f in checked.findings],
        "bad": checked.bad,
        "skipped": row.skipped,
        "filing_id": row.filing_id,
        "mended": [n for n in row.mended if n in COLUMNS],
        "boxes": [] if row.filing_id else [_box(checked, name) for name in names],
        "editing": editing,
    }


def _box(checked: CheckedRow, name: str) -> dict[str, Any]:
    entry = checked.entries.get(name) or Entry(name, "")
    return {
        "name": PREFIX + name,
        "id": f"row-{checked.row.pk}-{name}",
        "label": entry.label,
        "value": box_value(entry),
        "typed": entry.typed,
        "groups": options(name),
        "unit": COLUMNS[name].is_amount,
        "errors": [
            f["message"] for f in checked.findings if f["name"] == name and f["level"] == "block"
        ],
    }


def box_value(entry: Entry) -> str:
    """What stands in the box at first: as understood, in yuan; word for word when it was not."""
    kind = COLUMNS[entry.name].kind
    if entry.value is None:
        return "" if kind in ("choice", "yesno") else entry.typed
    if kind == "amount":
        return display(entry.value)
    if entry.name == "kind":
        return str(entry.value[1] or entry.value[0])
    if kind == "yesno":
        return "yes" if entry.value else "no"
    if kind in ("choice", "place"):
        return str(entry.value)
    return entry.shown if kind in ("day", "many") else entry.typed


def options(name: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The list to choose from, in groups; [] where one types."""
    if name == "kind":
        return [
            (str(kind.label), [(kind.value, str(kind.label)), *_subkinds(kind)]) for kind in Kind
        ]
    if COLUMNS[name].kind == "yesno":
        return [("", [("yes", words_for(yes=True)), ("no", words_for(yes=False))])]
    return [("", words.choices(name))] if COLUMNS[name].kind == "choice" else []


def words_for(*, yes: bool) -> str:
    """Yes or no, in the active language."""
    field = COLUMNS["related"].field
    listed = dict(getattr(field, "choices", ()))
    return str(listed["yes" if yes else "no"])


def _subkinds(kind: Kind) -> list[tuple[str, str]]:
    found = [(str(s.value), str(s.label)) for s in SUBKINDS[kind]]
    return found if len(found) > 1 else []


def typed_over(checked: CheckedRow, posted: Mapping[str, str]) -> dict[str, str]:
    """What was typed over the cells of a row: only what differs from what stood there."""
    found = {}
    for name in COLUMNS:
        typed = posted.get(PREFIX + name)
        if typed is None or name == DRAFT:
            continue
        entry = checked.entries.get(name) or Entry(name, "")
        if typed.strip() != box_value(entry):
            found[name] = typed.strip()[:400]
    return found


def readings_shown(found: Iterable[Any]) -> dict[str, Any]:
    """Readings to confirm, as the run holds them: words with the list to choose from; amounts and
    days as they are."""
    listed = [Reading(*one) for one in found]
    chosen = [r for r in listed if r.code]
    plain = [r for r in listed if not r.code]
    return {
        "words": [
            {
                "name": f"word-{n}",
                "field": r.name,
                "label": r.label,
                "typed": r.typed,
                "count": r.count,
                "code": r.code,
                "groups": options(r.name),
            }
            for n, r in enumerate(chosen)
        ],
        "plain": plain[:READINGS_SHOWN],
        "more": plain[READINGS_SHOWN:READINGS_MOST],
        "further": max(0, len(plain) - READINGS_MOST),
    }
