"""The roster of experts at the desk: one entry, or a workbook of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hitech_cert.actions.experts import Entry
from hitech_cert.enums import ExpertRole, Licence
from torch_portal.accounts.models import Jurisdiction
from torch_portal.common import sheets
from torch_portal.common.findings import Finding
from torch_portal.common.sheets import BadCell, BadSheet, writing
from torch_portal.filings.guided import fields as f

SEPARATORS = re.compile(r"[\s,，、;；]+")
YES = ("yes", "y", "true", "1", "是", "有")
LANGUAGES = ("en", "zh-hans")
COLUMNS = (
    "name", "email", "role", "licence", "title", "since", "employer", "employer_code", "codes",
    "resident",
)  # fmt: skip
NEEDED = ("name", "email", "role")
# Where a column has an entry of another name.
ENTRIES = {"fields": "codes"}


class CodesField(forms.CharField):
    """Codes of the catalogue, written one after the other."""

    def clean(self, value: Any) -> list[str]:
        """Each code once; whether the catalogue has it, the rules say."""
        text = str(super().clean(value) or "")
        return sorted({code for code in SEPARATORS.split(text) if code})

    def prepare_value(self, value: Any) -> Any:
        """With commas between."""
        return ", ".join(value) if isinstance(value, list) else value


class ExpertForm(forms.Form):
    """What is known of an expert; the act says what is missing."""

    use_required_attribute = False
    name = f.line(_("Name"), 60)
    email = f.line(_("E-mail"), 120)
    role = f.choice(_("Kind of expert"), ExpertRole.choices)
    licence = f.choice(_("Qualified by"), Licence.choices)
    title = f.line(_("Professional title"), 60)
    since = f.day(
        _("In the trade since"), help_text=_("Of accountants and tax agents: ten years are needed.")
    )
    employer = f.line(_("Employer"), 120)
    employer_code = f.CreditCodeField(label=_("Credit code of the employer"))
    codes = CodesField(
        label=_("Fields of technology"),
        required=False,
        max_length=600,
        help_text=_("Codes of the catalogue of any level, such as 8.3 or 8.3.2, with commas."),
    )
    resident = forms.BooleanField(label=_("Citizen living in the mainland"), required=False)
    reason = f.line(_("Reason for the change"), 400)

    def place(self, findings: Iterable[Finding]) -> None:
        """Each finding at its entry."""
        for finding in findings:
            name = ENTRIES.get(finding.field, finding.field)
            self.add_error(name if name in self.fields else None, finding.text())

    def columns(self) -> dict[str, Any]:
        """The columns of the row; call it after validation."""
        beside = ("name", "email", "reason", "jurisdiction")
        known = {n: v for n, v in self.cleaned_data.items() if n not in beside}
        if "codes" in known:
            known["fields"] = known.pop("codes")
        return known

    def entry(self) -> Entry:
        """What the act takes."""
        data = self.cleaned_data
        return Entry(data.get("name", ""), data.get("email", ""), self.columns())


class NewExpertForm(ExpertForm):
    """With the body whose pool it is."""

    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"))

    def __init__(self, *args: Any, places: Iterable[Jurisdiction], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["jurisdiction"].choices = [(p.pk, p.name) for p in places]  # type: ignore[attr-defined]  # a choice field


class ChangedExpertForm(ExpertForm):
    """With whether he can be drawn; name and address are those of the account."""

    name = email = None  # type: ignore[assignment]  # Django's way to take entries out
    active = forms.BooleanField(label=_("Can be drawn"), required=False)


class RosterForm(forms.Form):
    """A workbook of experts."""

    use_required_attribute = False
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"))
    file = forms.FileField(
        label=_("Workbook or table"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={
            "required": _("Choose the workbook first."),
            "empty": _("The file is empty. Choose it again."),
        },
    )
    reason = f.line(_("Reason for the change"), 400)

    def __init__(self, *args: Any, places: Iterable[Jurisdiction], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["jurisdiction"].choices = [(p.pk, p.name) for p in places]  # type: ignore[attr-defined]  # a choice field


@dataclass
class Roster:
    """What was read of a workbook. faults: (number of the row, entry, words)."""

    numbers: list[int] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)

    def place(self, findings: Iterable[Finding]) -> None:
        """What the act found, at the rows it speaks of."""
        for finding in findings:
            place, _dot, name = finding.field.partition(".")
            number = self.numbers[int(place)] if place.isdecimal() else 0
            self.faults.append((number, label_of(name), finding.text()))
        self.faults.sort()


def label_of(name: str) -> str:
    """What a column is called."""
    known = ExpertForm.base_fields.get(ENTRIES.get(name, name))
    return str(known.label) if known is not None else ""


def workbook(rows: Iterable[Any] = ()) -> bytes:
    """A workbook to fill in, with lists to choose from and an example."""
    example = (
        "王伟", "wang@example.com", str(ExpertRole.TECHNICAL.label), str(Licence.SENIOR.label),
        "研究员", "", "某研究所", "", "8.3, 8.4", gettext("Yes"),
    )  # fmt: skip
    return writing.workbook(gettext("Experts"), [_column(n) for n in COLUMNS], rows, example)


def _column(name: str) -> writing.Column:
    known = ExpertForm.base_fields[name]
    options: tuple[str, ...] = tuple(str(label) for label in _words(known).values())
    if isinstance(known, forms.BooleanField):
        options = (gettext("Yes"), gettext("No"))
    days = isinstance(known, forms.DateField)
    return writing.Column(name, str(known.label), "", options, days, 20)


def _words(known: forms.Field) -> Mapping[str, Any]:
    choices = known.choices if isinstance(known, forms.ChoiceField) else ()
    return {str(code): label for code, label in choices if code}  # type: ignore[union-attr]  # a list of pairs


def read(data: bytes) -> Roster:
    """The experts of a workbook; BadSheet when it is no such table.

    A row that cannot be read is a fault with its number; nothing is taken then.
    """
    sheet = sheets.read(data)
    known = {head: name for name in COLUMNS for head in _heads(name)}
    found = sheets.find_table(sheet, known)
    heads = found.heads if found else ()
    places = {
        known[p]: n for n, head in enumerate(heads) if (p := sheets.plain_head(head)) in known
    }
    missing = [label_of(name) for name in NEEDED if name not in places]
    if found is None or missing:
        words = gettext("Columns are missing: %(heads)s. Take the workbook again.")
        raise BadSheet(words % {"heads": ", ".join(missing)})
    roster = Roster()
    for number, cells in found.rows:
        _take(roster, number, {n: cells[at] for n, at in places.items() if at < len(cells)})
    if not roster.numbers:
        raise BadSheet(gettext("There is no row below the heads."))
    return roster


def _heads(name: str) -> Iterable[str]:
    for language in LANGUAGES:
        with translation.override(language):
            yield sheets.plain_head(label_of(name))


def _take(roster: Roster, number: int, cells: Mapping[str, Any]) -> None:
    typed = {name: _typed(name, cell) for name, cell in cells.items()}
    if not any(typed.values()):
        return
    form = ExpertForm(typed)
    roster.numbers.append(number)
    for name, errors in form.errors.items():
        roster.faults += [(number, label_of(name), str(error)) for error in errors]
    roster.entries.append(form.entry())


def _typed(name: str, cell: Any) -> str:
    """A cell as it would be typed; what cannot be read stays as it stands."""
    known, words = ExpertForm.base_fields[name], sheets.text(cell)
    if isinstance(known, forms.BooleanField):
        return "on" if words.casefold() in YES else ""
    if isinstance(known, forms.DateField):
        try:
            day = sheets.day(cell)
        except BadCell:
            return words
        return day.isoformat() if day else ""
    return _code(known, words)


def _code(known: forms.Field, words: str) -> str:
    for language in LANGUAGES:
        with translation.override(language):
            for code, label in _words(known).items():
                if words.casefold() in (code, str(label).casefold()):
                    return code
    return words
