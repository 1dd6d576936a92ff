"""A quiz as an officer types it, read into questions; and the marking of a try.

One question is a block of lines; blocks are parted by an empty line:

    营业收入按什么单位填写？ [qc05_0]
    - 元
    * 千元
    = 表内金额指标以千元为单位。

The first line asks, with the code of the item in brackets where it is about one; `*` stands
before a right answer, `-` before a wrong one, `=` before the explanation.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stats.editions.guidance import CLAUSE, MOST_OPTIONS, MOST_QUIZ_QUESTIONS
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _

CODE = re.compile(r"\s*\[([A-Za-z0-9_]{1,40})\]\s*$")
HALF_WIDTH = str.maketrans({"＊": "*", "－": "-", "＝": "=", "［": "[", "］": "]", "\u3000": " "})
LONGEST_LINE = 400


@dataclass
class Asked:
    """One question of a quiz; line: where it begins in the text, from 1.

    right: the places of the right options, from 0. item_code: "" where it is about no item.
    """

    line: int
    text: str
    item_code: str = ""
    options: list[str] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    why: str = ""


def read(text: str, codes: Collection[str]) -> tuple[list[Asked], list[Finding]]:
    """The questions of a text, and all that is wrong with it at once.

    codes: those of the version that the quiz belongs to.
    """
    asked: list[Asked] = []
    found: list[Finding] = []
    current: Asked | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.translate(HALF_WIDTH).strip()
        if not line:
            current = None
            continue
        if len(line) > LONGEST_LINE:
            found.append(_wrong(number, TOO_LONG, most=LONGEST_LINE))
            line = line[:LONGEST_LINE]
        if current is None and line[0] not in "*-=":
            current = _question(number, line)
            asked.append(current)
        elif current is None:
            found.append(_wrong(number, NO_QUESTION))
        else:
            found += _add(current, number, line)
    found += [problem for each in asked for problem in _complete(each, codes)]
    if not asked:
        found.append(_wrong(1, EMPTY))
    if len(asked) > MOST_QUIZ_QUESTIONS:
        found.append(_wrong(asked[MOST_QUIZ_QUESTIONS].line, TOO_MANY, most=MOST_QUIZ_QUESTIONS))
    return asked, found


def marked(
    questions: Sequence[tuple[int, Collection[int]]], chosen: Mapping[int, Collection[int]]
) -> list[int]:
    """The keys of the questions that were answered right: every right option and no other.

    questions: key and places of the right options. chosen: places by key; a question that is
    missing was left open.
    """
    return [key for key, right in questions if set(chosen.get(key, ())) == set(right)]


def _question(number: int, line: str) -> Asked:
    code = CODE.search(line)
    return Asked(number, CODE.sub("", line), code.group(1) if code else "")


def _add(current: Asked, number: int, line: str) -> list[Finding]:
    sign, rest = line[0], line[1:].strip()
    if sign not in "*-=":
        return [_wrong(number, NO_SIGN)]
    if sign == "=":
        current.why = f"{current.why} {rest}".strip()
        return []
    if not rest or rest in current.options:
        return [_wrong(number, TWICE if rest else NO_TEXT)]
    if sign == "*":
        current.right.append(len(current.options))
    current.options.append(rest)
    return []


def _complete(asked: Asked, codes: Collection[str]) -> Iterator[Finding]:
    if not 2 <= len(asked.options) <= MOST_OPTIONS:
        yield _wrong(asked.line, OPTIONS, most=MOST_OPTIONS)
    elif not asked.right:
        yield _wrong(asked.line, NO_RIGHT)
    if asked.item_code and asked.item_code not in codes:
        yield _wrong(asked.line, UNKNOWN_CODE, code=asked.item_code)


def _wrong(line: int, message: Any, **values: Any) -> Finding:
    return Finding("quiz", Level.BLOCK, "questions", message, CLAUSE, {"line": line, **values})


EMPTY = _("Line %(line)s: no question is written. Begin with its words, then one answer a line.")
NO_QUESTION = _("Line %(line)s: an answer stands before any question. Write the question above it.")
NO_SIGN = _(
    "Line %(line)s: begin an answer with “*” (right) or “-” (wrong) and the explanation with “=”; "
    "leave a line empty before the next question."
)
NO_TEXT = _("Line %(line)s: no words stand behind the sign.")
TWICE = _("Line %(line)s: this answer stands there twice. Take one out.")
OPTIONS = _("Line %(line)s: a question has from 2 to %(most)s answers.")
NO_RIGHT = _("Line %(line)s: no answer is right. Put “*” before the right ones.")
UNKNOWN_CODE = _("Line %(line)s: the version has no item “%(code)s”. Correct the code in brackets.")
TOO_LONG = _("Line %(line)s: a line has at most %(most)s characters. Shorten it.")
TOO_MANY = _("Line %(line)s: a quiz has at most %(most)s questions. Make a second one.")
