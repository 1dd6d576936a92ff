"""The pages of a guided form: groups of fields, what could be read and what could not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from torch_portal.filings.guided.fields import Finder


@dataclass(frozen=True)
class Step:
    """One page of the guided form."""

    key: str
    label: Any
    hint: Any = ""


@dataclass(frozen=True)
class Section:
    """A group of fields on a page; `when` names the condition under which it matters."""

    legend: Any
    names: tuple[str, ...]
    hint: Any = ""
    when: str = ""


def tell_template(field: forms.Field) -> None:
    """Give a field what the template asks of every one; a missing name costs it a search."""
    for name in ("unit", "example", "optional_hint"):
        if not hasattr(field, name):
            setattr(field, name, "")


class StepForm(forms.Form):
    """Entries of one page. Nothing is required here: the rules say what is missing."""

    layout: tuple[Section, ...] = ()
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"id": "id_seen"}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            tell_template(field)

    @property
    def sections(self) -> Iterator[dict[str, Any]]:
        """The groups with their bound fields."""
        for section in self.layout:
            yield {
                "legend": section.legend,
                "hint": section.hint,
                "when": section.when,
                "fields": [self[name] for name in section.names],
            }

    def prefer(self, recent: Mapping[str, list[str]]) -> None:
        """Put the codes that the enterprise used last first."""
        for name, codes in recent.items():
            widget = self.fields[name].widget if name in self.fields else None
            if isinstance(widget, Finder) and codes:
                widget.prefer(codes)

    def continue_from(self, saved_version: int) -> None:
        """The page shown again goes on from this save."""
        if self.is_bound:
            given: Any = self.data
            changed = given.copy()
            changed["seen"] = str(saved_version)
            self.data = changed

    def readable(self) -> dict[str, Any]:
        """What could be read, by column."""
        return {k: v for k, v in self.cleaned_data.items() if k != "seen"}

    def unread(self) -> dict[str, str]:
        """What could not, word for word."""
        return {
            name: str(self[name].data)
            for name in self.errors
            if name in self.fields and self[name].data
        }


def entry_groups(
    steps: Sequence[Step],
    pages: Mapping[str, type[StepForm]],
    label: Callable[[str], str],
    beside: Mapping[str, Sequence[str]],
) -> list[tuple[Any, list[tuple[str, str]]]]:
    """All entries as grouped choices, page by page; beside: names by page that are no fields."""
    groups = []
    for step in steps:
        form = pages.get(step.key)
        names = [n for n in form.base_fields if n != "seen"] if form else []
        names += beside.get(step.key, ())
        if names:
            groups.append((step.label, [(n, label(n)) for n in names]))
    return groups
