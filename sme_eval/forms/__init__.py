"""What the enterprise types: parsed kindly, nothing lost."""

from sme_eval.forms.after import (
    MaterialForm,
    ResignForm,
    StatementForm,
    change_form,
)
from sme_eval.forms.average import AverageForm, known_counts
from sme_eval.forms.moves import (
    CorrectionForm,
    NoticeForm,
    RefusalForm,
    SameItemForm,
    SendBackForm,
    entry_choices,
)
from sme_eval.forms.rows import (
    TABLES,
    lines_for,
    posted_lines,
    rows_with_sources,
    unread_rows,
)
from sme_eval.forms.score import bases, indicators, shown_score
from sme_eval.forms.shown import (
    STEP_OF,
    at_entries,
    entry_of,
    field_label,
    next_step,
    page_entries,
    place_of,
    shown_entries,
)
from sme_eval.forms.steps import FORM_CLAUSE, FORM_STEPS, STEPS

__all__ = [
    "FORM_CLAUSE",
    "FORM_STEPS",
    "STEPS",
    "STEP_OF",
    "TABLES",
    "AverageForm",
    "CorrectionForm",
    "MaterialForm",
    "NoticeForm",
    "RefusalForm",
    "ResignForm",
    "SameItemForm",
    "SendBackForm",
    "StatementForm",
    "at_entries",
    "bases",
    "change_form",
    "entry_choices",
    "entry_of",
    "field_label",
    "indicators",
    "known_counts",
    "lines_for",
    "next_step",
    "page_entries",
    "place_of",
    "posted_lines",
    "rows_with_sources",
    "shown_entries",
    "shown_score",
    "unread_rows",
]
