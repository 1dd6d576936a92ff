"""Reads over contracts."""

from contracts.queries.certificate import (
    certificate_content,
    chinese_date,
    expected_number,
    place_name,
    registration_series,
)
from contracts.queries.facts import (
    PLAIN,
    applicant_division,
    calendars_for,
    deductions_of,
    due,
    examination,
    facts,
    facts_digestible,
    findings,
    needs_second_review,
)
from contracts.queries.imports import (
    draft_saves,
    drafts_of,
    filed_by,
    kind_name,
    recent_codes,
    runs_of,
)
from contracts.queries.lists import agencies_for, consistency, covers, with_cover
from contracts.queries.parties import Party, other_side, parties_like, party_of
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
    "PLAIN",
    "Party",
    "act_label",
    "agencies_for",
    "applicant_division",
    "calendars_for",
    "certificate_box",
    "certificate_content",
    "chinese_date",
    "consistency",
    "covers",
    "deductions_of",
    "draft_saves",
    "drafts_of",
    "due",
    "examination",
    "expected_number",
    "facts",
    "facts_digestible",
    "filed_by",
    "findings",
    "kind_name",
    "long_date",
    "needs_second_review",
    "other_side",
    "paper_box",
    "parties_like",
    "party_of",
    "place_name",
    "provisional",
    "recent_codes",
    "registration_series",
    "runs_of",
    "sentence",
    "tone",
    "with_cover",
]
