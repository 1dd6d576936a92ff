"""The values of one return as the expressions read them: numbers apart from texts."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from stats.enums import Kind

# The six places where a value can lie: this year, last year, outside; numbers first, then texts.
Case = tuple[
    dict[str, Decimal], dict[str, str],
    dict[str, Decimal], dict[str, str],
    dict[str, Decimal], dict[str, str],
]  # fmt: skip
PLACES = {"code": 0, "prev": 2, "ext": 4}

NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?", re.ASCII)
# A choice is a number when it is written like one: 2 is, 02 is a text.
CHOICE_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
WRITTEN_AS_NUMBER = {Kind.NUMBER.value, Kind.COUNT.value}
LONGEST_TEXT = 2_000


def case_of(
    kinds: Mapping[str, str],
    data: Mapping[str, Any],
    previous: Mapping[str, Any] | None = None,
    external: Mapping[str, Any] | None = None,
) -> Case:
    """The case of raw values; what cannot be read counts as missing, a blank too.

    kinds: the kind of each item and of each outside value (value of Kind); a name without one is
    taken as a choice. Values: texts, whole numbers, Decimal or None.
    """
    parts = [_split(kinds, values or {}) for values in (data, previous, external)]
    (now, words), (then, old), (out, said) = parts
    return now, words, then, old, out, said


def _split(
    kinds: Mapping[str, str], values: Mapping[str, Any]
) -> tuple[dict[str, Decimal], dict[str, str]]:
    numbers: dict[str, Decimal] = {}
    texts: dict[str, str] = {}
    for name, raw in values.items():
        value = read_value(kinds.get(name, "choice"), raw)
        if isinstance(value, Decimal):
            numbers[name] = value
        elif value is not None:
            texts[name] = value
    return numbers, texts


def read_value(kind: str, raw: Any) -> Decimal | str | None:
    """One value by the kind of its item; None for a blank and for what cannot be read."""
    if type(raw) is str and kind in WRITTEN_AS_NUMBER:  # most values of a stored return
        return _number(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        return None
    if isinstance(raw, Decimal):
        raw = f"{raw:f}" if raw.is_finite() and -30 < raw.adjusted() < 30 else ""
    written = _whole(raw) if isinstance(raw, int) else raw.strip(" \t\r\n")
    if kind in WRITTEN_AS_NUMBER:
        return _number(written)
    if not written or len(written) > LONGEST_TEXT:
        return None
    if kind == "choice" and CHOICE_NUMBER.fullmatch(written):
        return Decimal(written)
    return written


def _number(written: str) -> Decimal | None:
    written = written.strip(" \t\r\n")
    return Decimal(written) if NUMBER.fullmatch(written) else None


def _whole(raw: int) -> str:
    return str(raw) if -(10**18) < raw < 10**18 else ""
