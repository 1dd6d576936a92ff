"""Ready-made correction items and reasons, whichever line offers them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from torch_portal.accounts.changes.desk import ReasonedForm
from torch_portal.accounts.changes.places import PlacedAdmin
from torch_portal.desk.lines import LINES
from torch_portal.filings.models import ReadyText

# The pages of each line that offer words, by the name of their move.
READY_FOR = {code: dict(line.READY_FOR) for code, line in LINES.items()}


def _joined(line: str, name: str) -> str:
    return f"{line}:{name}" if name else ""


def _moves() -> list[tuple[Any, list[tuple[str, Any]]]]:
    return [
        (LINES[line].LABEL, [(_joined(line, move), label) for move, label in pages.items()])
        for line, pages in READY_FOR.items()
    ]


def _entries() -> list[tuple[Any, Any]]:
    """The entries of all lines, each group under the name of its line."""
    found: list[tuple[Any, Any]] = [("", _("The filing as a whole"))]
    for code, line in LINES.items():
        for title, group in line.entry_choices():
            if isinstance(group, list):
                names = [(_joined(code, name), label) for name, label in group]
                found.append((f"{line.LABEL} · {title}", names))
    return found


class ReadyTextForm(ReasonedForm):
    """Words with the line and the page on which they are offered."""

    move = forms.ChoiceField(
        label=gettext_lazy("offered with"), choices=_moves, widget=UnfoldAdminSelectWidget
    )
    field = forms.ChoiceField(
        label=gettext_lazy("entry"), required=False, widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "field" in self.fields:
            self.fields["field"].choices = _entries()  # type: ignore[attr-defined]  # a choice field
        for name in ("move", "field"):
            if self.instance.pk and name in self.fields:
                kept = getattr(self.instance, name)
                self.initial[name] = _joined(self.instance.line, kept)

    def clean_move(self) -> str:
        """The page; its line becomes that of the words."""
        line, _colon, move = self.cleaned_data["move"].partition(":")
        self.instance.line = line
        return str(move)

    def clean_field(self) -> str:
        """An entry of the same line."""
        line, _colon, name = self.cleaned_data["field"].partition(":")
        if line and "move" in self.cleaned_data and line != self.instance.line:
            message = _("This entry belongs to another service: choose one of its own.")
            raise ValidationError(message)
        return str(name)

    def _get_validation_exclusions(self) -> set[str]:
        """The line was not typed, but it stands in the constraint once the page is known."""
        found: set[str] = super()._get_validation_exclusions()
        return found - {"line"} if self.instance.line else found


@admin.register(ReadyText)
class ReadyTextAdmin(PlacedAdmin):
    """Ready-made correction items and reasons."""

    form = ReadyTextForm
    recorded = ("line", "move", "jurisdiction", "title", "text", "field", "clause", "active")
    fields = [*recorded[1:], "reason"]
    list_display = ["title", "service", "offered_with", "area", "text", "active"]
    list_filter = ["active"]
    search_fields = ["title", "text"]
    ordering = ["line", "move", "title", "pk"]

    @admin.display(description=gettext_lazy("service line"), ordering="line")
    def service(self, text: ReadyText) -> Any:
        """The line by its name."""
        return LINES[text.line].LABEL if text.line in LINES else text.line

    @admin.display(description=gettext_lazy("offered with"), ordering="move")
    def offered_with(self, text: ReadyText) -> Any:
        """The page of the move."""
        return READY_FOR.get(text.line, {}).get(text.move, text.move)
