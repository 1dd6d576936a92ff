"""The rule engine for others: values of a return as JSON in, one finding per violated rule out."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from stats import editions
from stats.editions import Instrument
from stats.enums import Kind, Severity, Verdict
from stats.rules.cases import CHOICE_NUMBER, LONGEST_TEXT, NUMBER, WRITTEN_AS_NUMBER, case_of
from stats.rules.checking import CheckRule, exact, for_the_eye, verdicts, witness
from stats.rules.tree import references
from torch_portal.common.factsheet import FactsError
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _

LINE = "stats"
LEVELS = {
    Severity.MANDATORY: Level.BLOCK,
    Severity.ERROR: Level.WARN,
    Severity.WARNING: Level.WARN,
}
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_NAMES = ("instrument", "data", "previous", "external")
_VALUE = {"type": ["string", "integer", "null"], "maxLength": LONGEST_TEXT}
_CODE = {"pattern": "^[A-Za-z][A-Za-z0-9_]{0,39}$"}


def _values_schema(about: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "type": "object" if required else ["object", "null"],
        "propertyNames": _CODE,
        "additionalProperties": _VALUE,
        "description": about,
    }


FACTS_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Facts of a return of the Torch statistics survey",
    "type": "object",
    "properties": {
        "instrument": {
            "type": "string",
            "enum": list(editions.NAMES),
            "description": "An instrument, a version of it, or one table. A table is checked by "
            "every rule that speaks of one of its items.",
        },
        "data": _values_schema(
            "Code of the item to its value: a decimal string or a plain integer, money in 千元 as "
            "the form has it; a code, a text, an ISO date; null or absent is blank, not 0.",
            required=True,
        ),
        "previous": _values_schema("The same of last year, read by prev(code)."),
        "external": _values_schema("Values of the portal's registers, read by ext(name)."),
    },
    "required": ["instrument", "data"],
    "additionalProperties": False,
}


def assess(source: Any) -> dict[str, Any]:
    """The answer: {line, edition, eligible, by, points, values, findings}.

    eligible: false where a mandatory rule is violated, null where explanations are needed. Each
    finding has its severity, the values used, both sides and their difference as well. Raises
    FactsError for what cannot be read.
    """
    instrument, table = _instrument(source)
    case = case_of(
        instrument.kinds,
        _values(source, "data", instrument),
        _values(source, "previous", instrument),
        _values(source, "external", instrument),
    )
    rules = rules_for(instrument, table)
    found = dict(zip(rules, verdicts(rules, case), strict=True))
    broken = [rule for rule, verdict in found.items() if verdict is Verdict.VIOLATED]
    counts = Counter(rule.text.severity for rule in broken)
    return {
        "line": LINE,
        "edition": f"{instrument.version} {editions.CHECKS[-1].code}",
        "eligible": False if counts[Severity.MANDATORY] else None if broken else True,
        "by": None,
        "points": {},
        "values": {
            "verdicts": {rule.text.id: str(verdict) for rule, verdict in found.items()},
            **{str(severity): counts[severity] for severity in Severity},
            "explanations_needed": counts[Severity.ERROR] + counts[Severity.WARNING],
            "valid_to": instrument.programme.valid_to.isoformat(),
            "unconfirmed": list(instrument.unconfirmed + editions.CHECKS[-1].unconfirmed),
        },
        "findings": [answer(rule, case, instrument) for rule in broken],
    }


def _instrument(source: Any) -> tuple[Instrument, str]:
    """The instrument and, where one is named, the table."""
    if not isinstance(source, dict):
        raise FactsError("", _("A JSON object is needed here."))
    for name in source:
        if name not in _NAMES:
            raise FactsError(str(name), _("There is no entry of this name."))
    for name in ("instrument", "data"):
        if source.get(name) is None:
            raise FactsError(name, _("This entry is required."))
    named = source["instrument"]
    if not isinstance(named, str) or named not in editions.NAMES:
        message = _("One of these is needed: %(choices)s.")
        raise FactsError("instrument", message, choices=", ".join(editions.NAMES))
    found = editions.instrument(named)
    return found, named if any(table.code == named for table in found.tables) else ""


def _values(source: Mapping[str, Any], part: str, instrument: Instrument) -> Mapping[str, Any]:
    """The values of one part, each of a known name and of the kind of its item."""
    values = source.get(part)
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise FactsError(part, _("A JSON object is needed here."))
    known = instrument.external if part == "external" else instrument.items
    for name, raw in values.items():
        if name not in known:
            raise FactsError(
                f"{part}.{name}",
                _("%(version)s has no such code; it may belong to another year or table."),
                version=instrument.version,
            )
        if raw is not None:
            _check_value(f"{part}.{name}", raw, known[name].kind)
    return values


def _check_value(field: str, raw: Any, kind: Kind) -> None:
    written = _written(raw)
    if kind.value in WRITTEN_AS_NUMBER:
        if written is None or (written and not NUMBER.fullmatch(written)):
            message = _('A decimal number in quotes is needed, such as "1200.50".')
            raise FactsError(field, message)
    elif written is None:
        message = _("A text of at most %(most)s characters is needed.")
        raise FactsError(field, message, most=LONGEST_TEXT)
    elif kind is Kind.DATE and written and not _is_date(written):
        raise FactsError(field, _("A date like 2020-02-06 is needed."))
    elif isinstance(raw, int) and kind is Kind.CHOICE and not CHOICE_NUMBER.fullmatch(written):
        raise FactsError(field, _("A whole number of zero or more is needed."))


def _written(raw: Any) -> str | None:
    """A value as a text; None for what is neither a text nor a whole number of a form."""
    if isinstance(raw, str):
        return raw.strip(" \t\r\n") if len(raw) <= LONGEST_TEXT else None
    whole = isinstance(raw, int) and not isinstance(raw, bool) and -(10**18) < raw < 10**18
    return str(raw) if whole else None


def _is_date(written: str) -> bool:
    """A year, a month or a day that there is."""
    if not _DATE.fullmatch(written):
        return False
    try:
        date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        return False
    return True


@cache
def rules_for(instrument: Instrument, table: str = "") -> tuple[CheckRule, ...]:
    """The check rules of an instrument; of a table those that speak of one of its items."""
    rules = [CheckRule(text) for text in editions.CHECKS[-1].rules]
    codes = set(instrument.items)
    if table:
        codes = {item.code for item in instrument.items.values() if item.table == table}
    scopes = {each.code for each in instrument.tables} | set(editions.EVERYWHERE)
    return tuple(r for r in rules if r.text.scope in scopes and codes & _codes(r))


def _codes(rule: CheckRule) -> set[str]:
    return {node[1] for node in references(rule.tree) if node[0] != "ext"}


def answer(rule: CheckRule, case: Any, instrument: Instrument) -> dict[str, Any]:
    """The finding of a violated rule with what it rests on."""
    found = witness(rule, case)
    finding = Finding(
        rule.text.id,
        LEVELS[rule.text.severity],
        found.field,
        _sentence(rule, difference=found.difference is not None),
        rule.text.clause,
        {
            "said": rule.text.message_zh,
            "used": "; ".join(_told(n, v, instrument) for n, v in found.used.items()),
            "left": for_the_eye(found.left),
            "right": for_the_eye(found.right),
            "difference": for_the_eye(found.difference),
        },
    )
    return finding.as_dict() | {
        "severity": str(rule.text.severity),
        "values": {name: exact(value) for name, value in found.used.items()},
        "left": exact(found.left),
        "right": exact(found.right),
        "difference": exact(found.difference),
        "tolerance": exact(rule.text.tolerance),
    }


def _sentence(rule: CheckRule, *, difference: bool) -> Any:
    if rule.text.severity is Severity.MANDATORY:
        return (
            _(
                "%(said)s. Values: %(used)s. %(left)s against %(right)s, difference "
                "%(difference)s. Correct them; the return cannot be submitted like this."
            )
            if difference
            else _(
                "%(said)s. Values: %(used)s. Complete or correct them; the return cannot be "
                "submitted like this."
            )
        )
    if difference:
        return _(
            "%(said)s. Values: %(used)s. %(left)s against %(right)s, difference %(difference)s. "
            "Correct them, or explain why they are right."
        )
    return _("%(said)s. Values: %(used)s. Correct them, or explain why they are right.")


def _told(name: str, value: Any, instrument: Instrument) -> str:
    """A value in words: name (code)=value unit."""
    bare = name.removesuffix(")").partition("(")[2] or name
    known = instrument.items.get(bare) or instrument.external.get(bare)
    label, unit = (known.label_zh, known.unit) if known else ("", "")
    shown = str(_("blank")) if value is None else f"{for_the_eye(value)} {unit}".strip()
    return f"{label} {name}={shown}".strip()
