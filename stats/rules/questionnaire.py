"""What is wrong with a questionnaire before anybody is asked by it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from stats.editions import Instrument, Item
from stats.enums import Kind
from stats.rules.errors import NotReadable
from stats.rules.kinds import NUMBERS, type_problems
from stats.rules.parser import read_text
from stats.rules.tokens import WORDS
from stats.rules.tree import FUNCTIONS, reference_name
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _

CLAUSE = "平台设定"
# How a code can be written so that check rules can name it.
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)
MOST_DECIMALS = 12
NAMED = 8


@dataclass(frozen=True)
class Draft:
    """A version that is written, beside the one that was asked before it (None: the first)."""

    instrument: Instrument
    before: Instrument | None = None

    @cached_property
    def items(self) -> list[Item]:
        """Every item of every table, a code that stands twice too."""
        return [item for table in self.instrument.tables for item in table.items]


# Code of the finding, its weight, the place it speaks of, its sentence and what fills it.
Problem = tuple[str, Level, str, Any, Mapping[str, Any]]
Problems = Iterator[Problem]


def faults(draft: Draft) -> list[Finding]:
    """Everything that speaks against publishing a version; a finding that blocks stops it."""
    return [
        Finding(code, level, field, message, CLAUSE, dict(values))
        for look in LOOKS
        for code, level, field, message, values in look(draft)
    ]


def tables(draft: Draft) -> Problems:
    """There are tables with titles, each once, and they ask for something."""
    counts = Counter(table.code for table in draft.instrument.tables)
    for code, count in counts.items():
        if count > 1:
            yield "table_twice", Level.BLOCK, code, TABLE_TWICE, {"table": code}
    for table in draft.instrument.tables:
        if not table.title_zh.strip():
            yield "no_title", Level.BLOCK, table.code, NO_TITLE, {"table": table.code}
    if not draft.items:
        yield "no_items", Level.BLOCK, "", NO_ITEMS, {}


def codes(draft: Draft) -> Problems:
    """Each code stands once and can be named by a rule; each item has its words."""
    counts = Counter(item.code for item in draft.items)
    for code, count in counts.items():
        if count > 1:
            places = ", ".join(i.table for i in draft.items if i.code == code)
            yield "code_twice", Level.BLOCK, code, CODE_TWICE, {"code": code, "tables": places}
        if not CODE.fullmatch(code):
            yield "code_form", Level.BLOCK, code, CODE_FORM, {"code": code}
        elif code in WORDS or code in FUNCTIONS:
            yield "code_word", Level.BLOCK, code, CODE_WORD, {"code": code}
    for item in draft.items:
        if not item.label_zh.strip():
            yield "no_label", Level.BLOCK, item.code, NO_LABEL, {"code": item.code}


def lists(draft: Draft) -> Problems:
    """Choices come from lists of the version, and the lists say something."""
    known = draft.instrument.lists
    for each in known.values():
        values = {"list": each.code}
        if not each.choices:
            yield "empty_list", Level.BLOCK, each.code, EMPTY_LIST, values
        twice = [c for c, n in Counter(code for code, _words in each.choices).items() if n > 1]
        for code in twice:
            yield "choice_twice", Level.BLOCK, each.code, CHOICE_TWICE, {**values, "code": code}
        if each.code not in {item.choices for item in draft.items}:
            yield "unused_list", Level.WARN, each.code, UNUSED_LIST, values
    for item in draft.items:
        values = {"code": item.code, "list": item.choices}
        if item.choices and item.choices not in known:
            yield "unknown_list", Level.BLOCK, item.code, UNKNOWN_LIST, values
        elif item.choices and item.kind is not Kind.CHOICE:
            yield "list_unused", Level.WARN, item.code, LIST_OF_NO_CHOICE, values
    open_ = [i.code for i in draft.items if i.kind is Kind.CHOICE and not i.choices]
    if open_:
        named = {"count": len(open_), "codes": ", ".join(open_[:NAMED])}
        yield "no_list", Level.WARN, open_[0], NO_LIST, named


def values(draft: Draft) -> Problems:
    """Amounts have units; decimals and bounds are those of numbers and in order."""
    for item in draft.items:
        told = {"code": item.code}
        if item.kind is Kind.NUMBER and not item.unit:
            yield "no_unit", Level.WARN, item.code, NO_UNIT, told
        bounded = item.decimals is not None or item.least or item.most
        if bounded and item.kind.value not in NUMBERS:
            yield "no_number", Level.BLOCK, item.code, NO_NUMBER, told
            continue
        if item.decimals is not None and not 0 <= item.decimals <= MOST_DECIMALS:
            yield "decimals", Level.BLOCK, item.code, DECIMALS, {**told, "most": MOST_DECIMALS}
        bounds = [_bound(text) for text in (item.least, item.most)]
        for text, bound in zip((item.least, item.most), bounds, strict=True):
            if text and bound is None:
                yield "bound", Level.BLOCK, item.code, BOUND, {**told, "bound": text}
        if None not in bounds and bounds[0] > bounds[1]:  # type: ignore[operator]  # neither is None
            yield "bounds", Level.BLOCK, item.code, BOUNDS, told


def _bound(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def layout(draft: Draft) -> Problems:
    """An item is a part of the one above it: indents grow by one at a time."""
    for table in draft.instrument.tables:
        above = 0
        for item in table.items:
            if item.indent > above + 1:
                yield "indent", Level.WARN, item.code, INDENT, {"code": item.code}
            above = item.indent


def conditions(draft: Draft) -> Problems:
    """Whether an item is asked for rests on other items that there are."""
    kinds = draft.instrument.kinds
    for item in draft.items:
        if not item.visible_if:
            continue
        told = {"code": item.code}
        try:
            parsed = read_text(item.visible_if)
        except NotReadable as error:
            yield "condition", Level.BLOCK, item.code, CONDITION, {**told, "error": str(error)}
            continue
        for node, position in parsed.places:
            name = {**told, "name": reference_name(node), "position": position}
            if node == ("code", item.code):
                yield "condition", Level.BLOCK, item.code, OF_ITSELF, name
            elif node[1] not in kinds:
                yield "condition", Level.BLOCK, item.code, CONDITION_NAME, name
        for wrong, message in type_problems(parsed.tree, kinds):
            words = str(message) % {"name": reference_name(wrong)}
            yield "condition", Level.BLOCK, item.code, CONDITION, {**told, "error": words}


def meanings(draft: Draft) -> Problems:
    """A code that changes its meaning has a mark; marks speak of meanings that there are."""
    now = {item.indicator for item in draft.items}
    marks = draft.instrument.comparability
    for mark in marks:
        told = {"indicator": mark.now}
        if mark.now not in now:
            yield "mark", Level.BLOCK, mark.now, NO_SUCH_INDICATOR, told
        if not mark.note.strip():
            yield "mark", Level.BLOCK, mark.now, NO_NOTE, told
    if draft.before is None:
        return
    marked = {(mark.indicator, mark.now) for mark in marks}
    for item in draft.items:
        old = draft.before.items.get(item.code)
        if old is None or (old.indicator, item.indicator) in marked:
            continue
        told = {"code": item.code, "before": draft.before.version}
        if old.indicator != item.indicator:
            yield "meaning", Level.WARN, item.code, NEW_MEANING, told
        elif (old.unit, old.kind) != (item.unit, item.kind):
            yield "meaning", Level.WARN, item.code, NEW_UNIT, told


LOOKS: tuple[Callable[[Draft], Problems], ...] = (
    tables, codes, lists, values, layout, conditions, meanings,
)  # fmt: skip

TABLE_TWICE = _("Table %(table)s stands twice. Give one of them another code.")
NO_TITLE = _("Table %(table)s has no title. Write it as the approved form has it.")
NO_ITEMS = _("The version asks for nothing. Add items.")
CODE_TWICE = _("Code %(code)s stands twice (%(tables)s). Give one of them another code.")
CODE_FORM = _(
    "“%(code)s” is no code. Use a letter and then letters, digits or _, at most 40 characters."
)
CODE_WORD = _("%(code)s is a word of the check rules. Use another code.")
NO_LABEL = _("Item %(code)s has no label. Write what it asks for.")
EMPTY_LIST = _("List %(list)s has no choices. Add them, or leave the list out.")
CHOICE_TWICE = _("Choice %(code)s stands twice in list %(list)s. Leave one out.")
UNUSED_LIST = _("No item uses list %(list)s. Leave it out, or name it at an item.")
UNKNOWN_LIST = _("Item %(code)s names list %(list)s, which is not there. Add it, or correct it.")
LIST_OF_NO_CHOICE = _("Item %(code)s is no choice; its list %(list)s has no effect.")
NO_LIST = _(
    "%(count)s choices have no list (%(codes)s…): every answer is taken. Add their lists where "
    "they are known."
)
NO_UNIT = _("Item %(code)s is an amount without a unit. Write the unit, such as 千元.")
NO_NUMBER = _("Item %(code)s is no number, so it has no decimals and no bounds. Leave them out.")
DECIMALS = _("Item %(code)s: decimals go from 0 to %(most)s.")
BOUND = _("Item %(code)s: “%(bound)s” is no bound. Write a number.")
BOUNDS = _("Item %(code)s: the least value is above the greatest. Exchange them.")
INDENT = _("Item %(code)s is indented by more than one step. Correct the indent.")
CONDITION = _("Item %(code)s, asked for if: %(error)s")
OF_ITSELF = _("Item %(code)s cannot depend on itself. Name another item.")
CONDITION_NAME = _(
    "Item %(code)s, asked for if: unknown name %(name)s at position %(position)s. Use the code of "
    "an item of this version."
)
NO_SUCH_INDICATOR = _("A mark speaks of %(indicator)s, which no item has. Correct its key.")
NO_NOTE = _("The mark of %(indicator)s says no reason. Say what changed.")
NEW_MEANING = _(
    "Code %(code)s means something else than in %(before)s. Add a mark that says how far both can "
    "be compared."
)
NEW_UNIT = _(
    "Code %(code)s has another unit or kind than in %(before)s. Give it a key of its own and a "
    "mark, or correct it."
)
