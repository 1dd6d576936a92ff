"""What the enterprise types: parsed kindly, nothing lost."""

from contracts.forms.gate import GateForm
from contracts.forms.lines import DeductionLines, lines_for
from contracts.forms.steps import (
    FORM_STEPS,
    STEP_OF,
    STEPS,
    StepForm,
    field_label,
    form_for,
    unread_findings,
)

__all__ = [
    "FORM_STEPS",
    "STEPS",
    "STEP_OF",
    "DeductionLines",
    "GateForm",
    "StepForm",
    "field_label",
    "form_for",
    "lines_for",
    "unread_findings",
]
