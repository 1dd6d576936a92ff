"""What the enterprise types after the decision: yearly report, changes, its case, what is wrong."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums.after import ChangeKind, RedoGround
from hitech_cert.models import AnnualReport, Application
from hitech_cert.rules.annual import ENTRIES, MONEY, RIGHTS, STAFF, Entry
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.placed import PlacedForm, words
from torch_portal.filings.guided.steps import tell_template

UNITS = {"persons": _("persons"), "wan": "万元", "usd": "万美元", "count": _("items")}
GROUPS: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    (_("Rights obtained in the year"), RIGHTS),
    (_("Staff"), STAFF),
    (_("Figures of the year"), MONEY),
)
TEXTS = ("contact", "phone", "listed")


class AnnualForm(PlacedForm):
    """The figures of Annex 6; each can stay empty in a draft."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"id": "id_seen"}))
    contact = f.line(_("Contact"), 60)
    phone = f.line(_("Telephone"), 40)
    listed = f.line(_("Listed: day, stock code, kind; empty when it is not"), 160)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for entry in ENTRIES:
            field = f.figure(entry.label, UNITS[entry.unit], entry.places)
            tell_template(field)
            self.fields[entry.name] = field

    def figures(self) -> dict[str, Decimal | None]:
        """What could be read."""
        return {entry.name: self.cleaned_data.get(entry.name) for entry in ENTRIES}

    def texts(self) -> dict[str, str]:
        """Contact and the like, and what could not be read, word for word."""
        unread = {e.name: str(self.data.get(e.name, "")) for e in ENTRIES if e.name in self.errors}
        return {name: self.cleaned_data.get(name) or "" for name in TEXTS} | unread

    def groups(self, sources: Mapping[str, str]) -> list[dict[str, Any]]:
        """The fields by group, each with the source of what stands in it."""
        return [
            {
                "legend": legend,
                "rows": [(self[entry.name], sources.get(entry.name, "")) for entry in entries],
            }
            for legend, entries in GROUPS
        ]


def annual_form(report: AnnualReport, data: Any = None) -> AnnualForm:
    """The form with what is kept; what could not be read stands as it was typed."""
    known: dict[str, Any] = {name: Decimal(value) for name, value in report.figures.items()}
    texts = {name: getattr(report, name) for name in TEXTS}
    return AnnualForm(data, initial=known | report.typed | texts | {"seen": report.saved_version})


class ChangeForm(PlacedForm):
    """A reported change; which entry says what it is now depends on the kind."""

    entry = "what"
    happened_on = f.day(_("Changed on"))
    reason = words(_("What happened and why"), longest=400)

    def arguments(self) -> dict[str, Any]:
        """What the act is called with."""
        data = self.cleaned_data
        return {
            "happened_on": data["happened_on"],
            "after": {self.entry: data["after"]},
            "reason": data["reason"],
        }


class NameForm(ChangeForm):
    """Annex 7."""

    entry = "name"
    after = f.line(_("New name, as the licence has it"), 120)
    reason = words(_("Reason (at most 100 characters)"), longest=400)
    field_order = ("after", "happened_on", "reason")


class MajorForm(ChangeForm):
    """Division, merger, restructuring, business."""

    after = words(_("What is different now"), longest=400)
    field_order = ("after", "happened_on", "reason")


class PlaceForm(ChangeForm):
    """A new seat."""

    entry = "division"
    after = f.DivisionField(label=_("New seat"))
    field_order = ("after", "happened_on", "reason")


CHANGE_FORMS: Mapping[str, type[ChangeForm]] = {
    ChangeKind.NAME: NameForm,
    ChangeKind.MAJOR: MajorForm,
    ChangeKind.RELOCATION: PlaceForm,
    ChangeKind.PARTIAL: PlaceForm,
}


def change_form(kind: str, application: Application, data: Any = None) -> ChangeForm:
    """The form of a kind of change, with the name as it is now."""
    known = {"after": application.enterprise.name} if kind == ChangeKind.NAME else {}
    return CHANGE_FORMS[kind](data, initial=known)


class StatementForm(PlacedForm):
    """What the body should know before it decides."""

    statement = words(_("Your statement"), longest=4000)


class RedoForm(PlacedForm):
    """Which error, and where it stands."""

    ground = f.choice(_("Which error"), RedoGround.choices, radio=True)
    statement = words(_("Where it stands: which score, which figure"))
