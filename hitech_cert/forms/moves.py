"""What the bureau or the province enters with a move of an application."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy

from hitech_cert import queries
from hitech_cert.enums.after import CancelGround
from hitech_cert.forms.findings import unread_of
from hitech_cert.forms.overview import TABLES_OF
from hitech_cert.forms.pages import PAGES, STEPS
from hitech_cert.forms.places import field_label, place_of
from hitech_cert.models import Application
from torch_portal.common.desk_admin import MoveForm
from torch_portal.common.findings import Finding
from torch_portal.filings.desk_pages import batch
from torch_portal.filings.desk_pages import forms as shared
from torch_portal.filings.desk_pages.forms import WHOLE, text_field
from torch_portal.filings.guided.steps import entry_groups

LANGUAGE = "zh-hans"
MISSING = ("missing", "files")


def entry_choices() -> list[Any]:
    """The entries and tables of the form, page by page, and the filing as a whole."""
    beside: dict[str, tuple[str, ...]] = {**TABLES_OF, "files": ("attachments",)}
    return [WHOLE, *entry_groups(STEPS, PAGES, field_label, beside)]


def at_entries(application: Application, found: list[Finding]) -> list[Finding]:
    """Each finding at the entry or table that it speaks of; a cell is named in its words."""
    return [_at_entry(application, finding) for finding in found]


def _at_entry(application: Application, finding: Finding) -> Finding:
    place = place_of(application, finding.field)
    if not place.table or place.label == field_label(place.name):
        return replace(finding, field=place.name)
    message = f"{place.label}：{finding.text()}"
    return replace(finding, field=place.name, message=message, values={})


def desk_findings(application: Application) -> list[Finding]:
    """All that is to be said of an application as it was filed, at its entries."""
    _answer, ruled = queries.examination(application)
    return at_entries(application, [*unread_of(application), *ruled])


class CorrectionForm(shared.CorrectionForm):
    """The list with the entries of the form, and the findings to take over."""

    def entries(self) -> list[Any]:
        """The entries of the form."""
        return entry_choices()

    def suggest(self, row: Any) -> list[dict[str, str]]:
        """A row for each present finding that is more than a hint, in Chinese."""
        with translation.override(LANGUAGE):
            return shared.suggested(desk_findings(row), entry_choices(), is_missing)


def is_missing(finding: Finding) -> bool:
    """Whether something is not there at all, rather than wrong."""
    return finding.code in MISSING


class RejectionForm(shared.ReasonForm):
    """Why it is not accepted."""

    ready_for = "reject"


class SendBackForm(MoveForm):
    """What the bureau should look at again."""

    note = text_field(
        gettext_lazy("Reason"), gettext_lazy("The bureau reads it; the enterprise need do nothing.")
    )


class NoticeForm(MoveForm):
    """Grounds and facts of an intended cancellation, and from which year it counts."""

    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Grounds of the cancellation"),
        required=False,
        choices=CancelGround.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    effect_year = forms.IntegerField(
        label=gettext_lazy("Counts from the year"),
        required=False,
        min_value=2008,
        max_value=2100,
        help_text=gettext_lazy("The year of the act; the tax office is told."),
    )
    note = text_field(
        gettext_lazy("Facts"),
        gettext_lazy("What was found, from which documents. The enterprise reads it."),
    )
    opinion = text_field(
        gettext_lazy("Opinion of the competent department"),
        gettext_lazy("Needed for a major accident or a serious environmental offence."),
        rows=2,
        longest=400,
    )


class SameItemForm(batch.SameItemForm):
    """One item of correction for all, about an entry of this form."""

    def entries(self) -> list[Any]:
        """The entries of the form."""
        return entry_choices()
