"""The form of a draft as saved: which page an entry is on, what could not be read."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from contracts.forms.lines import lines_for
from contracts.forms.steps import FORM_STEPS, PartiesStep
from contracts.models import Contract
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.guided import saved
from torch_portal.filings.guided.steps import StepForm

FORM_CLAUSE = "技术合同登记表填写说明"
STEP_OF: Mapping[str, str] = {
    **{name: key for key, form in FORM_STEPS.items() for name in form.base_fields},
    "deductions": "amounts",
    "technical_yuan": "amounts",
    "attachments": "files",
    "classified": "contract",
    "agency": "review",
    "agency_division": "review",
}


def field_label(name: str) -> str:
    """The label of an entry as the form shows it."""
    extra = {
        "attachments": _("Contract text and attachments"),
        "deductions": _("Non-technical costs"),
        "technical_yuan": _("Technical transaction amount"),
        "agency": _("Registration agency"),
        "agency_division": _("Registration agency"),
    }
    form = FORM_STEPS.get(STEP_OF.get(name, ""))
    if form and name in form.base_fields:
        return str(form.base_fields[name].label)
    return str(extra.get(name, ""))


def next_step(contract: Contract, *, has_files: bool) -> str:
    """The page to go on with: the first on which nothing stands yet, at last the check."""
    signs = {
        "contract": contract.project_name or contract.kind,
        "parties": contract.buyer_name,
        "amounts": contract.total_yuan,
        "technology": contract.ip_kind or contract.tech_field,
        "files": has_files,
    }
    return next((key for key, sign in signs.items() if not sign), "review")


def form_for(contract: Contract, step: str) -> StepForm:
    """The form of a step as saved; entries that could not be read come back with their error."""
    form = saved.form_for(contract, FORM_STEPS[step])
    if isinstance(form, PartiesStep):
        form.show_own(contract.applicant)
    return form


def unread_findings(contract: Contract) -> list[Finding]:
    """A blocking finding for each entry that was typed but cannot be read."""
    found = saved.unread_findings(contract, FORM_STEPS, code="VH-24", clause=FORM_CLAUSE)
    return found + _unread_lines(contract)


def _unread_lines(contract: Contract) -> list[Finding]:
    """The first fault of each cost row that cannot be read."""
    if "deductions" not in contract.typed:
        return []
    rows = [row.errors for row in lines_for(contract).forms if row.errors]
    return [
        Finding("VH-24", Level.BLOCK, "deductions", str(next(iter(row.values()))[0]), FORM_CLAUSE)
        for row in rows
    ]
