"""The rows of non-technical costs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.enums import DeductionKind
from contracts.models import Contract
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.lines import BaseLines, lines_of, shown_lines


class DeductionForm(forms.Form):
    """One row: what kind of cost, how much, a note. An empty row is no row."""

    kind = f.choice(_("Kind of cost"), DeductionKind.choices)
    amount_yuan = f.AmountField(label=_("Amount"))
    note = f.line(_("Note"), 80)

    def clean(self) -> dict[str, Any]:
        """A kind without an amount, or the other way round, is half a row."""
        data = self.cleaned_data
        if data.get("kind") and data.get("amount_yuan") is None and not self.errors:
            self.add_error("amount_yuan", _("Give the amount of this cost, or remove the row."))
        if data.get("amount_yuan") is not None and not data.get("kind"):
            self.add_error("kind", _("Say what kind of cost this is."))
        return data


class BaseDeductionLines(BaseLines):
    """All rows together."""

    keys = ("kind", "amount_yuan", "note")
    signs = ("kind", "amount_yuan")


DeductionLines = lines_of(DeductionForm, BaseDeductionLines, most=40)


def lines_for(contract: Contract) -> BaseLines:
    """The saved rows, or what was typed when it could not be read."""
    saved = contract.deductions.order_by("pk").values(*BaseDeductionLines.keys)
    return shown_lines(DeductionLines, typed=contract.typed.get("deductions"), saved=list(saved))
