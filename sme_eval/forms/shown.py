"""What was entered, as people read it, page by page."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sme_eval import queries
from sme_eval.forms.rows import TABLES
from sme_eval.forms.steps import FORM_STEPS
from sme_eval.models import Evaluation

FORM_CLAUSE = "科技型中小企业信息表 填写说明"
TABLE_LABELS = {table.name: table.title for table in TABLES.values()}
STEP_OF: Mapping[str, str] = {
    **{name: key for key, form in FORM_STEPS.items() for name in form.base_fields},
    **{table.name: key for key, table in TABLES.items()},
    "attachments": "files",
    "agency": "review",
    # Facts of the rules that are no entries: shown where they are worked out.
    "ip_class1": "results",
    "ip_class2": "results",
    "direct": "routes",
    "audit_collection": "enterprise",
}


def place_of(name: str) -> str:
    """The page of an entry, of a row ("projects[2].cost") or of a fact; "" for the whole form."""
    plain = name.split("[")[0].split(".")[0]
    plain = {"rights": "ip_rights"}.get(plain, plain)
    return STEP_OF.get(plain, "")


def field_label(name: str) -> str:
    """The label of an entry as the form shows it."""
    extra = {"attachments": _("Files"), "agency": _("Evaluation agency"), **TABLE_LABELS}
    form = FORM_STEPS.get(STEP_OF.get(name, ""))
    if form and name in form.base_fields:
        return str(form.base_fields[name].label)
    return str(extra.get(name, ""))


def shown_entries(evaluation: Evaluation, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page, its table's rows last."""
    names = [n for n in FORM_STEPS[step].base_fields if n not in ("seen", "no_ip", "no_projects")]
    entries = [(n, field_label(n), queries.as_text(evaluation, n)) for n in names]
    table = TABLES.get(step)
    if table is None:
        return entries
    lines = queries.row_texts(evaluation, table.name)
    return [*entries, *((table.name, str(table.title), line) for line in lines or ["—"])]


def next_step(evaluation: Evaluation, *, has_files: bool) -> str:
    """The page to go on with: the first on which nothing stands yet, at last the check."""
    signs = {
        "enterprise": evaluation.established_on,
        "staff": evaluation.staff_total is not None,
        "money": evaluation.revenue is not None,
        "results": evaluation.main_products,
        "files": has_files,
    }
    return next((key for key, sign in signs.items() if not sign), "review")
