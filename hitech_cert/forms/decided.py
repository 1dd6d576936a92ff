"""What the certification body enters with the moves after the expert review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums.after import CancelGround
from torch_portal.common.desk_admin import MoveForm
from torch_portal.filings.desk_pages.forms import text_field


class NoticeForm(MoveForm):
    """Grounds, facts and effect of an intended cancellation."""

    grounds = forms.MultipleChoiceField(
        label=_("Grounds of the cancellation"),
        required=False,
        choices=CancelGround.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    effect_year = forms.IntegerField(label=_("Counts from the year"), required=False)
    opinion: Any = text_field(
        _("Opinion of the competent department"),
        _("Needed for an accident or an offence: who found it, in which document."),
        rows=2,
        longest=400,
    )
    note: Any = text_field(
        _("Facts"), _("What was found, from which documents. The enterprise reads it.")
    )


class ProposalForm(MoveForm):
    """Nothing has to be entered; a note stays in the history."""

    note: Any = text_field(_("Note"), rows=2, longest=400)
