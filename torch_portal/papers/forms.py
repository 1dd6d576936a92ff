"""What officials and reviewers type on their own pages of the desk."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminTextareaWidget

from torch_portal.accounts.changes.desk import ReasonedForm
from torch_portal.papers.models import Emergency


class EmergencyForm(ReasonedForm):
    """A new emergency; its end is set on a page of its own."""

    class Meta:
        model = Emergency
        fields = ["jurisdiction", "source", "declared_on"]

    def clean(self) -> dict[str, Any]:
        """Check the rules that also look at the end, which this form does not have."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            row = {name: value for name, value in cleaned.items() if name != "reason"}
            Emergency(**row).validate_constraints()
        return cleaned


class EndForm(forms.Form):
    """The day on which an emergency ended."""

    ended_on = forms.DateField(
        label=_("Day of the end"),
        help_text=_("Papers count their days from here, or from the recognition if that is later."),
        widget=UnfoldAdminDateWidget,
    )

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=400,
        help_text=_("The document that ends it. The second person reads it before confirming."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, emergency: Emergency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.emergency = emergency

    def clean_ended_on(self) -> datetime.date:
        """Not before the emergency was declared."""
        day: datetime.date = self.cleaned_data["ended_on"]
        if day < self.emergency.declared_on:
            raise forms.ValidationError(_("An emergency cannot end before it was declared."))
        return day


class NoteForm(forms.Form):
    """The reason for a decision on paper."""

    note = forms.CharField(
        label=_("Note"), max_length=1000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )
