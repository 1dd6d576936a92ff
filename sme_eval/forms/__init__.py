"""What the enterprise types: parsed kindly, nothing lost."""

from sme_eval.forms.average import AverageForm, known_counts
from sme_eval.forms.rows import TABLES, lines_for, posted_lines
from sme_eval.forms.shown import (
    FORM_CLAUSE,
    STEP_OF,
    field_label,
    next_step,
    place_of,
    shown_entries,
)
from sme_eval.forms.steps import FORM_STEPS, STEPS

__all__ = [
    "FORM_CLAUSE",
    "FORM_STEPS",
    "STEPS",
    "STEP_OF",
    "TABLES",
    "AverageForm",
    "field_label",
    "known_counts",
    "lines_for",
    "next_step",
    "place_of",
    "posted_lines",
    "shown_entries",
]
