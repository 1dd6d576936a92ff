"""Running the rules on one application."""

from hitech_cert.rules.case import Case
from hitech_cert.rules.catalogue import CONDITION_RULES, ENTRY_RULES, HINTS
from hitech_cert.rules.conditions import conditions
from torch_portal.common.findings import Finding, blocking


def check(case: Case, *, complete: bool = True) -> list[Finding]:
    """All findings on an enterprise at once: entries, conditions, what is worth knowing.

    complete: True for facts about to be submitted, when what is missing is a finding too.
    """
    entries = [rule for rule in ENTRY_RULES if complete or not rule.on_submission]
    rules = (*entries, *CONDITION_RULES, *HINTS)
    return [finding for rule in rules for finding in rule.run(case)]


def verdict(case: Case, findings: list[Finding]) -> tuple[bool | None, str | None]:
    """Whether the enterprise can be certified, and by what: "score" or None.

    False when anything blocks; None while a condition is open, as the seventh is before the
    experts have scored.
    """
    if blocking(findings):
        return False, None
    if any(condition.ok is None for condition in conditions(case)):
        return None, None
    return True, "score"
