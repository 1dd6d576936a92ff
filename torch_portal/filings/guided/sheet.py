"""A table of a form as a workbook: its heads and cells out, what was filled in back as typed.

fields: the columns by entry, as the form of a row has them.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torch_portal.common import sheets
from torch_portal.common.sheets import BadCell, BadSheet, writing
from torch_portal.filings.guided import fields as f

LANGUAGES = ("en", "zh-hans")
YES = ("yes", "y", "true", "1", "是", "有")
WAN = 10_000
Fields = Mapping[str, forms.Field]
# Place of a column, its entry, and its unit in yuan.
Place = tuple[int, str, int]


class SheetForm(forms.Form):
    """A workbook that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("Workbook or table"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={
            "required": gettext_lazy("Choose the workbook first."),
            "empty": gettext_lazy("The file is empty. Choose it again."),
        },
    )


def column_of(name: str, field: forms.Field, *, wide: bool = False) -> writing.Column:
    """The column of an entry: its head, and what can be chosen in it."""
    options = tuple(words_of(field).values())
    if isinstance(field, forms.BooleanField):
        options = (_("Yes"), _("No"))
    days = isinstance(field, forms.DateField)
    hint = _("For example 2020-03-02.") if days else ""
    return writing.Column(name, head_of(field), hint, options, days, 36 if wide else 18)


def head_of(field: forms.Field) -> str:
    """The head of a column, with the unit behind it."""
    unit = f" ({field.unit})" if isinstance(field, f.FigureField) and field.unit else ""
    return f"{field.label}{unit}"


def words_of(field: forms.Field) -> dict[str, str]:
    """Labels of a code list by code, in the active language; groups opened."""
    choices: Iterable[Any] = field.choices if isinstance(field, forms.ChoiceField) else ()  # type: ignore[assignment]  # a callable is called by Django
    flat: dict[str, str] = {}
    for code, label in choices:
        if isinstance(label, list | tuple):
            flat |= {str(inner): str(words) for inner, words in label}
        elif code:
            flat[str(code)] = str(label)
    return flat


def cell_of(field: forms.Field, value: Any) -> Any:
    """A value as its cell shows it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return words_of(field).get(value, value)


def found_in(
    sheet: sheets.Sheet, fields: Fields, signs: Collection[str]
) -> tuple[sheets.Table, list[Place]]:
    """The table in a sheet, and where its columns stand; BadSheet without one of `signs`."""
    known = {head: name for name, field in fields.items() for head in _heads(field)}
    found = sheets.find_table(sheet, known)
    columns = [
        (n, known[plain], sheets.unit_of(head) or WAN)
        for n, head in enumerate(found.heads if found else ())
        if (plain := sheets.plain_head(head)) in known
    ]
    missing = [head_of(fields[s]) for s in signs if s not in {c[1] for c in columns}]
    if found is None or missing:
        words = _("Columns are missing: %(heads)s. Take the workbook again.")
        raise BadSheet(words % {"heads": ", ".join(missing)})
    return found, columns


def check_count(count: int, most: int) -> None:
    """BadSheet without any row, or with more than are kept."""
    if not count:
        raise BadSheet(_("There is no row below the heads."))
    if count > most:
        words = _("At most %(most)s rows are kept here; this table has %(count)s.")
        raise BadSheet(words % {"most": most, "count": count})


def typed_row(fields: Fields, columns: list[Place], cells: tuple[Any, ...]) -> dict[str, str]:
    """What stands in a row by entry, as it would be typed; empty cells left out."""
    typed = {
        name: _typed(fields[name], cells[n], unit) for n, name, unit in columns if n < len(cells)
    }
    return {name: words for name, words in typed.items() if words}


def said(form: forms.Form, name: str) -> str:
    """What was understood of a cell, as people read it; else what was typed."""
    field, typed = form.fields[name], form[name].data
    if isinstance(field, forms.BooleanField):
        return _("Yes") if typed else ""
    return words_of(field).get(str(typed or ""), str(typed or ""))


def faults_of(form: forms.Form) -> list[tuple[Any, Any]]:
    """What is wrong with a row: head and words."""
    return [
        (form.fields[name].label if name in form.fields else "", error)
        for name, errors in form.errors.items()
        for error in errors
    ]


def _heads(field: forms.Field) -> Iterable[str]:
    """The plain heads under which a column is known, in both languages."""
    for language in LANGUAGES:
        with translation.override(language):
            yield sheets.plain_head(str(field.label))


def _typed(field: forms.Field, cell: Any, unit: int) -> str:
    """A cell as it would be typed on the page; what cannot be read stays as it stands."""
    words = sheets.text(cell)
    if isinstance(field, forms.BooleanField):
        return "on" if words.casefold() in YES else ""
    if isinstance(field.widget, forms.Textarea):
        return str(cell if cell is not None else "").strip()
    try:
        if isinstance(field, forms.DateField):
            day = sheets.day(cell)
            return day.isoformat() if day else ""
        if isinstance(field, f.FigureField):
            yuan = sheets.amount(cell, unit)
            return "" if yuan is None else f"{(yuan / WAN).normalize():f}"
    except BadCell:
        return words
    return _code(field, words)


def _code(field: forms.Field, words: str) -> str:
    """The code that a label means, in either language; the words themselves otherwise."""
    for language in LANGUAGES:
        with translation.override(language):
            for code, label in words_of(field).items():
                if words.casefold() in (code, label.casefold()):
                    return code
    return words
