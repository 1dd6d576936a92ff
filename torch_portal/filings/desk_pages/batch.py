"""What a reviewer enters once for many filings, at any desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.roles import reviewers_beside
from torch_portal.common.desk_admin import BatchForm
from torch_portal.filings.desk_pages.forms import WHOLE
from torch_portal.filings.enums import Problem


def same_text(label: Any, hint: Any = "", *, longest: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SameReasonForm(BatchForm):
    """One reason for all."""

    note = same_text(_("Reason"), _("Every one of these enterprises reads these words."))


class SameHandsForm(BatchForm):
    """One colleague for all."""

    to = forms.TypedChoiceField(label=_("In the hands of"), coerce=int)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(p.pk, p.get_full_name()) for p in reviewers_beside(self.by)]
        self.fields["to"].choices = people  # type: ignore[attr-defined]  # a choice field
        self.initial.setdefault("to", self.by.pk)


class SameItemForm(BatchForm):
    """One item of correction for all."""

    field = forms.ChoiceField(label=_("Entry"), required=False)
    problem = forms.ChoiceField(
        label=_("What is wrong"), choices=Problem.choices, initial=Problem.INCOMPLETE
    )
    remedy = same_text(
        _("What to do"), _("Every one of these enterprises reads these words."), longest=400
    )
    clause = forms.CharField(label=_("Clause"), required=False, max_length=120)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"].choices = self.entries()  # type: ignore[attr-defined]  # a choice field

    def entries(self) -> list[Any]:
        """What the item can be about, as choices; a line says which entries there are."""
        return [WHOLE]

    def arguments(self) -> dict[str, Any]:
        """A list of one item."""
        return {"items": [dict(self.cleaned_data)]}
