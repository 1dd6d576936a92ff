"""Numbers of an expression: each part is compiled once into a function of the case.

A value that is missing is a KeyError, which the condition around it turns into unknown; so sums
cost one look-up a term. Numbers are Decimal under a context wide enough to round nothing; below a
ratio, which can be no decimal, they are Fraction.
"""

import operator
from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from stats.rules.cases import PLACES, Case
from stats.rules.tree import REFERENCES, Node, walk

# 200 parts of at most 30 digits each; nothing traps, so that nothing is raised.
EXACT = Context(prec=6_500, traps=[])
ZERO = Decimal(0)
Numeric = Callable[[Case], Any]


def number(node: Node) -> Numeric:
    """The function of a number; it raises KeyError where it is unknown."""
    kind = node[0]
    if kind in REFERENCES:
        return _lookup(node)
    if kind == "num":
        literal = Decimal(node[1])
        return lambda _case: literal
    if kind in {"+", "-", "*"}:
        return _arithmetic(node)
    if kind == "nz":
        return _nz(number(node[1]), Fraction(0) if is_wide(node) else ZERO)
    if kind in {"neg", "abs"}:
        inner, act = number(node[1]), operator.neg if kind == "neg" else abs
        return lambda case: act(inner(case))
    wide = any(is_wide(below) for below in node[1:]) or kind == "ratio"
    parts = [widened(below, wide) for below in node[1:]]
    if kind == "ratio":
        return _ratio(*parts)
    choose = min if kind == "min" else max
    return lambda case: choose([part(case) for part in parts])


def is_wide(node: Node) -> bool:
    """Whether a number can be no decimal, because a ratio lies below."""
    return any(below[0] == "ratio" for below in walk(node))


def _lookup(node: Node) -> Numeric:
    place, name = PLACES[node[0]], node[1]
    return lambda case: case[place][name]


def widened(node: Node, wide: bool) -> Numeric:
    """The number as a Fraction where the other side is one."""
    inner = number(node)
    if not wide or is_wide(node):
        return inner
    return lambda case: Fraction(inner(case))


def _arithmetic(node: Node) -> Numeric:
    wide = is_wide(node)
    if node[0] != "*" and not wide:
        return _sum(*_signed(node))
    left, right = (widened(below, wide) for below in node[1:])
    act = {"+": operator.add, "-": operator.sub, "*": operator.mul}[node[0]]
    return lambda case: act(left(case), right(case))


def _signed(node: Node) -> tuple[list[Node], list[Node]]:
    """The parts of a sum that are added and those that are subtracted."""
    if node[0] not in {"+", "-"}:
        return [node], []
    (plus, minus), (more, less) = _signed(node[1]), _signed(node[2])
    if node[0] == "-":
        more, less = less, more
    return plus + more, minus + less


def _sum(plus: list[Node], minus: list[Node]) -> Numeric:
    """A sum of decimals: items of this year straight from their row, the rest one by one."""
    codes, parts = _apart(plus)
    less_codes, less_parts = _apart(minus)

    def total(case: Case) -> Decimal:
        item = case[0].__getitem__
        found = sum(map(item, codes), ZERO)
        if less_codes:
            found -= sum(map(item, less_codes), ZERO)
        for part in parts:
            found += part(case)
        for part in less_parts:
            found -= part(case)
        return found

    if parts or less_codes or less_parts:
        return total
    return lambda case: sum(map(case[0].__getitem__, codes), ZERO)


def _apart(nodes: list[Node]) -> tuple[list[str], list[Numeric]]:
    """The codes of this year's items among the nodes, and functions for the others."""
    codes = [str(node[1]) for node in nodes if node[0] == "code"]
    return codes, [number(node) for node in nodes if node[0] != "code"]


def _nz(inner: Numeric, zero: Decimal | Fraction) -> Numeric:
    def nz(case: Case) -> Any:
        try:
            return inner(case)
        except KeyError:
            return zero

    return nz


def _ratio(upper: Numeric, lower: Numeric) -> Numeric:
    def ratio(case: Case) -> Fraction:
        base: Fraction = lower(case)
        if not base:
            raise KeyError
        quotient: Fraction = upper(case) / base
        return quotient

    return ratio
