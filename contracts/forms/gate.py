"""The question before everything else: is the contract classified?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.enums import Applicant


class GateForm(forms.Form):
    """Asked before any upload (国科发政字〔2000〕063号 第十五条; 沪科合〔2019〕33号)."""

    classified = forms.ChoiceField(
        label=_("Does the contract carry a secrecy classification (密级)?"),
        choices=[("no", _("No")), ("yes", _("Yes, it is marked secret"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer this first: classified contracts stay on paper.")},
    )
    enterprise = forms.ChoiceField(label=_("File for"), widget=forms.RadioSelect)
    applicant = forms.ChoiceField(
        label=_("Your enterprise is the"),
        choices=Applicant.choices,
        initial=Applicant.SELLER,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, enterprises: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["enterprise"]
        field.choices = enterprises  # type: ignore[attr-defined]  # a choice field
        if len(enterprises) == 1:
            field.initial = enterprises[0][0]
