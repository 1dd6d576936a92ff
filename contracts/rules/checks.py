"""Running the rules: on a contract, and on the decisions about it."""

from collections.abc import Collection

from contracts.editions import Edition
from contracts.rules import decisions
from contracts.rules.catalogue import RULES
from contracts.rules.facts import Facts
from torch_portal.common.findings import Finding
from torch_portal.common.rulebook import Rule

_DECISIONS = {rule.code: rule for rule in RULES if rule.function.__module__ == decisions.__name__}
CHECKS: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.code not in _DECISIONS)


def check(facts: Facts, edition: Edition, *, complete: bool = True) -> list[Finding]:
    """All findings on a contract, in the order of the rules.

    complete: True for an application about to be submitted or accepted, when missing facts are
    findings too; False for what is known so far (drafts, assess).
    """
    rules = [rule for rule in CHECKS if complete or not rule.on_submission]
    return [finding for rule in rules for finding in rule.run(facts, edition)]


def check_refusal(grounds: Collection[str], note: str = "") -> list[Finding]:
    """VH-15: findings on a refusal with these RefusalGround values and this note."""
    return _DECISIONS["VH-15"].findings(decisions.refusal(grounds, note))


def check_second_review(
    facts: Facts, edition: Edition, reviewers: Collection[str | int]
) -> list[Finding]:
    """VH-16: findings on a recognition to which these reviewers (ids) have agreed."""
    return _DECISIONS["VH-16"].findings(decisions.second_review(facts, edition, reviewers))


def check_change(
    before: Facts, after: Facts, version_before: int, version_after: int
) -> list[Finding]:
    """VH-17: findings on a recognised record about to be changed."""
    return _DECISIONS["VH-17"].findings(
        decisions.change(before, after, version_before, version_after)
    )


def check_issue(state: str) -> list[Finding]:
    """VH-18: findings on issuing a certificate for a contract in this state."""
    return _DECISIONS["VH-18"].findings(decisions.issue(state))
