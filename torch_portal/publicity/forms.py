"""What an objector types."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from torch_portal.common.findings import Finding
from torch_portal.publicity.actions import Said
from torch_portal.publicity.enums import ObjectorKind

ACCEPTED = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class Files(forms.FileInput):
    """Several files in one input."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ACCEPTED})


class ObjectionForm(forms.Form):
    """Who objects, why, and what proves it. What is missing the act says, all at once."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("I object as"),
        choices=ObjectorKind,
        initial=ObjectorKind.PERSON,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("True name or name of the unit"),
        required=False,
        max_length=120,
        help_text=_("It is seen by the authority only. Anonymous objections are not accepted."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    mobile = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=20,
        help_text=_("Needed from a person; of a unit, of whoever answers questions."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    text = forms.CharField(
        label=_("Facts and reasons"),
        required=False,
        help_text=_("What is wrong on the list, since when, and how you know."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    letter = forms.Field(
        label=_("Sealed letter of the unit"),
        required=False,
        help_text=_("Needed from a unit: PDF, PNG or JPEG, the seal readable."),
        widget=Files,
    )
    evidence = forms.Field(
        label=_("Proof of the facts"),
        required=False,
        help_text=_("At least one file: PDF, PNG or JPEG."),
        widget=Files,
    )

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields that are typed."""
        return [field for field in self if not isinstance(field.field.widget, Files)]

    @property
    def proofs(self) -> list[forms.BoundField]:
        """The fields that take files."""
        return [field for field in self if isinstance(field.field.widget, Files)]

    def said(self) -> Said:
        """What was typed."""
        names = ("kind", "name", "text", "mobile")
        return Said(**{name: self.cleaned_data[name] for name in names})

    def take(self, findings: Iterable[Finding]) -> None:
        """Show findings at the fields of which they speak; the others on top."""
        for finding in findings:
            known = finding.field if finding.field in self.fields else None
            self.add_error(known, finding.text())


class ReceiptForm(forms.Form):
    """Reference and code, as the receipt shows them."""

    use_required_attribute = False

    reference = forms.CharField(label=_("Reference number"), max_length=24)
    code = forms.CharField(label=_("Code of the receipt"), max_length=16)
