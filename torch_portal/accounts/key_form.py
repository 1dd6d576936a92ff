"""What is typed for a new key of a program."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.keys import scopes_of
from torch_portal.accounts.models import User


class KeyForm(forms.Form):
    """A new key for a program."""

    name = forms.CharField(
        label=_("Which program is it for?"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most as far as you may yourself. Choose no more than it needs."),
    )
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (366, _("one year"))],
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(scope.value, scope.label) for scope in scopes_of(by)]
        self.fields["scopes"].choices = offered  # type: ignore[attr-defined]
