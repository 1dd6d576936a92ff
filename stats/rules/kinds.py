"""Kinds and units of the parts of an expression: which of them do not go together."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from stats.enums import Kind
from stats.rules.tree import COMPARISONS, REFERENCES, Node, reference_name, walk
from torch_portal.common.i18n import _

NUMBERS = frozenset({Kind.NUMBER.value, Kind.COUNT.value})
TEXTS = frozenset({Kind.TEXT.value, Kind.DATE.value})
# Functions and operators whose operands are reckoned with.
RECKONING = frozenset({"+", "-", "*", "neg", "abs", "min", "max", "ratio", "nz", "is_int"})

NO_ARITHMETIC = _("%(name)s is a text and cannot be reckoned with. Use an item with numbers.")
NO_TEXT = _("%(name)s is a number and never equals a text. Compare it with a number.")
NO_NUMBER = _("%(name)s is a text and never equals a number. Compare it with a code in quotes.")
NO_ORDER = _("%(name)s has no order. Compare it by == or !=, or use dates.")
NO_CREDIT_CODE = _("%(name)s holds no credit code. Use an item with a text.")

TypeProblems = Iterator[tuple[Node, Any]]


def type_problems(tree: Node, kinds: Mapping[str, str]) -> TypeProblems:
    """Each reference whose kind does not fit its place, with a sentence about `name`.

    A choice fits both numbers and texts: its list may hold either.
    """
    for node in walk(tree):
        if node[0] in RECKONING:
            for below in node[1:]:
                if kind_of(below, kinds) in TEXTS:
                    yield below, NO_ARITHMETIC
        elif node[0] == "uscc_ok" and kind_of(node[1], kinds) not in {Kind.TEXT.value, ""}:
            yield node[1], NO_CREDIT_CODE
        elif node[0] in COMPARISONS:
            yield from _compared(node, kinds)


def kind_of(node: Node, kinds: Mapping[str, str]) -> str:
    """The kind of a part; "" for a name that is not known."""
    if node[0] == "text":
        return Kind.TEXT.value
    return kinds.get(node[1], "") if node[0] in REFERENCES else Kind.NUMBER.value


def _compared(node: Node, kinds: Mapping[str, str]) -> TypeProblems:
    for one, other in ((node[1], node[2]), (node[2], node[1])):
        if one[0] not in REFERENCES:
            continue
        mine, its = kind_of(one, kinds), kind_of(other, kinds)
        if mine in TEXTS and its in NUMBERS:
            yield one, NO_NUMBER
        elif mine in NUMBERS and other[0] == "text":
            yield one, NO_TEXT
        elif mine == Kind.TEXT.value and node[0] not in {"==", "!="}:
            yield one, NO_ORDER


def unit_problems(tree: Node, units: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that are added or compared though their units differ."""
    for node in walk(tree):
        if node[0] in COMPARISONS | {"+", "-", "min", "max"}:
            known = [found for below in node[1:] if (found := _unit(below, units))]
            for one, other in pairwise(known):
                if one[1] != other[1]:
                    yield one[0], other[0]


def _unit(node: Node, units: Mapping[str, str]) -> tuple[str, str] | None:
    """The first name with a unit, where the part has the unit of that name."""
    if node[0] in REFERENCES:
        unit = units.get(node[1], "")
        return (reference_name(node), unit) if unit else None
    if node[0] in {"+", "-", "neg", "abs", "nz", "min", "max"}:
        return next((found for below in node[1:] if (found := _unit(below, units))), None)
    return None
