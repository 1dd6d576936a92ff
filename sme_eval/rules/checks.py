"""Running the rules: on the entries, on the whole form, on its rows, at the moment of filing."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sme_eval.editions import SHANGHAI, Edition
from sme_eval.rules.case import Case
from sme_eval.rules.catalogue import (
    CONDITION_RULES,
    ENTRY_RULES,
    HINTS,
    PROJECTS,
    RIGHTS,
    WINDOW,
)
from sme_eval.rules.facts import CONDUCT
from sme_eval.rules.figures import outside_window
from sme_eval.rules.rows import Project, Right
from torch_portal.common.findings import Finding, Level, blocking

# Facts of conditions 2 to 4 without which nobody can say that an enterprise is confirmed.
DECISIVE = ("staff_total", "revenue", "assets_total", "restricted_industry", *CONDUCT)


def check_entries(case: Case, *, complete: bool = True) -> list[Finding]:
    """What cannot be true among the entries.

    complete: True for a form about to be submitted, when missing figures are findings too.
    """
    rules = [rule for rule in ENTRY_RULES if complete or not rule.on_submission]
    return [finding for rule in rules for finding in rule.run(case)]


def check_conditions(case: Case) -> list[Finding]:
    """What the conditions say of entries that can be true, and what is worth knowing."""
    return [finding for rule in (*CONDITION_RULES, *HINTS) for finding in rule.run(case)]


def check(case: Case, *, complete: bool = True) -> list[Finding]:
    """All findings on an enterprise at once: entries, conditions, hints."""
    return [*check_entries(case, complete=complete), *check_conditions(case)]


def check_projects(projects: Sequence[Project], rd_cost: Decimal | None) -> list[Finding]:
    """projects_sum: findings on the table of R&D projects."""
    return PROJECTS.run(projects, rd_cost)


def check_rights(rights: Sequence[Right], day: date, products: Collection[str]) -> list[Finding]:
    """ip_not_counted: findings on rights that do not count on a day, with the reason."""
    return RIGHTS.run(rights, day, products)


def check_window(at: datetime, edition: Edition) -> list[Finding]:
    """window: a block for a filing at a moment outside the window of the year."""
    problems = outside_window(at.astimezone(SHANGHAI).date(), edition)
    return WINDOW.findings(replace(problem, level=Level.BLOCK) for problem in problems)


def verdict(case: Case, findings: list[Finding]) -> tuple[bool | None, str | None]:
    """Whether the enterprise is confirmed, and by what: "direct", "score" or None.

    False when anything blocks, None while a fact that decides is missing. A direct route
    wins over a score that would do as well (国科发政〔2017〕115号 第八条).
    """
    if blocking(findings):
        return False, None
    open_score = case.score.total is None and not case.direct
    if open_score or any(getattr(case.facts, name) is None for name in DECISIVE):
        return None, None
    return True, "direct" if case.direct else "score"
