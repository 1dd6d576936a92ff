"""What a reviewer enters once for many contracts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.enums import RefusalGround
from contracts.forms.moves import entry_choices
from torch_portal.common.desk_admin import BatchForm
from torch_portal.filings.desk_pages import batch
from torch_portal.filings.desk_pages.batch import same_text


class SameItemForm(batch.SameItemForm):
    """One item of correction for all."""

    def entries(self) -> list[Any]:
        """The entries of a contract."""
        return entry_choices()


class SameGroundsForm(BatchForm):
    """The same grounds of refusal for all."""

    grounds = forms.MultipleChoiceField(
        label=_("Grounds"), choices=RefusalGround.choices, widget=forms.CheckboxSelectMultiple
    )
    note = same_text(_("Explanation"), _("Every one of these enterprises reads these words."))
