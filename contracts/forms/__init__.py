"""What the enterprise types: parsed kindly, nothing lost."""

from contracts.forms.gate import GateForm
from contracts.forms.lines import DeductionLines, lines_for
from contracts.forms.moves import (
    AmountForm,
    CorrectionForm,
    ProposeForm,
    ReasonForm,
    RecogniseForm,
    RefusalForm,
)
from contracts.forms.saved import STEP_OF, field_label, form_for, next_step, unread_findings
from contracts.forms.shown import as_text, correction_row, file_row, shown_entries
from contracts.forms.steps import FORM_STEPS, STEPS, StepForm

__all__ = [
    "FORM_STEPS",
    "STEPS",
    "STEP_OF",
    "AmountForm",
    "CorrectionForm",
    "DeductionLines",
    "GateForm",
    "ProposeForm",
    "ReasonForm",
    "RecogniseForm",
    "RefusalForm",
    "StepForm",
    "as_text",
    "correction_row",
    "field_label",
    "file_row",
    "form_for",
    "lines_for",
    "next_step",
    "shown_entries",
    "unread_findings",
]
