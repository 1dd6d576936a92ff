"""Running the rules: on the facts, across the tables, on a panel, on a number that came back."""

import datetime
from collections.abc import Sequence

from hitech_cert.editions import Edition
from hitech_cert.rules.case import Case
from hitech_cert.rules.catalogue import (
    CONDITION_RULES,
    ENTRY_RULES,
    HINTS,
    NUMBER,
    PANEL,
    TABLE_RULES,
    WINDOW,
)
from hitech_cert.rules.facts import FinSheet, TechSheet
from hitech_cert.rules.leading import LeaderSheet
from hitech_cert.rules.material import Window
from hitech_cert.rules.people import Composition
from hitech_cert.rules.qualified import Applicant
from hitech_cert.rules.review import EXPERT, LEADER, SHEET
from hitech_cert.rules.sheets import Sheet
from hitech_cert.rules.tables import Tables
from torch_portal.common.findings import Finding, blocking


def check(case: Case, *, complete: bool = True) -> list[Finding]:
    """All findings on an enterprise at once: entries, conditions, what is worth knowing.

    complete: True for facts about to be submitted, when what is missing is a finding too.
    """
    entries = [rule for rule in ENTRY_RULES if complete or not rule.on_submission]
    rules = (*entries, *CONDITION_RULES, *HINTS)
    return [finding for rule in rules for finding in rule.run(case)]


def check_tables(tables: Tables) -> list[Finding]:
    """All findings across the tables at once; those on the conditions come from `check`."""
    return [finding for rule in TABLE_RULES for finding in rule.run(tables)]


def check_window(at: datetime.datetime, windows: Sequence[Window]) -> list[Finding]:
    """Why nothing can be submitted at a moment; [] while a batch is open."""
    return WINDOW.run(at, windows)


def check_panel(panel: Composition, edition: Edition) -> list[Finding]:
    """V18: findings on a panel as drawn."""
    return PANEL.run(panel, edition)


def check_expert(who: Applicant, day: datetime.date) -> list[Finding]:
    """Findings on somebody who is to become an expert."""
    return EXPERT.run(who, day)


def check_sheet(sheet: Sheet, tables: Tables, case: Case) -> list[Finding]:
    """V19: findings on one expert's sheet; those that only warn need a reason."""
    return SHEET.run(sheet, tables, case)


def check_leader(
    sheet: LeaderSheet, tech: Sequence[TechSheet], fin: Sequence[FinSheet], case: Case
) -> list[Finding]:
    """Findings on the leader's sheet over all sheets of the panel."""
    return LEADER.run(sheet, tech, fin, case)


def check_number(text: str, jurisdiction: str) -> list[Finding]:
    """V21: findings on the number of a certificate issued through the body of a jurisdiction."""
    return NUMBER.run(text, jurisdiction)


def verdict(case: Case, findings: list[Finding]) -> tuple[bool | None, str | None]:
    """Whether the enterprise can be certified, and by what: "score" or None.

    False when anything blocks; None while a condition is open, as the seventh is before the
    experts have scored.
    """
    if blocking(findings):
        return False, None
    if any(condition.ok is None for condition in case.conditions):
        return None, None
    return True, "score"
