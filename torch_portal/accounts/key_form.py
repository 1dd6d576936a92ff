"""What is typed for a new key of a program."""

from django import forms
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import KeyScope


class KeyForm(forms.Form):
    """A new key for a program."""

    name = forms.CharField(
        label=_("Which program is it for?"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=KeyScope,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most as far as you may yourself. Choose no more than it needs."),
    )
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (366, _("one year"))],
    )
