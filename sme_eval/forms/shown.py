"""What was entered, as people read it, page by page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from sme_eval import queries
from sme_eval.forms.rows import TABLES
from sme_eval.forms.steps import FORM_STEPS
from sme_eval.models import Evaluation
from torch_portal.common.findings import Finding

TABLE_LABELS = {table.name: table.title for table in TABLES.values()}
PLAIN_NAME = re.compile(r"[.\[]")
# Entries by the names of the facts that the rules are told of them.
ENTRIES = {
    "rights": "ip_rights",
    "direct": "routes",
    "ip_class1": "ip_rights",
    "ip_class2": "ip_rights",
    "audit_collection": "audited_tax",
}
COLUMNS = {"valid_from": "dated_on", "awarded_on": "dated_on", "published_on": "dated_on"}
STEP_OF: Mapping[str, str] = {
    **{name: key for key, form in FORM_STEPS.items() for name in form.base_fields},
    **{table.name: key for key, table in TABLES.items()},
    "attachments": "files",
    "agency": "review",
}


def place_of(name: str) -> str:
    """The page of an entry, of a row ("projects[2].cost") or of a fact; "" for the whole form."""
    return STEP_OF.get(entry_of(name), "")


def entry_of(name: str) -> str:
    """The entry or table that a fact of the rules is about ("rights[2]": "ip_rights")."""
    plain = PLAIN_NAME.split(name)[0]
    return ENTRIES.get(plain, plain)


def at_rows(found: Iterable[Finding]) -> list[Finding]:
    """The findings, each at the entry or row that it is about ("rights[2]": "ip_rights[2]")."""
    return [replace(finding, field=_row_of(finding.field)) for finding in found]


def _row_of(name: str) -> str:
    plain = PLAIN_NAME.split(name)[0]
    row, dot, column = name.removeprefix(plain).partition(".")
    return f"{entry_of(name)}{row}{dot}{COLUMNS.get(column, column)}"


def at_entries(found: Iterable[Finding]) -> list[Finding]:
    """The findings, each at the entry or table that it is about."""
    return [replace(finding, field=entry_of(finding.field)) for finding in found]


def field_label(name: str) -> str:
    """The label of an entry as the form shows it."""
    extra = {"attachments": _("Files"), "agency": _("Evaluation agency"), **TABLE_LABELS}
    name = entry_of(name)
    form = FORM_STEPS.get(STEP_OF.get(name, ""))
    if form and name in form.base_fields:
        return str(form.base_fields[name].label)
    return str(extra.get(name, ""))


def page_entries(evaluation: Evaluation, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page, its table apart."""
    names = [n for n in FORM_STEPS[step].base_fields if n not in ("seen", "no_ip", "no_projects")]
    return [(n, field_label(n), queries.as_text(evaluation, n)) for n in names]


def shown_entries(evaluation: Evaluation, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page, its table's rows last."""
    entries = page_entries(evaluation, step)
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
