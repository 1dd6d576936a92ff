"""The words of the expression language: numbers, names, choice codes in quotes, signs."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from stats.rules.errors import NotReadable
from torch_portal.common.i18n import _

LONGEST, LONGEST_RAW = 1_000, 4_000
WHOLE_DIGITS, DECIMALS, LONGEST_NAME, LONGEST_CODE = 18, 12, 40, 40
WORDS = frozenset({"and", "or", "not"})

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r\n]+)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<name>[A-Za-z][A-Za-z0-9_]*)
    |'(?P<text>[A-Za-z0-9_.\-]{1,40})'
    |(?P<sign>==|!=|<=|>=|\*\*|//|[-+*<>(),])""",
    re.VERBOSE,
)
_HALF_WIDTH = _("Use the half-width sign.")
# Signs that people try, and what the language has instead.
_REMEDIES: dict[str, Any] = {
    "=": _("Equality is written ==."),
    "/": _("Division is written ratio(a, b); it is unknown where b is 0."),
    "**": _("There are no powers; multiply with *."),
    "//": _("Division is written ratio(a, b); it is unknown where b is 0."),
    "%": _("There is no remainder; a share is written ratio(a, b)."),
    "&": _("Write and."),
    "|": _("Write or."),
    "!": _("Write not, or != for unequal."),
    ".": _("A point stands only inside a number, such as 0.5."),
    '"': _("A code of a choice is written in single quotes, such as 'A1'."),
    "'": _("A code of a choice has 1 to 40 letters, digits, points or hyphens in single quotes."),
    "_": _("A name begins with a letter."),
    "[": _("Only round brackets are used."),
    "{": _("Only round brackets are used."),
    "（": _HALF_WIDTH,
    "）": _HALF_WIDTH,
    "，": _HALF_WIDTH,
    "＝": _HALF_WIDTH,
    "＋": _HALF_WIDTH,
    "－": _HALF_WIDTH,
    "＜": _HALF_WIDTH,
    "＞": _HALF_WIDTH,
}
_ELSE = _("Use item codes, numbers, + - * == != < <= > >=, and, or, not, brackets and functions.")


class Token(NamedTuple):
    """One word. kind: number, name, text, sign or end; place: its first character, from 0."""

    kind: str
    word: str
    place: int


def tokens(text: str) -> list[Token]:
    """The words of a text, an end mark last; NotReadable for what the language does not have."""
    _check_length(text)
    return [*_words(text), Token("end", "", len(text))]


def _check_length(text: str) -> None:
    written = len("".join(text.split())) if len(text) <= LONGEST_RAW else len(text)
    if written > LONGEST:
        raise NotReadable(
            LONGEST,
            _("The expression is longer than %(most)s characters."),
            _("Make it two rules."),
            most=LONGEST,
        )


def _words(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise _stranger(text[place], place)
        kind = found.lastgroup or ""
        word = found.group(kind)
        if kind == "number":
            word = _number(word, place)
        if kind == "name" and len(word) > LONGEST_NAME:
            raise NotReadable(
                place,
                _("A name has at most %(most)s characters."),
                _("Use the code of an item."),
                most=LONGEST_NAME,
            )
        if word in {"**", "//"}:
            raise _stranger(word, place)
        if kind != "blank":
            yield Token(kind, word, place)
        place = found.end()


def _number(word: str, place: int) -> str:
    """A number without needless zeros."""
    whole, _point, decimals = word.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    if len(whole) > WHOLE_DIGITS or len(decimals) > DECIMALS:
        raise NotReadable(
            place,
            _("A number has at most %(whole)s digits before and %(decimals)s after the point."),
            _("Write a shorter number."),
            whole=WHOLE_DIGITS,
            decimals=DECIMALS,
        )
    return f"{whole}.{decimals}" if decimals else whole


def _stranger(sign: str, place: int) -> NotReadable:
    message = _("“%(sign)s” is no sign of the language.")
    return NotReadable(place, message, _REMEDIES.get(sign, _ELSE), sign=sign)
