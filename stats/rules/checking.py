"""One check rule on one return: verdict, values used, both sides and their difference."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from typing import Any

from stats.editions import CheckText
from stats.enums import Missing, Verdict
from stats.rules.cases import PLACES, Case
from stats.rules.evaluation import Logic, condition
from stats.rules.figures import EXACT, number
from stats.rules.parser import parse
from stats.rules.stored import to_json
from stats.rules.tree import COMPARISONS, Node, reference_name, references


@dataclass(frozen=True, eq=False)
class CheckRule:
    """A check rule with its tree. Made from a text that can be read; NotReadable otherwise.

    stored: the tree as it was kept, where there is one; the text is then not read again.
    """

    text: CheckText
    stored: Node | None = None

    @cached_property
    def tree(self) -> Node:
        """The tree of the expression."""
        return self.stored or parse(self.text.expr)

    @cached_property
    def holds(self) -> Logic:
        """The compiled condition."""
        return condition(self.tree, self.text.tolerance)

    @cached_property
    def meaning(self) -> Mapping[bool | None, Verdict]:
        """What each outcome means under the rule's policy for missing values."""
        failing = self.text.missing is Missing.FAIL
        unknown = Verdict.VIOLATED if failing else Verdict.SKIPPED
        return {True: Verdict.PASSED, False: Verdict.VIOLATED, None: unknown}


@dataclass(frozen=True)
class Witness:
    """What a verdict rests on.

    used: each value by its name in the text, None where it is missing. field: the item to look at
    first. left, right: both sides of the comparison of numbers that decided, None where there is
    none.
    """

    used: dict[str, Decimal | str | None]
    field: str
    left: Fraction | None = None
    right: Fraction | None = None

    @property
    def difference(self) -> Fraction | None:
        """How far the sides lie apart."""
        if self.left is None or self.right is None:
            return None
        return abs(self.left - self.right)


@dataclass(frozen=True)
class Needed:
    """The names whose values a set of rules reads: of this year, of last year, from outside."""

    now: tuple[str, ...]
    before: tuple[str, ...]
    outside: tuple[str, ...]


def needed(rules: Iterable[CheckRule]) -> Needed:
    """What has to be read of a return to check it by these rules; the rest decides nothing."""
    found: dict[str, set[str]] = {place: set() for place in PLACES}
    for rule in rules:
        for node in references(rule.tree):
            found[node[0]].add(node[1])
    return Needed(*(tuple(sorted(found[place])) for place in ("code", "prev", "ext")))


def verdicts(rules: Iterable[CheckRule], case: Case) -> list[Verdict]:
    """The verdict of each rule on a case, in order."""
    with localcontext(EXACT):
        return [rule.meaning[rule.holds(case)] for rule in rules]


def violated(rules: Sequence[CheckRule], case: Case) -> list[CheckRule]:
    """The rules that a case violates, in order."""
    found = zip(rules, verdicts(rules, case), strict=True)
    return [rule for rule, verdict in found if verdict is Verdict.VIOLATED]


def witness(rule: CheckRule, case: Case) -> Witness:
    """The values a rule used and the sides of the comparison that decided."""
    used = {reference_name(node): _raw(node, case) for node in references(rule.tree)}
    with localcontext(EXACT):
        blamed = _blame(rule.tree, case, rule.text.tolerance) if rule.holds(case) is False else None
        sides = [_side(node, case) for node in blamed[1:]] if blamed else [None, None]
    if None in sides:
        sides = [None, None]
    blank = [node for node in references(rule.tree) if _raw(node, case) is None]
    return Witness(
        used, _field(*references(blamed) if blamed else blank, *references(rule.tree)), *sides
    )


def _field(*nodes: Node) -> str:
    """The first item of this year among them, else the first of all."""
    first = next((node for node in nodes if node[0] == "code"), nodes[0] if nodes else None)
    return reference_name(first) if first else ""


def _raw(node: Node, case: Case) -> Decimal | str | None:
    place, name = PLACES[node[0]], node[1]
    found = case[place].get(name)
    return case[place + 1].get(name) if found is None else found


def _blame(node: Node, case: Case, tolerance: Decimal) -> Node | None:
    """The comparison that is false: of `and` the first, of `or` the last of its parts."""
    if node[0] in COMPARISONS:
        failing = condition(node, tolerance)(case) is False
        return node if failing and "text" not in {node[1][0], node[2][0]} else None
    if node[0] not in {"and", "or"}:
        return None
    parts = node[1:] if node[0] == "and" else node[:0:-1]
    found = (_blame(part, case, tolerance) for part in parts)
    return next((each for each in found if each is not None), None)


def _side(node: Node, case: Case) -> Fraction | None:
    try:
        return Fraction(number(node)(case))
    except KeyError:
        return None


def for_browser(rule: CheckRule) -> dict[str, Any]:
    """A rule as static/stats/checks.js takes it."""
    return {
        "id": rule.text.id,
        "severity": str(rule.text.severity),
        "tolerance": f"{rule.text.tolerance:f}",
        "missing": str(rule.text.missing),
        "message": rule.text.message_zh,
        "tree": to_json(rule.tree),
    }


def exact(value: Fraction | Decimal | str | None) -> str | None:
    """A value as answers give it: a decimal where it is one, else a fraction "a/b"."""
    if value is None or isinstance(value, str):
        return value
    found = Fraction(value)
    rest = found.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(found)
    return _decimal(found)


def _decimal(found: Fraction) -> str:
    places, scaled = 0, abs(found)
    while scaled.denominator != 1:
        scaled, places = scaled * 10, places + 1
    digits = str(scaled.numerator).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    sign = "-" if found < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def for_the_eye(value: Fraction | Decimal | str | None) -> str:
    """A value as people read it: at most four decimals, rounded half up away from zero."""
    told = exact(value)
    if value is None or told is None or isinstance(value, str):
        return told or ""
    if "/" not in told and len(told.partition(".")[2]) <= 4:
        return told
    scaled = abs(Fraction(value)) * 10_000
    rounded = Fraction(int(scaled + Fraction(1, 2)), 10_000)
    return _decimal(-rounded if Fraction(value) < 0 else rounded)
