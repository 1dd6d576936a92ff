"""What operators type about agencies."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from torch_portal.accounts import agencies
from torch_portal.accounts.changes.desk import ReasonedForm
from torch_portal.accounts.models import Agency, Division


class AgencyForm(ReasonedForm):
    """An agency with its area, and the reason for the change."""

    areas = forms.CharField(
        label=_("Area of the agency"),
        required=False,
        max_length=2000,
        help_text=_(
            "Prefixes of division codes, separated by commas: 3301 is Hangzhou, 330106 its West "
            "Lake district. A change needs a second person."
        ),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )

    class Meta:
        model = Agency
        fields = ["name", "code", "jurisdiction", "address", "phone", "review_body", "active"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["areas"] = ", ".join(agencies.areas_of(self.instance))

    def clean_areas(self) -> list[str]:
        """Prefixes of places that exist, each once; all that are wrong are named."""
        typed = [p for p in re.split(r"[\s,;，；、]+", self.cleaned_data["areas"]) if p]
        wrong = [
            p
            for p in typed
            if not re.fullmatch(r"[0-9]{2,6}", p)
            or not Division.objects.filter(code__startswith=p).exists()
        ]
        if wrong:
            words = _("No administrative division begins with: %(codes)s.")
            raise forms.ValidationError(words % {"codes": ", ".join(wrong)})
        return sorted(set(typed))
