"""The page of the rules of the Torch statistics survey."""

from collections.abc import Iterable
from typing import Any

from stats import editions
from stats.editions import CheckText, Instrument
from stats.rules.inspection import SHORTEST_MESSAGE
from stats.rules.tokens import DECIMALS, LONGEST, LONGEST_NAME, WHOLE_DIGITS
from stats.rules.tree import FUNCTIONS, MOST_DEPTH, MOST_NODES, VERSION
from torch_portal.desk.written.words import listed, page, table

MEANINGS = {
    "nz": "the number, 0 where it is unknown",
    "isnull": "whether it is unknown; never unknown itself",
    "ratio": "the first divided by the second, exactly; unknown where the second is 0",
    "abs": "the number without its sign",
    "min": "the least; unknown where one is",
    "max": "the greatest; unknown where one is",
    "is_int": "whether it is a whole number",
    "prev": "last year's value of an item",
    "ext": "a value of the portal's registers",
    "uscc_ok": "whether a credit code has 18 characters of its alphabet and the right last one",
    "in_list": "whether the first is one of the numbers and quoted codes that follow",
}


def stats_rules_page() -> str:
    """The language, the check rules with their sources, and the instruments."""
    edition = editions.CHECKS[-1]
    return page(
        "# Rules of the Torch statistics survey (火炬统计调查)",
        "A check rule is data: an expression that is true where a return is in order. "
        "`mandatory` blocks the submission; `error` and `warning` ask for an explanation. "
        "`assess stats` answers them as `block`, `warn` and `warn`.",
        "## The language",
        _language(),
        table(("function", "values", "meaning"), map(_function, FUNCTIONS)),
        f"## Check rules: {edition.code}, from {edition.starts}",
        f"Source: {edition.source}. Not confirmed: {'; '.join(edition.unconfirmed)}.",
        table(
            (
                "rule",
                "scope",
                "severity",
                "has to be true",
                "tolerance",
                "blanks",
                "中文",
                "clause",
            ),
            map(_rule, edition.rules),
        ),
        "## Before a rule is published",
        _before(),
        "## Instruments",
        table(
            ("instrument", "version", "approval", "valid to", "from", "items", "not confirmed"),
            map(_instrument, editions.INSTRUMENTS),
        ),
        "### Tables",
        table(("instrument", "table", "中文", "items", "not confirmed"), _tables()),
        "### Comparability with earlier years",
        table(("indicator", "now", "mark", "note"), _marks()),
    )


def _language() -> str:
    return listed(
        "Item codes, numbers, codes of a choice in single quotes, brackets; `not`, `and`, `or`; "
        "`==` `!=` `<` `<=` `>` `>=`; `+` `-` `*`. No division sign, powers, attributes, loops.",
        "Numbers are exact, never rounded before a comparison. A value is true, false or unknown; "
        "a blank is unknown and not 0.",
        "The tolerance of the rule widens each comparison of numbers: `a == b` holds where they "
        "are at most the tolerance apart, `a <= b` where a is at most b and the tolerance.",
        "Blanks (`missing`): `skip` leaves the rule out where its outcome is unknown, `fail` "
        "counts it as violated, `null_ok` says that the expression deals with blanks itself.",
        "Texts are compared by `==` and `!=`; days like 2020-02-06 have an order. A choice is a "
        "number where it is written like one (2, not 02).",
        f"At most {LONGEST:,} characters without blanks, {MOST_NODES} parts, {MOST_DEPTH} levels; "
        f"numbers of {WHOLE_DIGITS} digits before and {DECIMALS} after the point, names of "
        f"{LONGEST_NAME} characters. Positions in messages are counted from 0.",
        f'Stored as a tree, version {VERSION}: `{{"version": {VERSION}, "expr": ["==", ["code", '
        '"qc05_0"], ["num", "0"]]}`; the server and `static/stats/checks.js` evaluate it alike.',
    )


def _function(name: str) -> Iterable[Any]:
    fewest, most = FUNCTIONS[name]
    count = str(fewest) if fewest == most else f"{fewest} to {most}"
    return f"`{name}`", count, MEANINGS[name]


def _rule(rule: CheckText) -> Iterable[Any]:
    head = (f"`{rule.id}`", rule.scope, rule.severity, f"`{rule.expr}`")
    return (*head, f"{rule.tolerance:f}", rule.missing, rule.message_zh, rule.clause)


def _before() -> str:
    upper, lower = editions.DRY_RUN_STOP
    return listed(
        "Blocked: a text that is no expression, an unknown code or register value, a code that "
        "only a later version has, last year where it has no such item or meant something else, "
        "kinds that do not fit, a base that is always 0, a tolerance below 0, a rule without any "
        f"item, a message of fewer than {SHORTEST_MESSAGE} characters.",
        "Warned of: different units, a base of 0 that counts as violated, a tolerance that "
        "nothing uses, a policy for blanks that nothing carries out, two equal sides.",
        f"A dry run over last year's returns stops a mandatory or an error rule that more than "
        f"{upper} in {lower} violate (a choice of this portal).",
    )


def _instrument(each: Instrument) -> Iterable[Any]:
    programme = each.programme
    missing = "; ".join(filter(None, (programme.unconfirmed, *each.unconfirmed)))
    approval = f"{programme.approval_no} ({programme.authority}, {programme.approver})"
    head = (f"`{each.code}` {programme.name_zh}", f"`{each.version}`", approval)
    return (*head, programme.valid_to, each.starts, len(each.items), missing)


def _tables() -> Iterable[Iterable[Any]]:
    for each in editions.INSTRUMENTS:
        for found in each.tables:
            doubts = [f"{i.code}: {i.unconfirmed}" for i in found.items if i.unconfirmed]
            missing = "; ".join(filter(None, (found.unconfirmed, *doubts)))
            yield f"`{each.code}`", f"`{found.code}`", found.title_zh, len(found.items), missing


def _marks() -> Iterable[Iterable[Any]]:
    for each in editions.INSTRUMENTS:
        for mark in each.comparability:
            yield f"`{mark.indicator}`", f"`{mark.now}`", mark.mark, mark.note
