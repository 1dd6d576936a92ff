"""Answers to an invitation, and what an expert declares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums import TieKind
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.placed import PlacedForm, words


class AcceptForm(PlacedForm):
    """Both have to be ticked; the act says so when one is not."""

    no_interest = forms.BooleanField(
        label=_("I have no interest in this enterprise and no tie to it"), required=False
    )
    commitment = forms.BooleanField(label=_("I sign the commitment of Annex 8"), required=False)


class DeclineForm(PlacedForm):
    """Why the expert does not review it."""

    reason = words(_("Reason"), longest=400)
    tie = forms.BooleanField(
        label=_("Because of an interest: I never review this enterprise"), required=False
    )


class TieForm(PlacedForm):
    """An enterprise that the expert does not review."""

    kind = f.choice(_("Kind"), TieKind.choices, radio=True)
    enterprise_name = f.line(_("Name of the enterprise"), 120)
    credit_code = f.CreditCodeField(label=_("Credit code, if known"))
    reason = f.line(_("What it consists of"), 400)
    worked_on = f.day(_("Last day of the co-operation"))

    def tie(self) -> dict[str, Any]:
        """What the act takes."""
        return dict(self.cleaned_data)
