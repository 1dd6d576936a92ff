"""What the enterprise types: parsed kindly, nothing lost."""

from contracts.forms.after import (
    ASKING,
    AuthorityForm,
    BuyerForm,
    IncomeLines,
    ListForm,
    StatementForm,
    asking,
)
from contracts.forms.batch import SameGroundsForm, SameItemForm
from contracts.forms.examination import (
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
from contracts.forms.shown import shown_entries
from contracts.forms.steps import (
    FORM_STEPS,
    STEPS,
)
from torch_portal.filings.guided.steps import StepForm

__all__ = [
    "ASKING",
    "FORM_STEPS",
    "STEPS",
    "STEP_OF",
    "AmountForm",
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
    "ProposeForm",
    "RecogniseForm",
    "RefusalForm",
    "SameGroundsForm",
    "SameItemForm",
    "StatementForm",
    "StepForm",
    "asking",
    "entry_choices",
    "field_label",
    "form_for",
    "lines_for",
    "next_step",
    "shown_entries",
    "unread_findings",
]
