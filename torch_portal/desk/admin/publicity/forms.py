"""What is entered at the desk of publicity."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person
from torch_portal.desk.lines import LINES
from torch_portal.publicity import permissions


class OpenForm(forms.Form):
    """A new list: of which line and place, and where people can object besides the portal."""

    line = forms.ChoiceField(label=_("Service line"))
    jurisdiction = forms.ModelChoiceField(
        label=_("Jurisdiction"), queryset=Jurisdiction.objects.order_by("code")
    )
    contact = forms.CharField(
        label=_("Where to object"),
        max_length=200,
        required=False,
        help_text=_("Office, telephone and e-mail address; they stand on the public list."),
    )

    def __init__(self, *args: Any, by: Person, lines: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        line: Any = self.fields["line"]
        line.choices = [(code, LINES[code].LABEL) for code in lines]
        place: Any = self.fields["jurisdiction"]
        kept = [j.pk for j in place.queryset if permissions.may_keep(by, j.pk)]
        place.queryset = place.queryset.filter(pk__in=kept)
        if len(kept) == 1:  # nobody picks from a list of one
            place.initial, place.empty_label = kept[0], None


class PubliciseForm(forms.Form):
    """The first day of publicity."""

    opens_on = forms.DateField(
        label=_("First day of publicity"),
        help_text=_("It counts when it is a working day. The last day follows from it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
