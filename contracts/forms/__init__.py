"""What the enterprise types: parsed kindly, nothing lost."""

from contracts.forms.after import (
    ASKING,
    AuthorityForm,
    BuyerForm,
    IncomeLines,
    ListForm,
    PlacedForm,
    StatementForm,
    asking,
)
from contracts.forms.batch import (
    SameGroundsForm,
    SameHandsForm,
    SameItemForm,
    SameReasonForm,
)
from contracts.forms.examination import (
    AssignForm,
    ExpertsForm,
    NoticeForm,
    OpinionForm,
)
from contracts.forms.gate import GateForm
from contracts.forms.lines import DeductionLines, lines_for
from contracts.forms.moves import (
    AmountForm,
    CorrectionForm,
    ProposeForm,
    ReasonForm,
    RecogniseForm,
    RefusalForm,
    entry_choices,
)
from contracts.forms.saved import (
    STEP_OF,
    field_label,
    form_for,
    next_step,
    unread_findings,
)
from contracts.forms.shown import (
    correction_row,
    file_row,
    message_row,
    shown_entries,
)
from contracts.forms.steps import (
    FORM_STEPS,
    STEPS,
    StepForm,
)

__all__ = [
    "ASKING",
    "FORM_STEPS",
    "STEPS",
    "STEP_OF",
    "AmountForm",
    "AssignForm",
    "AuthorityForm",
    "BuyerForm",
    "CorrectionForm",
    "DeductionLines",
    "ExpertsForm",
    "GateForm",
    "IncomeLines",
    "ListForm",
    "NoticeForm",
    "OpinionForm",
    "PlacedForm",
    "ProposeForm",
    "ReasonForm",
    "RecogniseForm",
    "RefusalForm",
    "SameGroundsForm",
    "SameHandsForm",
    "SameItemForm",
    "SameReasonForm",
    "StatementForm",
    "StepForm",
    "asking",
    "correction_row",
    "entry_choices",
    "field_label",
    "file_row",
    "form_for",
    "lines_for",
    "message_row",
    "next_step",
    "shown_entries",
    "unread_findings",
]
