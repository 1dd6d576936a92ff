"""The inputs of the deeper moves: experts, and what ends a registration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.enums import ExpertView, RevocationGround
from torch_portal.common.desk_admin import MoveForm
from torch_portal.filings.desk_pages.forms import text_field


class NoticeForm(MoveForm):
    """Grounds and facts of an intended revocation."""

    template = "admin/contracts/contract/move_notice.html"
    grounds = forms.MultipleChoiceField(
        label=_("Grounds of the revocation"),
        required=False,
        choices=RevocationGround.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    note = text_field(
        _("Facts"), _("What was found, from which documents. The enterprise reads it.")
    )


class ExpertsForm(MoveForm):
    """Whom to ask, and what."""

    experts = text_field(_("Experts"), _("One a line: name, employer."), rows=3, longest=1000)
    note = text_field(_("Question"), _("What the experts should look at."))

    def arguments(self) -> dict[str, Any]:
        """Each line as name and employer."""
        lines = [line.replace("，", ",") for line in self.cleaned_data["experts"].splitlines()]
        parts = [line.partition(",") for line in lines if line.strip()]
        experts = [{"expert": name.strip(), "unit": unit.strip()} for name, _comma, unit in parts]
        return {"experts": experts, "note": self.cleaned_data["note"]}


class Files(forms.FileField):
    """Any number of files; what they hold is judged by the act."""

    widget = type("Choose", (forms.FileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files that were chosen, none included."""
        return [upload for upload in data or [] if upload]


class OpinionForm(MoveForm):
    """What one expert said."""

    expert = forms.CharField(
        label=_("Expert"),
        required=False,
        max_length=60,
        help_text=_("One of those who were asked, or another one."),
    )
    view = forms.ChoiceField(
        label=_("Conclusion"), required=False, choices=[("", "—"), *ExpertView.choices]
    )
    note = text_field(_("Opinion"), _("In the expert's own words."), rows=6, longest=5000)
    evidence = Files(
        label=_("Files of the expert"),
        required=False,
        help_text=_("PDF, PNG or JPEG. Officials see them; the enterprise does not."),
        widget=Files.widget(attrs={"accept": ".pdf,.png,.jpg,.jpeg", "multiple": True}),
    )

    def __init__(self, *args: Any, row: Any, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        waiting = row.opinions.filter(given_at__isnull=True).order_by("pk")
        first = waiting.values_list("expert", flat=True).first()
        self.fields["expert"].initial = first or ""
