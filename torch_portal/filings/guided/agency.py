"""The agency that a filing goes to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Agency


class AgencyForm(forms.Form):
    """Which agency shall examine it, when several cover the place."""

    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, agencies: list[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["agency"]
        field.label = _("Registration agency")
        field.queryset = Agency.objects.filter(pk__in=[a.pk for a in agencies]).order_by("name")  # type: ignore[attr-defined]  # a model choice field
        if agencies:
            field.initial = agencies[0].pk
