"""What the enterprise types after the entry: changes, its case, the material of a spot check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sme_eval.forms.steps import TEN_THOUSAND
from sme_eval.models import Evaluation
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.placed import PlacedForm, words

CHANGEABLE = ("legal_representative", "address", "business_scope", "registration_type", "industry")


class ChangeForm(PlacedForm):
    """A change since the entry, filled in as entered."""

    changed_on = f.day(_("Changed on"))
    legal_representative = f.line(_("Legal representative"), 60)
    address = f.line(_("Registered address"), 160)
    business_scope = f.line(_("Scope of business"), 600)
    registration_type = f.line(_("Type of registration"), 60)
    industry = f.line(_("Industry"), 60)
    major = forms.BooleanField(
        label=_("It touches the conditions of article 6 (size, industry, conduct, score)"),
        required=False,
    )
    reason = words(_("What changed and why"))

    def clean_changed_on(self) -> Any:
        """A day is needed."""
        day = self.cleaned_data["changed_on"]
        if day is None:
            raise forms.ValidationError(_("Enter the day of the change."))
        return day

    def arguments(self) -> dict[str, Any]:
        """What the act is called with."""
        data = self.cleaned_data
        return {
            "changed_on": data["changed_on"],
            "after": {name: data[name] for name in CHANGEABLE},
            "major": data["major"],
            "reason": data["reason"],
        }


def change_form(evaluation: Evaluation, data: Any = None) -> ChangeForm:
    """The form with the entries as they are now."""
    return ChangeForm(data, initial={name: getattr(evaluation, name) for name in CHANGEABLE})


class StatementForm(PlacedForm):
    """What the department should know before it decides."""

    statement = words(_("Your statement"), longest=4000)


class ResignForm(PlacedForm):
    """Why the number is given up."""

    note = words(_("Reason"), _("For example: a self-check found a condition no longer met."))


class MaterialForm(PlacedForm):
    """The figures of the statements, in 万元; the files are uploaded beside."""

    revenue = f.FigureField(
        label=_("Sales revenue (income statement)"), unit=TEN_THOUSAND, places=2
    )
    cost_total = f.FigureField(
        label=_("Total cost and expense (income statement)"), unit=TEN_THOUSAND, places=2
    )
    assets_total = f.FigureField(
        label=_("Total assets (balance sheet)"), unit=TEN_THOUSAND, places=2
    )
    rd_cost = f.FigureField(label=_("R&D cost (schedule A107012)"), unit=TEN_THOUSAND, places=2)
