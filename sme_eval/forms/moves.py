"""What the agency or the province enters with a move of an evaluation."""

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval import queries
from sme_eval.enums import RevocationGround
from sme_eval.forms.rows import TABLES, unread_rows
from sme_eval.forms.shown import at_entries, field_label
from sme_eval.forms.steps import FORM_STEPS, STEPS
from sme_eval.workflow import GUIDE
from torch_portal.common.desk_admin import MoveForm
from torch_portal.common.findings import Finding
from torch_portal.filings.desk_pages import batch
from torch_portal.filings.desk_pages import forms as shared
from torch_portal.filings.desk_pages.forms import WHOLE, text_field
from torch_portal.filings.guided.steps import entry_groups
from torch_portal.filings.models import ReadyText

LANGUAGE = "zh-hans"
MISSING = ("missing", "blank", "files")


def entry_choices() -> list[Any]:
    """The entries of the form, page by page, and the filing as a whole."""
    beside = {key: (table.name,) for key, table in TABLES.items()} | {"files": ("attachments",)}
    return [WHOLE, *entry_groups(STEPS, FORM_STEPS, field_label, beside)]


def review_items() -> list[ReadyText]:
    """The four items of the form review (审核表), as rows to take over."""
    with translation.override(LANGUAGE):
        return [
            ReadyText(title=title, text=text, field=field, clause=GUIDE)
            for title, text, field in (
                (_("Form complete"), _("Entries of the form are left out. Fill them in."), ""),
                (
                    _("Agrees with the evidence"),
                    _("Entries do not agree with the evidence. Correct one or the other."),
                    "",
                ),
                (
                    _("First page sealed"),
                    _(
                        "The signature of the legal representative or the seal is missing on the "
                        "first page. Sign and seal it, and upload it again."
                    ),
                    "attachments",
                ),
                (_("Other problems"), _("Other problems:"), ""),
            )
        ]


class CorrectionForm(shared.CorrectionForm):
    """The list with the entries of the form, the findings, and the items of the form review."""

    def entries(self) -> list[Any]:
        """The entries of the form."""
        return entry_choices()

    def suggest(self, row: Any) -> list[dict[str, str]]:
        """A row for each present finding that is more than a hint, in Chinese."""
        with translation.override(LANGUAGE):
            _answer, ruled = queries.examination(row)
            found = at_entries([*unread_rows(row), *ruled])
            return shared.suggested(found, entry_choices(), is_missing)

    def ready_rows(self, row: Any) -> list[ReadyText]:
        """The four items of the form review, then what the place wrote itself."""
        return [*review_items(), *super().ready_rows(row)]


def is_missing(finding: Finding) -> bool:
    """Whether something is not there at all, rather than wrong."""
    return finding.code in MISSING


class RefusalForm(shared.ReasonForm):
    """Why it does not meet the conditions."""

    ready_for = "refuse"


class SendBackForm(MoveForm):
    """What the agency should look at again."""

    note = text_field(
        gettext_lazy("Reason"), gettext_lazy("The agency reads it; the enterprise need do nothing.")
    )


class NoticeForm(MoveForm):
    """Grounds and facts of an intended revocation."""

    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Grounds of the revocation"),
        required=False,
        choices=RevocationGround.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    note = text_field(
        gettext_lazy("Facts"),
        gettext_lazy("What was found, from which documents. The enterprise reads it."),
    )


class SameItemForm(batch.SameItemForm):
    """One item of correction for all, about an entry of this form."""

    def entries(self) -> list[Any]:
        """The entries of the form."""
        return entry_choices()
