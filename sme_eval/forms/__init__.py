"""What the enterprise types: parsed kindly, nothing lost."""

from sme_eval.forms.after import (
    MaterialForm,
    ResignForm,
    StatementForm,
    change_form,
)
from sme_eval.forms.average import AverageForm, known_counts
from sme_eval.forms.findings import all_findings
from sme_eval.forms.moves import (
    CorrectionForm,
    NoticeForm,
    RefusalForm,
    SameItemForm,
    SendBackForm,
    entry_choices,
)
from sme_eval.forms.rows import (
    LEVELS,
    TABLES,
    ProjectForm,
    RightForm,
    RouteForm,
    lines_for,
    posted_lines,
    rows_with_sources,
    unread_rows,
)
from sme_eval.forms.score import filed_score, saved_score, shown_score
from sme_eval.forms.sheet import SHEETS, workbook
from sme_eval.forms.sheet import read as read_sheet
from sme_eval.forms.shown import (
    STEP_OF,
    at_entries,
    at_rows,
    entry_of,
    field_label,
    next_step,
    page_entries,
    place_of,
    shown_entries,
)
from sme_eval.forms.steps import FORM_CLAUSE, FORM_STEPS, STEPS
from torch_portal.filings.guided.sheet import SheetForm

__all__ = [
    "FORM_CLAUSE",
    "FORM_STEPS",
    "LEVELS",
    "SHEETS",
    "STEPS",
    "STEP_OF",
    "TABLES",
    "AverageForm",
    "CorrectionForm",
    "MaterialForm",
    "NoticeForm",
    "ProjectForm",
    "RefusalForm",
    "ResignForm",
    "RightForm",
    "RouteForm",
    "SameItemForm",
    "SendBackForm",
    "SheetForm",
    "StatementForm",
    "all_findings",
    "at_entries",
    "at_rows",
    "change_form",
    "entry_choices",
    "entry_of",
    "field_label",
    "filed_score",
    "known_counts",
    "lines_for",
    "next_step",
    "page_entries",
    "place_of",
    "posted_lines",
    "read_sheet",
    "rows_with_sources",
    "saved_score",
    "shown_entries",
    "shown_score",
    "unread_rows",
    "workbook",
]
