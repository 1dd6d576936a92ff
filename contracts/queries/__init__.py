"""Reads over contracts."""

from contracts.queries.ahead import ahead, given
from contracts.queries.certificate import (
    certificate_content,
    chinese_date,
    expected_number,
    place_name,
    registration_series,
)
from contracts.queries.corrections import (
    marks_at_return,
    open_items,
    seen_before,
    unsettled,
    was_changed,
)
from contracts.queries.documents import document_content, grounds_told, items_told, materials
from contracts.queries.entries import as_text, entry_marks, entry_text, yuan
from contracts.queries.facts import (
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
from contracts.queries.lists import agencies_for, consistency, covers, with_cover
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
    "ahead",
    "applicant_division",
    "as_text",
    "calendars_for",
    "certificate_box",
    "certificate_content",
    "chinese_date",
    "consistency",
    "covers",
    "deductions_of",
    "document_content",
    "due",
    "entry_marks",
    "entry_text",
    "examination",
    "expected_number",
    "facts",
    "facts_digestible",
    "findings",
    "given",
    "grounds_told",
    "items_told",
    "long_date",
    "marks_at_return",
    "materials",
    "needs_second_review",
    "open_items",
    "paper_box",
    "place_name",
    "provisional",
    "registration_series",
    "seen_before",
    "sentence",
    "tone",
    "unsettled",
    "was_changed",
    "with_cover",
    "yuan",
]
