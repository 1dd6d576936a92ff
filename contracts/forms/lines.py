"""The rows of non-technical costs."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from contracts.enums import DeductionKind
from contracts.models import Contract
from torch_portal.filings.guided import fields as f


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


class BaseDeductionLines(BaseFormSet):
    """All rows together."""

    def rows(self) -> list[dict[str, Any]]:
        """The complete rows, ready for the table of deductions."""
        return [
            {key: form.cleaned_data[key] for key in ("kind", "amount_yuan", "note")}
            for form in self.forms
            if form.is_valid()
            and form.cleaned_data.get("kind")
            and not form.cleaned_data.get("DELETE")
        ]

    def typed(self) -> list[dict[str, str]]:
        """The rows word for word, for when one cannot be read."""
        return [
            {key: form[key].data or "" for key in ("kind", "amount_yuan", "note")}
            for form in self.forms
            if any(form[key].data for key in ("kind", "amount_yuan")) and not form["DELETE"].data
        ]


DeductionLines: Any = formset_factory(
    DeductionForm, formset=BaseDeductionLines, extra=1, max_num=40, absolute_max=60, can_delete=True
)


def lines_for(contract: Contract) -> BaseDeductionLines:
    """The saved rows, or what was typed when it could not be read."""
    typed = contract.typed.get("deductions")
    if typed:
        data = {f"lines-{n}-{key}": v for n, row in enumerate(typed) for key, v in row.items()}
        data |= {"lines-TOTAL_FORMS": str(len(typed)), "lines-INITIAL_FORMS": "0"}
        typed_lines: BaseDeductionLines = DeductionLines(data=data, prefix="lines")
        return typed_lines
    rows = list(contract.deductions.order_by("pk").values("kind", "amount_yuan", "note"))
    lines: BaseDeductionLines = DeductionLines(initial=rows, prefix="lines")
    return lines
