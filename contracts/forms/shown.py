"""What was entered, as people read it."""

from django.utils.translation import gettext as _

from contracts import queries
from contracts.forms.saved import field_label
from contracts.forms.steps import FORM_STEPS
from contracts.models import Contract


def shown_entries(contract: Contract, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page."""
    form = FORM_STEPS[step]
    entries = [
        (name, field_label(name), queries.as_text(contract, name))
        for name in form.base_fields
        if name != "seen"
    ]
    if step == "amounts":
        for line in queries.costs(contract):
            label = _("Non-technical cost: %(kind)s") % {"kind": line.get_kind_display()}
            entries.append(("deductions", label, queries.yuan(line.amount_yuan)))
        entries.append(
            ("technical_yuan", field_label("technical_yuan"), queries.yuan(contract.technical_yuan))
        )
    return entries
