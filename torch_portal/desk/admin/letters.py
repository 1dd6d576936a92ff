"""Letters in the words of a jurisdiction, whichever line writes them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from torch_portal.accounts.changes.desk import ReasonedForm
from torch_portal.accounts.changes.places import PlacedAdmin
from torch_portal.desk.lines import LINES
from torch_portal.notices.models import LetterTemplate
from torch_portal.notices.wording import Letters, check_words

LETTERS: Mapping[str, Letters] = {code: line.LETTERS for code, line in LINES.items()}
KINDS = {kind: label for letters in LETTERS.values() for kind, label in letters.kinds.items()}


def places_of(kind: str) -> tuple[str, ...]:
    """The placeholders that a kind of letter knows."""
    return next((letters.places for letters in LETTERS.values() if kind in letters.kinds), ())


class LetterTemplateForm(ReasonedForm):
    """The words of a letter, with the placeholders that stand for its facts."""

    kind = forms.ChoiceField(
        label=_("letter"),
        choices=[(LINES[c].LABEL, list(known.kinds.items())) for c, known in LETTERS.items()],
        widget=UnfoldAdminSelectWidget,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "body" in self.fields:
            known = "; ".join(
                f"{LINES[code].LABEL}: " + ", ".join(f"{{{name}}}" for name in letters.places)
                for code, letters in LETTERS.items()
            )
            words = _("Known here: %(names)s. {text} is the portal's own text and has to stay.")
            self.fields["body"].help_text = words % {"names": known}

    def clean(self) -> dict[str, Any]:
        """Every placeholder is known, and the portal's own text has its place."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"kind", "subject", "body"} <= cleaned.keys():
            check_words(cleaned["subject"], cleaned["body"], places_of(cleaned["kind"]))
        return cleaned


@admin.register(LetterTemplate)
class LetterTemplateAdmin(PlacedAdmin):
    """Letters in the words of a jurisdiction."""

    form = LetterTemplateForm
    recorded = ("kind", "jurisdiction", "subject", "body", "active")
    fields = [*recorded, "reason"]
    list_display = ["letter", "area", "subject", "active"]
    ordering = ["kind", "pk"]

    @admin.display(description=_("letter"), ordering="kind")
    def letter(self, template: LetterTemplate) -> Any:
        """Which letter."""
        return KINDS.get(template.kind, template.kind)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where is settled when it is made."""
        return ["jurisdiction"] if obj else []
