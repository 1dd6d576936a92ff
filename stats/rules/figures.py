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
    names = _plain_sum(node)
    if len(names) > 1:
        first, *rest = names
        return lambda case: sum(map(case[0].__getitem__, rest), case[0][first])
    wide = is_wide(node)
    left, right = (widened(below, wide) for below in node[1:])
    if node[0] == "+":
        return lambda case: left(case) + right(case)
    if node[0] == "-":
        return lambda case: left(case) - right(case)
    return lambda case: left(case) * right(case)


def _plain_sum(node: Node) -> list[str]:
    """The codes of a sum of nothing but items of this year; empty for everything else."""
    if node[0] == "code":
        return [node[1]]
    if node[0] != "+":
        return []
    left, right = _plain_sum(node[1]), _plain_sum(node[2])
    return left + right if left and right else []


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
