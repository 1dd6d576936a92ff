"""What is to be said of a draft: the rules, and what was typed but cannot be read."""

import datetime

from sme_eval import queries
from sme_eval.forms.rows import unread_rows
from sme_eval.forms.steps import FORM_CLAUSE, FORM_STEPS
from sme_eval.models import Evaluation
from torch_portal.common.findings import Finding
from torch_portal.filings.guided.saved import unread_findings


def all_findings(evaluation: Evaluation, *, at: datetime.datetime) -> list[Finding]:
    """What the rules say if it were filed at that moment, and what could not be read."""
    unread = unread_findings(evaluation, FORM_STEPS, code="unread", clause=FORM_CLAUSE)
    names = {f.field for f in unread}
    ruled = queries.findings(evaluation, at=at)
    names |= {"ip_class1", "ip_class2"}  # told of the table that they are counted from
    return [
        *queries.unsettled(evaluation),
        *unread,
        *unread_rows(evaluation),
        *(f for f in ruled if not (f.code in ("blank", "missing") and f.field in names)),
    ]
