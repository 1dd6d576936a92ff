"""Codes of bodies and places: unified social credit code, division code, jurisdiction."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

CREDIT_CODE_LENGTH = 18
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_CLAUSE = "GB 32100—2015 法人和其他组织统一社会信用代码编码规则"
DIVISION_CLAUSE = "GB/T 2260 中华人民共和国行政区划代码"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(CREDIT_CODE_LENGTH - 1))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_PROVINCES_BY_REGION = {1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345"}
MAINLAND = frozenset(
    f"{region}{province}" for region, those in _PROVINCES_BY_REGION.items() for province in those
)
OUTSIDE_MAINLAND = frozenset({"71", "81", "82"})
PLANNED_CITIES: Mapping[str, str] = {
    "2102": "21",
    "3302": "33",
    "3502": "35",
    "3702": "37",
    "4403": "44",
}
CORPS = "66"
CORPS_DIVISIONS = "6590"
JURISDICTIONS = frozenset({*MAINLAND, *PLANNED_CITIES, CORPS})


class CodeError(ValueError):
    """A code that cannot be right.

    reason: "length", "letter", "body_check", "check", "shape" or "region".
    message: translatable sentence; `values` fills its placeholders.
    """

    def __init__(self, reason: str, message: Any, **values: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)


def normalise(typed: str) -> str:
    """A code as people paste it, made plain: no blanks, no invisible or full-width characters.

    Zero-width characters and spaces of every kind are dropped, full-width letters and
    digits become ordinary ones, small letters become capitals. Hyphens stay: they are an error.
    """
    plain = unicodedata.normalize("NFKC", typed)
    kept = (c for c in plain if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(kept).upper()


def body_check_character(body: str) -> str:
    """The check character of an eight-character organisation code (GB 11714)."""
    total = sum(
        _BODY_ALPHABET.index(letter) * weight
        for letter, weight in zip(body, _BODY_WEIGHTS, strict=True)
    )
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def check_character(first: str) -> str:
    """The eighteenth character for the first seventeen (GB/T 17710, modulo 31)."""
    total = sum(
        CREDIT_CODE_ALPHABET.index(letter) * weight
        for letter, weight in zip(first, _WEIGHTS, strict=True)
    )
    return CREDIT_CODE_ALPHABET[(31 - total % 31) % 31]


def credit_code(typed: str) -> str:
    """The normalised unified social credit code, or CodeError with the precise reason.

    Both check characters are tested: that of the organisation code inside (places 9-17,
    GB 11714) and the overall one (place 18, GB 32100-2015). The division in places 3-8 is not
    looked up: abolished districts live on in valid codes.
    """
    code = normalise(typed)
    if len(code) != CREDIT_CODE_LENGTH:
        raise CodeError(
            "length",
            _("A unified social credit code has 18 characters; this one has %(count)s."),
            count=len(code),
        )
    for place, letter in enumerate(code, start=1):
        if letter not in CREDIT_CODE_ALPHABET:
            raise CodeError(
                "letter",
                _(
                    "Character %(place)s, “%(letter)s”, cannot stand in a unified social credit "
                    "code: it has digits and capital letters without I, O, S, V and Z."
                ),
                place=place,
                letter=letter,
            )
    if check_character(code[:17]) != code[17]:
        raise CodeError(
            "check",
            _(
                "The last character does not fit the other 17: "
                "one character of the unified social credit code is mistyped."
            ),
        )
    if body_check_character(code[8:16]) != code[16]:
        raise CodeError(
            "body_check",
            _(
                "The organisation code inside (characters 9 to 17) does not fit its own "
                "check character. Compare it with the licence."
            ),
        )
    return code


def is_credit_code(typed: str) -> bool:
    """Whether credit_code accepts it."""
    try:
        credit_code(typed)
    except CodeError:
        return False
    return True


def division(typed: str) -> str:
    """A six-digit division code of plausible shape (GB/T 2260), or CodeError.

    The table of divisions is data; here only shape and province are tested.
    """
    code = normalise(typed)
    if not re.fullmatch(r"[0-9]{6}", code):
        raise CodeError("shape", _("A division code has six digits, such as 330106."))
    if code[:2] not in MAINLAND | OUTSIDE_MAINLAND | {CORPS}:
        raise CodeError(
            "region",
            _("No province has a division code that begins with %(prefix)s."),
            prefix=code[:2],
        )
    return code


def jurisdiction(typed: str) -> str:
    """A jurisdiction code: 31 provinces, 5 cities planned separately, the Corps (66)."""
    code = normalise(typed)
    if code not in JURISDICTIONS:
        raise CodeError("region", _("“%(code)s” is not the code of a jurisdiction."), code=code)
    return code


def jurisdiction_of(code: str) -> str:
    """The jurisdiction that a division lies in: the longest prefix decides ("" outside)."""
    if code.startswith((CORPS, CORPS_DIVISIONS)):
        return CORPS
    if code[:4] in PLANNED_CITIES:
        return code[:4]
    return code[:2] if code[:2] in MAINLAND else ""


def parent_of(code: str) -> str:
    """The province in whose territory a city planned separately lies ("" for all others)."""
    return PLANNED_CITIES.get(code, "")


def area_covers(area: str, place: str) -> bool:
    """Whether a division lies in an agency's area.

    area: two, four or six digits; trailing pairs of zeros mean the whole ("330000" = Zhejiang).
    place: six digits. Bodies of the Corps may be registered under a prefecture of Xinjiang,
    so the area of the Corps covers 65 as well.
    """
    prefix = re.sub(r"(00)+$", "", area)
    if prefix == CORPS:
        return place.startswith((CORPS, "65"))
    return place.startswith(prefix)


def mask(secret: str, *, head: int = 3, tail: int = 4) -> str:
    """A personal number with its middle hidden; short ones are hidden wholly."""
    if len(secret) <= head + tail:
        return "*" * len(secret)
    return secret[:head] + "*" * (len(secret) - head - tail) + secret[len(secret) - tail :]
