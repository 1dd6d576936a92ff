"""Personal data in free text: identity numbers, telephones, names told as such.

Digits are found however they are written: full-width or of another script, with blanks, hyphens,
dots or invisible characters between them. Positions are those of the text as it was typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from torch_portal.common.codes import MAINLAND, OUTSIDE_MAINLAND, mask
from torch_portal.common.findings import Level
from torch_portal.common.rulebook import Problem, Problems

CLAUSE = "个人信息保护法 第六条、第二十八条"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGIONS = MAINLAND | OUTSIDE_MAINLAND
_MOBILE = re.compile(r"(?:00)?(?:86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(
    r"(?:0|(?:00)?86)(?:(?:10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7})"
)
_DASHES = "-‐‑‒–—―－﹣.．·()（）_/"
# Most characters between two digits of one number.
_GAP = 3
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_NAMED = re.compile(rf"姓名\s*[：:为是]?\s*[{_SURNAMES}][一-龥某×*]{{1,3}}")
_PATIENT = re.compile(
    rf"(?:患者|病人|病例|确诊者|疑似者|密接者|密切接触者)\s*[：:]?\s*"
    rf"[{_SURNAMES}][一-龥某×*]{{1,2}}(?=[，,、。；;（(\s]|男|女|[0-9]|$)"
)
_NO_NAMES = re.compile(
    r"高烧|高热|高龄|高危|于[今昨前上]|于\d|任何|常[见规住]|万[例人]|金额|方[面案式]"
)


class Kind(StrEnum):
    """What was found; a name is a suspicion, a number is not."""

    IDENTITY = "identity"
    MOBILE = "mobile"
    LANDLINE = "landline"
    NAME = "name"


@dataclass(frozen=True)
class Personal:
    """A place of the text, from start up to end, and what stands there with its middle hidden."""

    kind: Kind
    start: int
    end: int
    shown: str


def is_identity_number(digits: str) -> bool:
    """Whether 18 characters are a resident identity number: province, birthday, check digit.

    GB 11643-1999; capital X as the last one.
    """
    if not re.fullmatch(r"[0-9]{17}[0-9X]", digits) or digits[:2] not in _REGIONS:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return 1900 <= born.year <= 2100 and _CHECKS[total % 11] == digits[17]


def personal_data(text: str) -> list[Personal]:
    """Everything personal in a text, in its order; one place is found once."""
    found: list[Personal] = []
    for each in (*_numbers(text), *_names(text)):
        if all(each.end <= other.start or each.start >= other.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def personal_problems(field: str, text: str) -> Problems:
    """The problems of a text at a field: numbers block, what looks like a name is asked about."""
    for each in personal_data(text):
        level = Level.WARN if each.kind is Kind.NAME else Level.BLOCK
        yield Problem(field, _MESSAGES[each.kind], {"shown": each.shown}, level, CLAUSE)


_MESSAGES: dict[Kind, Any] = {
    Kind.IDENTITY: _(
        "There is an identity number in the text (%(shown)s). Take it out; nobody needs it here."
    ),
    Kind.MOBILE: _(
        "There is a mobile number in the text (%(shown)s). Take it out; contacts have their own "
        "fields."
    ),
    Kind.LANDLINE: _(
        "There is a telephone number in the text (%(shown)s). Take it out; contacts have their "
        "own fields."
    ),
    Kind.NAME: _(
        "This looks like the name of a person (%(shown)s). Patients are counted, never named."
    ),
}


@dataclass(frozen=True)
class _Digit:
    """A digit or X and where it stands; first: a number may begin here, or end before it."""

    value: str
    at: int
    first: bool


def _digit(letter: str) -> str:
    """The plain digit of any script, X for the letter, else nothing."""
    decimal = unicodedata.decimal(letter, None)
    if decimal is not None:
        return str(decimal)
    return "X" if letter in "xXｘＸ" else ""


def _between(letter: str) -> bool:
    """Whether a character may stand inside a number."""
    return letter in _DASHES or letter.isspace() or unicodedata.category(letter) == "Cf"


def _runs(text: str) -> Iterator[list[_Digit]]:
    """Digits that can belong to one number: nothing but a few separators between them."""
    run: list[_Digit] = []
    gap = 0
    for at, letter in enumerate(text):
        value = _digit(letter)
        if value:
            # The X of an identity number ends one; beside a telephone it is a letter.
            letters = not run or "X" in (value, run[-1].value)
            run.append(_Digit(value, at, first=letters or gap > 0))
            gap = 0
        elif run and _between(letter) and gap < _GAP:
            gap += 1
        else:
            yield run
            run, gap = [], 0
    yield run


def _numbers(text: str) -> Iterator[Personal]:
    """Identity numbers before telephones: a part of one is none of the other."""
    runs = list(_runs(text))
    for kind, lengths in ((Kind.IDENTITY, (18,)), (Kind.MOBILE, (11, 13, 15)),
                          (Kind.LANDLINE, (11, 12, 13, 14, 15))):  # fmt: skip
        for run in runs:
            yield from _windows(run, kind, lengths)


def _windows(run: list[_Digit], kind: Kind, lengths: tuple[int, ...]) -> Iterator[Personal]:
    """Whole groups of digits that together are a number of this kind."""
    ends = {i for i, digit in enumerate(run) if digit.first} | {len(run)}
    for start in (i for i, digit in enumerate(run) if digit.first):
        for length in lengths:
            stop = start + length
            if stop in ends:
                digits = "".join(digit.value for digit in run[start:stop])
                if _is(kind, digits):
                    yield Personal(kind, run[start].at, run[stop - 1].at + 1, mask(digits))


def _is(kind: Kind, digits: str) -> bool:
    if kind is Kind.IDENTITY:
        return is_identity_number(digits)
    pattern = _MOBILE if kind is Kind.MOBILE else _LANDLINE
    return pattern.fullmatch(digits) is not None


def _names(text: str) -> Iterator[Personal]:
    for pattern in (_NAMED, _PATIENT):
        for match in pattern.finditer(text):
            if not _NO_NAMES.search(match.group()):
                yield Personal(Kind.NAME, match.start(), match.end(), f"{match.group()[:-1]}*")
