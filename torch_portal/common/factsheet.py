"""Facts as JSON: a list of entries that both reads an object and prints its JSON Schema.

Numbers are decimal strings, counts may be plain integers, dates are ISO, null means not known.
Nothing is guessed: an unknown name, a float or a wrong type is refused with the name of the entry.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

DECIMAL = r"^-?[0-9]{1,18}(\.[0-9]{1,12})?$"
COUNT = r"^[0-9]{1,12}$"
ISO_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
LONGEST_TEXT = 2_000
LONGEST_LIST = 1_000


class FactsError(ValueError):
    """An entry that cannot be read. field: its name, with place for lists (lines[2].yuan)."""

    def __init__(self, field: str, message: Any, **values: Any) -> None:
        super().__init__(field)
        self.field = field
        self.message = message
        self.values = values

    def __str__(self) -> str:
        text = str(self.message) % self.values if self.values else str(self.message)
        return f"{self.field}: {text}" if self.field else text


@dataclass(frozen=True)
class Entry:
    """One entry of the facts.

    kind: text, choice, choices, bool, date, decimal, count, values, record, records or variants.
    attribute: its name among the facts where that differs. aliases: further words for a choice ->
    the choice meant. pattern: for text; for a decimal only in the schema, the rules refuse what it
    excludes. entries: of each record; for values the one that each of them is. least, most: how
    many items a list has. tag, variants: records whose tag says which entries they have.
    """

    name: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    entries: tuple["Entry", ...] = ()
    least: int = 0
    most: int = LONGEST_LIST
    tag: str = ""
    variants: Mapping[str, tuple["Entry", ...]] = field(default_factory=dict)
    attribute: str = ""
    about: str = ""

    def variant(self, name: str) -> tuple["Entry", ...]:
        """The entries of the records with this tag."""
        return (Entry(self.tag, "choice", required=True, choices=(name,)), *self.variants[name])


def read(source: Any, entries: Sequence[Entry], *, path: str = "") -> dict[str, Any]:
    """The values of an object by attribute name; FactsError for the first thing wrong.

    Entries that are absent or null do not appear in the answer.
    """
    if not isinstance(source, dict):
        raise FactsError(path.removesuffix("."), _("A JSON object is needed here."))
    known = {entry.name: entry for entry in entries}
    for name in source:
        if name not in known:
            raise FactsError(path + str(name), _("There is no entry of this name."))
    found = {}
    for entry in entries:
        value = source.get(entry.name)
        if value is not None:
            found[entry.attribute or entry.name] = _READERS[entry.kind](
                value, entry, path + entry.name
            )
        elif entry.required:
            raise FactsError(path + entry.name, _("This entry is required."))
    return found


def _text(value: Any, entry: Entry, field: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise FactsError(
            field, _("A text of at most %(most)s characters is needed."), most=LONGEST_TEXT
        )
    if entry.pattern and not re.fullmatch(entry.pattern, value):
        raise FactsError(field, _("The text does not have the form of this entry."))
    return value


def _choice(value: Any, entry: Entry, field: str) -> str:
    meant = entry.aliases.get(value, value) if isinstance(value, str) else None
    if meant not in entry.choices:
        raise FactsError(
            field, _("One of these is needed: %(choices)s."), choices=", ".join(entry.choices)
        )
    return meant


def _choices(value: Any, entry: Entry, field: str) -> frozenset[str]:
    items = _items(value, entry, field)
    return frozenset(_choice(item, entry, f"{field}[{i}]") for i, item in enumerate(items))


def _bool(value: Any, entry: Entry, field: str) -> bool:
    if not isinstance(value, bool):
        raise FactsError(field, _("true or false is needed."))
    return value


def _date(value: Any, entry: Entry, field: str) -> date:
    try:
        if not isinstance(value, str) or not re.fullmatch(ISO_DATE, value):
            raise ValueError
        day = date.fromisoformat(value)
        if not EARLIEST <= day <= LATEST:
            raise ValueError
    except ValueError:
        raise FactsError(field, _("A date like 2020-02-06 is needed.")) from None
    return day


def _decimal(value: Any, entry: Entry, field: str) -> Decimal:
    if not isinstance(value, str) or not re.fullmatch(DECIMAL, value):
        raise FactsError(field, _('A decimal number in quotes is needed, such as "1200.50".'))
    return Decimal(value)


def _count(value: Any, entry: Entry, field: str) -> int:
    plain = isinstance(value, int) and not isinstance(value, bool)
    if not (plain or isinstance(value, str)) or not re.fullmatch(COUNT, str(value)):
        raise FactsError(field, _("A whole number of zero or more is needed."))
    return int(value)


def _items(value: Any, entry: Entry, field: str) -> list[Any]:
    if not isinstance(value, list) or not entry.least <= len(value) <= entry.most:
        message = (
            _("A list of %(least)s to %(most)s items is needed.")
            if entry.least
            else _("A list of at most %(most)s items is needed.")
        )
        raise FactsError(field, message, least=entry.least, most=entry.most)
    return value


def _values(value: Any, entry: Entry, field: str) -> tuple[Any, ...]:
    (each,) = entry.entries
    items = enumerate(_items(value, entry, field))
    return tuple(_READERS[each.kind](item, each, f"{field}[{i}]") for i, item in items)


def _record(value: Any, entry: Entry, field: str) -> dict[str, Any]:
    return read(value, entry.entries, path=f"{field}.")


def _records(value: Any, entry: Entry, field: str) -> tuple[dict[str, Any], ...]:
    items = enumerate(_items(value, entry, field))
    return tuple(read(item, entry.entries, path=f"{field}[{i}].") for i, item in items)


def _variants(value: Any, entry: Entry, field: str) -> tuple[dict[str, Any], ...]:
    tag = Entry(entry.tag, "choice", required=True, choices=tuple(entry.variants))
    found = []
    for i, item in enumerate(_items(value, entry, field)):
        path = f"{field}[{i}]."
        named = {entry.tag: item[entry.tag]} if isinstance(item, dict) and entry.tag in item else {}
        name = read(named if isinstance(item, dict) else item, (tag,), path=path)[entry.tag]
        found.append(read(item, entry.variant(name), path=path))
    return tuple(found)


_READERS: Mapping[str, Callable[[Any, Entry, str], Any]] = {
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "bool": _bool,
    "date": _date,
    "decimal": _decimal,
    "count": _count,
    "values": _values,
    "record": _record,
    "records": _records,
    "variants": _variants,
}


def schema(entries: Sequence[Entry], *, title: str = "") -> dict[str, Any]:
    """JSON Schema (2020-12) of the objects that `read` accepts."""
    body: dict[str, Any] = {
        "type": "object",
        "properties": {entry.name: _entry_schema(entry) for entry in entries},
        "required": [entry.name for entry in entries if entry.required],
        "additionalProperties": False,
    }
    if title:
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
        return head | body
    return body


def _entry_schema(entry: Entry) -> dict[str, Any]:
    """The schema of one entry; null is allowed where it is not required."""
    typed = _typed(entry)
    if entry.about:
        typed["description"] = entry.about
    if entry.required:
        return typed
    if "enum" in typed:
        return typed | {"type": ["string", "null"], "enum": [*typed["enum"], None]}
    kinds = typed["type"] if isinstance(typed["type"], list) else [typed["type"]]
    return typed | {"type": [*kinds, "null"]}


def _typed(entry: Entry) -> dict[str, Any]:
    match entry.kind:
        case "bool":
            return {"type": "boolean"}
        case "date":
            return {"type": "string", "format": "date", "pattern": ISO_DATE}
        case "decimal":
            return {"type": "string", "pattern": entry.pattern or DECIMAL}
        case "count":
            return {"type": ["integer", "string"], "minimum": 0, "pattern": COUNT}
        case "choice":
            return {"type": "string", "enum": [*entry.choices, *entry.aliases]}
        case "choices":
            return _list({"type": "string", "enum": list(entry.choices)}, entry)
        case "values":
            return _list(_typed(entry.entries[0]), entry)
        case "record":
            return schema(entry.entries)
        case "records":
            return _list(schema(entry.entries), entry)
        case "variants":
            each = [schema(entry.variant(name)) for name in entry.variants]
            return _list({"oneOf": each}, entry)
    text: dict[str, Any] = {"type": "string", "maxLength": LONGEST_TEXT}
    return text | ({"pattern": entry.pattern} if entry.pattern else {})


def _list(items: dict[str, Any], entry: Entry) -> dict[str, Any]:
    least = {"minItems": entry.least} if entry.least else {}
    return {"type": "array", "items": items, **least, "maxItems": entry.most}
