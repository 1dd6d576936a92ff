"""Evaluation of a tree over a case: true, false or unknown (None), exactly and without failing."""

import operator
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from stats.rules.cases import PLACES, Case
from stats.rules.figures import EXACT, ZERO, Numeric, is_wide, number, widened
from stats.rules.tree import COMPARISONS, REFERENCES, Node
from torch_portal.common.codes import CREDIT_CODE_ALPHABET, CREDIT_CODE_LENGTH, check_character

Logic = Callable[[Case], bool | None]
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(tree: Node, case: Case, tolerance: Decimal = ZERO) -> bool | None:
    """Whether the expression holds for the case; None where values are missing."""
    with localcontext(EXACT):
        return condition(tree, tolerance)(case)


def condition(node: Node, tolerance: Decimal = ZERO) -> Logic:
    """The function of a condition. It is called under the context EXACT."""
    kind = node[0]
    if kind in COMPARISONS:
        return _comparison(node, tolerance)
    if kind == "not":
        return _not(condition(node[1], tolerance))
    if kind in {"and", "or"}:
        left, right = (condition(below, tolerance) for below in node[1:])
        return _both(left, right) if kind == "and" else _either(left, right)
    if kind == "isnull":
        return _isnull(node[1])
    if kind == "is_int":
        return _is_int(number(node[1]))
    return _uscc(node[1]) if kind == "uscc_ok" else _in_list(node)


def _comparison(node: Node, tolerance: Decimal) -> Logic:
    sign, left, right = node
    if "text" in {left[0], right[0]} or {left[0], right[0]} <= REFERENCES:
        return _of_values(sign, left, right, tolerance)
    return _of_numbers(sign, left, right, tolerance)


def _of_numbers(sign: str, left: Node, right: Node, tolerance: Decimal) -> Logic:
    wide = is_wide(left) or is_wide(right)
    first, second = widened(left, wide), widened(right, wide)
    holds = _tolerant(sign, Fraction(tolerance) if wide else tolerance)

    def compare(case: Case) -> bool | None:
        try:
            return holds(first(case), second(case))
        except KeyError:
            return None

    return compare


def _tolerant(sign: str, tolerance: Any) -> Callable[[Any, Any], bool]:
    """The comparison of numbers that may differ by the tolerance of the rule."""
    plain = _COMPARE[sign]
    if not tolerance:
        return plain
    if sign == "==":
        return lambda a, b: abs(a - b) <= tolerance
    if sign == "!=":
        return lambda a, b: abs(a - b) > tolerance
    more = tolerance if sign in {"<", "<="} else -tolerance
    return lambda a, b: plain(a, b + more)


def _of_values(sign: str, left: Node, right: Node, tolerance: Decimal) -> Logic:
    """Two values of which each can be a number or a text; of two kinds the answer is unknown."""
    holds, words = _tolerant(sign, tolerance), _COMPARE[sign]
    one, other = _value(left), _value(right)
    ordered = sign not in {"==", "!="}

    def compare(case: Case) -> bool | None:
        a, b = one(case), other(case)
        if isinstance(a, Decimal) and isinstance(b, Decimal):
            return holds(a, b)
        if not (isinstance(a, str) and isinstance(b, str)):
            return None
        if ordered and not (is_day(a) and is_day(b)):
            return None
        return words(a, b)

    return compare


def _value(node: Node) -> Callable[[Case], Decimal | str | None]:
    if node[0] == "text":
        text = str(node[1])
        return lambda _case: text
    place, name = PLACES[node[0]], node[1]

    def value(case: Case) -> Decimal | str | None:
        found: Any = case[place].get(name)
        return case[place + 1].get(name) if found is None else found

    return value


def is_day(text: str) -> bool:
    """Whether a text has the form of a date, which alone has an order: 2020-02-06."""
    return (
        len(text) == 10
        and text.isascii()
        and text[4] == text[7] == "-"
        and (text[:4] + text[5:7] + text[8:]).isdigit()
    )


def _both(left: Logic, right: Logic) -> Logic:
    def both(case: Case) -> bool | None:
        first = left(case)
        if first is False:
            return False
        second = right(case)
        return second if first or second is False else None

    return both


def _either(left: Logic, right: Logic) -> Logic:
    def either(case: Case) -> bool | None:
        first = left(case)
        if first:
            return True
        second = right(case)
        return second if first is False or second else None

    return either


def _not(inner: Logic) -> Logic:
    def negated(case: Case) -> bool | None:
        found = inner(case)
        return None if found is None else not found

    return negated


def _isnull(node: Node) -> Logic:
    if node[0] in REFERENCES:
        value = _value(node)
        return lambda case: value(case) is None
    inner = number(node)

    def isnull(case: Case) -> bool:
        try:
            inner(case)
        except KeyError:
            return True
        return False

    return isnull


def _is_int(inner: Numeric) -> Logic:
    def is_int(case: Case) -> bool | None:
        try:
            return bool(inner(case) % 1 == 0)
        except KeyError:
            return None

    return is_int


def _uscc(node: Node) -> Logic:
    value = _value(node)

    def uscc_ok(case: Case) -> bool | None:
        found = value(case)
        return None if found is None else isinstance(found, str) and is_credit(found)

    return uscc_ok


def is_credit(code: str) -> bool:
    """18 characters of the alphabet of GB 32100 (no I, O, Z, S, V), the last one as computed."""
    if len(code) != CREDIT_CODE_LENGTH or any(c not in CREDIT_CODE_ALPHABET for c in code):
        return False
    return check_character(code[:-1]) == code[-1]


def _in_list(node: Node) -> Logic:
    members = {_member(below) for below in node[2:]}
    if node[1][0] in REFERENCES:
        value = _value(node[1])
        return lambda case: None if (found := value(case)) is None else found in members
    inner = number(node[1])

    def in_list(case: Case) -> bool | None:
        try:
            return inner(case) in members
        except KeyError:
            return None

    return in_list


def _member(node: Node) -> Decimal | str:
    if node[0] == "text":
        return str(node[1])
    return -Decimal(node[1][1]) if node[0] == "neg" else Decimal(node[1])
