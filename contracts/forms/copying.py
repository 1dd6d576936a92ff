"""What of an earlier contract goes into a new draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts import actions
from torch_portal.filings.guided.fields import Checks

PARTS = (
    ("contract", _("Name, kind and conditions")),
    ("dates", _("Dates")),
    ("buyer", _("The buyer")),
    ("other_party", _("Seller and intermediary")),
    ("amounts", _("Amounts, costs and payment")),
    ("patent", _("Intellectual property and patent")),
    ("technology", _("Field, objective and plan")),
)


class CopyForm(forms.Form):
    """Parts to copy; dates and amounts are left empty unless asked for."""

    parts = forms.MultipleChoiceField(
        label=_("Take over"),
        choices=PARTS,
        widget=Checks,
        required=False,
        help_text=_("Dates and amounts belong to the contract of then, so they stay empty."),
    )

    def __init__(self, *args: Any, whole: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["parts"]
        field.initial = list(actions.WHOLE if whole else actions.USUAL)
        if whole:
            choices = (*PARTS, ("attachments", _("Contract text and attachments")))
            field.choices = choices  # type: ignore[attr-defined]  # a choice field
            field.help_text = _("It ended without a registration: it may be filed again whole.")
