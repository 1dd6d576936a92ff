"""What is wrong with a check rule before any return is checked by it: codes, types, policies."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from stats.editions import CheckText, Instrument
from stats.enums import Missing
from stats.rules.errors import NotReadable
from stats.rules.kinds import type_problems, unit_problems
from stats.rules.parser import Parsed, read_text
from stats.rules.tree import COMPARISONS, REFERENCES, Node, reference_name, show, walk
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _

CLAUSE = "平台设定"
SHORTEST_MESSAGE = 4
ZERO_NODE: Node = ("num", "0")


@dataclass(frozen=True)
class Inspected:
    """A rule beside what it is written for.

    instrument: the version it checks. before: the version of last year, None where there is none
    yet. later: newer versions, to tell a code that only they have.
    """

    rule: CheckText
    instrument: Instrument
    before: Instrument | None = None
    later: tuple[Instrument, ...] = ()

    @cached_property
    def parsed(self) -> Parsed:
        """The tree with the places of its references; NotReadable where it is none."""
        return read_text(self.rule.expr)

    @property
    def tree(self) -> Node:
        """The tree of the expression."""
        return self.parsed.tree


Problem = tuple[str, Level, Any, Mapping[str, Any]]
Problems = Iterator[Problem]


def inspect(inspected: Inspected) -> list[Finding]:
    """Everything that speaks against publishing a rule; a finding that blocks stops it."""
    try:
        problems = [found for look in LOOKS for found in look(inspected)]
    except NotReadable as error:
        return [Finding("unreadable", Level.BLOCK, "expr", str(error), CLAUSE)]
    return [
        Finding(code, level, FIELDS.get(code, "expr"), message, CLAUSE, dict(values))
        for code, level, message, values in problems
    ]


def names(inspected: Inspected) -> Problems:
    """Every name exists in the version that the rule is for, or among the registers."""
    instrument = inspected.instrument
    for node, position in inspected.parsed.places:
        name = str(node[1])
        values = {"name": name, "position": position, "version": instrument.version}
        if node[0] == "ext":
            if name not in instrument.external:
                yield "unknown_name", Level.BLOCK, UNKNOWN_NAME, values
        elif name not in instrument.items:
            newer = next((each for each in inspected.later if name in each.items), None)
            if newer is None:
                yield "unknown_code", Level.BLOCK, UNKNOWN_CODE, values
            else:
                yield "later", Level.BLOCK, LATER, values | {"later": newer.version}
        elif node[0] == "prev":
            yield from _last_year(inspected, name, values)


def _last_year(inspected: Inspected, name: str, values: Mapping[str, Any]) -> Problems:
    """Last year's version has the item, and it meant the same."""
    if inspected.before is None:
        return
    before = inspected.before.items.get(name)
    if before is None:
        version = inspected.before.version
        yield "no_last_year", Level.BLOCK, NO_LAST_YEAR, {**values, "before": version}
        return
    now = inspected.instrument.items[name].indicator
    for mark in inspected.instrument.comparability:
        if (mark.indicator, mark.now, mark.mark) == (before.indicator, now, "broken"):
            yield "broken", Level.BLOCK, BROKEN, {**values, "note": mark.note}


def kinds(inspected: Inspected) -> Problems:
    """Numbers are reckoned with, texts are only compared, days have an order."""
    for node, message in type_problems(inspected.tree, inspected.instrument.kinds):
        yield "type", Level.BLOCK, message, {"name": reference_name(node)}


def units(inspected: Inspected) -> Problems:
    """What is added or compared has one unit."""
    known = inspected.instrument
    of = {item.code: item.unit for item in known.items.values()}
    of |= {each.name: each.unit for each in known.external.values()}
    for one, other in unit_problems(inspected.tree, of):
        yield "units", Level.WARN, UNITS, {"one": one, "other": other}


def divisions(inspected: Inspected) -> Problems:
    """A base that can be 0 makes the answer unknown; the rule says what then."""
    nodes = list(walk(inspected.tree))
    guarded = {
        side
        for node in nodes
        if node[0] in COMPARISONS and ZERO_NODE in node[1:]
        for side in node[1:]
    }
    for base in dict.fromkeys(node[2] for node in nodes if node[0] == "ratio"):
        values = {"base": show(base)}
        if base == ZERO_NODE:
            yield "division", Level.BLOCK, ALWAYS_ZERO, values
        elif base[0] == "num" or base in guarded:
            continue
        elif inspected.rule.missing is Missing.FAIL:
            yield "division", Level.WARN, ZERO_FAILS, values
        else:
            yield "division", Level.INFO, ZERO_SKIPS, values


def policies(inspected: Inspected) -> Problems:
    """Tolerance and policy for missing values have something to act on."""
    rule, nodes = inspected.rule, list(walk(inspected.tree))
    if not rule.tolerance.is_finite() or rule.tolerance < 0:
        yield "tolerance", Level.BLOCK, NEGATIVE, {"tolerance": str(rule.tolerance)}
    elif rule.tolerance and not any(map(_takes_tolerance, nodes)):
        yield "tolerance", Level.WARN, UNUSED, {"tolerance": str(rule.tolerance)}
    if rule.missing is Missing.NULL_OK and not any(node[0] in {"isnull", "nz"} for node in nodes):
        yield "missing", Level.WARN, NO_BLANKS, {}


def _takes_tolerance(node: Node) -> bool:
    """A comparison of amounts; a share is no amount of the unit of the items."""
    if node[0] not in COMPARISONS or "text" in {node[1][0], node[2][0]}:
        return False
    return all(below[0] != "ratio" for below in walk(node))


def sense(inspected: Inspected) -> Problems:
    """It speaks of an item, can come out either way, and tells the respondent what is wrong."""
    nodes = list(walk(inspected.tree))
    if not any(node[0] in REFERENCES for node in nodes):
        yield "no_item", Level.BLOCK, NO_ITEM, {}
    for node in nodes:
        if node[0] in COMPARISONS and node[1] == node[2]:
            yield "same_sides", Level.WARN, SAME_SIDES, {"part": show(node)}
    if len(inspected.rule.message_zh.strip()) < SHORTEST_MESSAGE:
        yield "message", Level.BLOCK, NO_MESSAGE, {"least": SHORTEST_MESSAGE}


LOOKS: tuple[Callable[[Inspected], Problems], ...] = (
    names, kinds, units, divisions, policies, sense,
)  # fmt: skip
FIELDS = {"tolerance": "tolerance", "missing": "missing", "message": "message_zh"}

UNKNOWN_CODE = _(
    "Unknown code %(name)s at position %(position)s. Use the code of an item of %(version)s."
)
UNKNOWN_NAME = _(
    "Unknown register value %(name)s at position %(position)s. Use one that %(version)s names."
)
LATER = _(
    "%(name)s at position %(position)s is an item of %(later)s only, and the rule is for "
    "%(version)s. Let the rule begin with that version, or use another code."
)
NO_LAST_YEAR = _(
    "%(before)s has no %(name)s, so prev(%(name)s) at position %(position)s is never known. "
    "Leave last year out."
)
BROKEN = _(
    "%(name)s at position %(position)s cannot be compared with last year: %(note)s. Leave last "
    "year out."
)
UNITS = _("%(one)s and %(other)s have different units. Convert one of them, or check the codes.")
ALWAYS_ZERO = _("The base of ratio is always 0. Write another base.")
ZERO_FAILS = _(
    "Where %(base)s is 0 the rule counts as violated. Add a condition for 0, or let missing "
    "values be left out."
)
ZERO_SKIPS = _("Where %(base)s is 0 the rule is left out.")
NEGATIVE = _("A tolerance of %(tolerance)s is not possible. Write 0 or more.")
UNUSED = _("No comparison uses the tolerance of %(tolerance)s. Write 0.")
NO_BLANKS = _(
    "The rule is to say itself what a blank means, but uses neither isnull nor nz. Choose another "
    "policy, or add one of them."
)
NO_ITEM = _("The rule speaks of no item. Use the code of an item.")
SAME_SIDES = _("Both sides of %(part)s are the same. Check the codes.")
NO_MESSAGE = _("The message has fewer than %(least)s characters. Say what is wrong.")
