"""Checking a return: the rules of its version over this year, last year and the registers."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from stats.editions import Instrument
from stats.enums import Severity
from stats.models import CheckResult, Explanation, Return
from stats.queries.instruments import compiled_rules, version_of
from stats.queries.known import outside
from stats.queries.reports import Values, last_year
from stats.rules import Case, CheckRule, case_of, violated, witness
from stats.rules.assess import answer
from stats.rules.entries import BadEntry
from stats.rules.evaluation import evaluate
from stats.rules.parser import parse
from torch_portal.common.findings import Finding, Level

SHORTEST = 10
EXPLAIN_CLAUSE = "国统制〔2022〕11号（错误和警告须提交明确的解释）"
FORM_CLAUSE = "国统制〔2022〕11号"


def hash_of(values: Mapping[str, Any]) -> str:
    """The digest of the values a verdict rests on, by which an explanation holds."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Violation:
    """A violated rule with what it rests on; message: Chinese, values and difference filled in."""

    rule: CheckRule
    row: int
    field: str
    message: str
    values: dict[str, str | None]
    left: str
    right: str
    difference: str

    @property
    def key(self) -> str:
        """The key of the rule."""
        return self.rule.text.id

    @property
    def severity(self) -> Severity:
        """The weight of the rule."""
        return self.rule.text.severity

    @cached_property
    def values_hash(self) -> str:
        """The digest of what it rests on."""
        return hash_of(self.values)


@dataclass(frozen=True)
class Run:
    """One check of a return: the rules it violates, in order, and the values it was made of."""

    case: Case
    before: Values
    external: Values
    found: tuple[Violation, ...]

    @property
    def counts(self) -> Counter[Severity]:
        """How many of each weight."""
        return Counter(each.severity for each in self.found)


def run(report: Return) -> Run:
    """Check the values of a return as they now are. Three queries beside the return itself."""
    before, external = last_year(report), outside(report)
    instrument = version_of(report.round)
    case = case_of(instrument.kinds, report.data, before, external)
    kept = compiled_rules(report.round.version)
    found = tuple(
        _violation(rule, kept.rows[rule.text.id], case, instrument)
        for rule in violated(kept.rules, case)
    )
    return Run(case, before, external, found)


def _violation(rule: CheckRule, row: int, case: Case, instrument: Instrument) -> Violation:
    seen = witness(rule, case)
    told = answer(rule, case, instrument)
    return Violation(
        rule,
        row,
        seen.field,
        told["message"],
        told["values"],
        told["left"] or "",
        told["right"] or "",
        told["difference"] or "",
    )


def explained(report: Return, found: Iterable[Violation]) -> dict[str, Explanation]:
    """The explanations that hold, by the key of the rule: those of exactly these values."""
    hashes = {each.key: each.values_hash for each in found}
    live = report.explanations.filter(voided_at__isnull=True)
    return {each.key: each for each in live if hashes.get(each.key) == each.values_hash}


def findings(report: Return, checked: Run, held: Mapping[str, Explanation]) -> list[Finding]:
    """Everything that speaks against the return, all at once; what blocks stops the submission."""
    found = [*unread(report), *missing(report, checked.case)]
    for each in checked.found:
        needs = each.severity is not Severity.MANDATORY and each.key not in held
        found.append(_finding(each, held.get(each.key), needs=needs))
    return found


def _finding(each: Violation, held: Explanation | None, *, needs: bool) -> Finding:
    clause = each.rule.text.clause
    if each.severity is Severity.MANDATORY:
        return Finding(
            each.key, Level.BLOCK, each.field, "%(said)s", clause, {"said": each.message}
        )
    if needs:
        words = _(
            "%(said)s It needs an explanation of at least %(least)s characters before the return "
            "can be submitted."
        )
        values = {"said": each.message, "least": SHORTEST}
        return Finding(each.key, Level.BLOCK, each.field, words, clause, values)
    values = {"said": each.message, "text": held.text if held else ""}
    words = _("%(said)s Explained: “%(text)s”")
    return Finding(each.key, Level.WARN, each.field, words, clause, values)


def unread(report: Return) -> list[Finding]:
    """A block for each entry that was typed and could not be read."""
    items = version_of(report.round).items
    return [
        Finding(
            "unread",
            Level.BLOCK,
            code,
            _("%(label)s (%(code)s): %(why)s"),
            FORM_CLAUSE,
            {"label": items[code].label_zh, "code": code, "why": said["why"]},
        )
        for code, said in report.typed.items()
        if code in items
    ]


def missing(report: Return, case: Case) -> list[Finding]:
    """A block for each item that has to be there, is asked for, and is blank."""
    instrument = version_of(report.round)
    return [
        Finding(
            "required",
            Level.BLOCK,
            item.code,
            _("%(label)s (%(code)s) is missing. Complete it."),
            FORM_CLAUSE,
            {"label": item.label_zh, "code": item.code},
        )
        for item in instrument.items.values()
        if item.required
        and item.code not in report.data
        and item.code not in report.typed
        and is_asked(item.visible_if, case)
    ]


def is_asked(visible_if: str, case: Case) -> bool:
    """Whether an item is asked for; where that is unknown it is."""
    return not visible_if or evaluate(parse(visible_if), case) is not False


def refusal(code: str, field: str, error: BadEntry) -> Finding:
    """What cannot be read as a finding."""
    return Finding(code, Level.BLOCK, field, error.message, FORM_CLAUSE, error.values)


def stored(report: Return) -> list[CheckResult]:
    """The violated rules of the last check, heavy ones first."""
    order = {severity.value: place for place, severity in enumerate(Severity)}
    rows = report.results.select_related("rule")
    return sorted(rows, key=lambda row: (order[row.severity], row.key))
