"""Reads over contracts."""

from contracts.queries.certificate import (
    certificate_content,
    chinese_date,
    expected_number,
    place_name,
    registration_series,
)
from contracts.queries.facts import (
    applicant_division,
    calendars_for,
    costs,
    deductions_of,
    due,
    examination,
    facts,
    facts_digestible,
    findings,
    needs_second_review,
    same_as,
)
from contracts.queries.lists import (
    agencies_for,
    colleagues,
    consistency,
    covers,
    with_cover,
)
from contracts.queries.snapshots import before_the_last, taken
from contracts.queries.standing import (
    act_label,
    certificate_box,
    long_date,
    paper_box,
    provisional,
    sentence,
    tone,
)

__all__ = [
    "act_label",
    "agencies_for",
    "applicant_division",
    "before_the_last",
    "calendars_for",
    "certificate_box",
    "certificate_content",
    "chinese_date",
    "colleagues",
    "consistency",
    "costs",
    "covers",
    "deductions_of",
    "due",
    "examination",
    "expected_number",
    "facts",
    "facts_digestible",
    "findings",
    "long_date",
    "needs_second_review",
    "paper_box",
    "place_name",
    "provisional",
    "registration_series",
    "same_as",
    "sentence",
    "taken",
    "tone",
    "with_cover",
]
