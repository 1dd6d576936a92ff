"""What a reviewer enters with a move: the amount, grounds, the list of corrections."""

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from contracts import queries
from contracts.enums import MonopolyPattern, RefusalGround
from contracts.forms.saved import STEP_OF, field_label, unread_findings
from contracts.forms.steps import FORM_STEPS, STEPS
from torch_portal.common.desk_admin import MoveForm
from torch_portal.common.findings import Finding
from torch_portal.filings.desk_pages import forms as shared
from torch_portal.filings.desk_pages.forms import WHOLE, ReadyForm, text_field
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.steps import entry_groups


class ProposeForm(MoveForm):
    """What the second reviewer should look at."""

    note = text_field(
        _("Note to the second reviewer"), _("What you looked at and what you propose.")
    )


class AmountForm(ReadyForm):
    """The technical amount that shall stand on the certificate."""

    ready_for = "fix_technical_amount"
    template = "admin/contracts/contract/move_amount.html"
    amount_yuan = f.AmountField(
        label=_("Technical amount"), help_text=_("In yuan; 120万元 is understood too.")
    )
    note = text_field(
        _("Reason"), _("Which costs are not technical, and where the contract says so.")
    )

    def clean_amount_yuan(self) -> Any:
        """An amount is needed."""
        amount = self.cleaned_data["amount_yuan"]
        if amount is None:
            raise forms.ValidationError(_("Enter the technical amount in yuan."))
        return amount


class RefusalForm(ReadyForm):
    """The grounds of a refusal."""

    ready_for = "refuse"
    template = "admin/contracts/contract/move_refuse.html"
    grounds = forms.MultipleChoiceField(
        label=_("Grounds"),
        required=False,
        choices=RefusalGround.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    note = text_field(
        _("Explanation"), _("The facts behind each ground; needed for “other”."), rows=5
    )
    monopoly_patterns = MonopolyPattern.labels


class RecogniseForm(MoveForm):
    """Nothing to enter: the page shows the certificate before it is issued."""

    template = "admin/contracts/contract/move_recognise.html"


def entry_choices() -> list[Any]:
    """The entries of the form, page by page, and the filing as a whole."""
    beside = {STEP_OF[name]: (name,) for name in ("deductions", "attachments")}
    return [WHOLE, *entry_groups(STEPS, FORM_STEPS, field_label, beside)]


class CorrectionForm(shared.CorrectionForm):
    """The list with the entries of a contract, and a row for each present finding."""

    def entries(self) -> list[Any]:
        """The entries of the form."""
        return entry_choices()

    def suggest(self, row: Any) -> list[dict[str, str]]:
        """A row for each present finding that is more than a hint, in Chinese."""
        with translation.override("zh-hans"):
            _known, ruled = queries.examination(row)
            found = unread_findings(row) + ruled
            return shared.suggested(found, entry_choices(), _is_missing)


def _is_missing(finding: Finding) -> bool:
    return finding.code == "VH-00" or finding.field == "attachments"
