"""What is asked when a table is brought in: which enterprise, which file, what columns mean."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.forms.sheet.columns import COLUMNS, suggest_columns
from torch_portal.common.sheets import text
from torch_portal.filings.models import ImportRun

SAMPLES = 3
UNITS = (("1", _("yuan")), ("10000", _("10,000 yuan (万元)")))


class ImportForm(forms.Form):
    """A table of contracts (国科发政字〔2000〕063号 第十五条: none of them classified)."""

    enterprise = forms.ChoiceField(label=_("File for"))
    file = forms.FileField(
        label=_("Workbook or table"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={
            "required": _("Choose the workbook first."),
            "empty": _("The file is empty. Choose it again."),
        },
    )
    unclassified = forms.BooleanField(
        label=_("None of these contracts carries a secrecy classification (密级)"),
        error_messages={"required": _("Confirm this first: classified contracts stay on paper.")},
    )

    def __init__(self, *args: Any, enterprises: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["enterprise"]
        field.choices = enterprises  # type: ignore[attr-defined]  # a choice field
        if len(enterprises) == 1:
            field.initial = enterprises[0][0]
            field.widget = forms.HiddenInput()


def column_rows(
    run: ImportRun, remembered: Mapping[str, Mapping[str, Any]], samples: list[list[Any]]
) -> list[dict[str, Any]]:
    """Each column of a table: its head, what stands in it, what it is taken for."""
    known = run.columns or suggest_columns(run.heads, remembered)
    rows = []
    for place, head in enumerate(run.heads):
        spec = known.get(str(place), {"field": "", "unit": 1})
        cells = [text(row[place]) for row in samples if place < len(row)]
        shown = [cell for cell in dict.fromkeys(cells) if cell][:SAMPLES]
        if head or shown:
            rows.append(
                {
                    "place": place,
                    "head": head,
                    "samples": shown,
                    "field": spec["field"],
                    "unit": str(spec.get("unit") or 1),
                    "is_amount": bool(spec["field"]) and COLUMNS[spec["field"]].is_amount,
                }
            )
    return rows


def column_options() -> list[tuple[str, str]]:
    """What a column can be taken for."""
    return [(c.name, str(c.label)) for c in COLUMNS.values()]


def columns_chosen(
    run: ImportRun, posted: Mapping[str, str]
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """What each column was said to be, and what is wrong with that."""
    columns: dict[str, dict[str, Any]] = {}
    taken: dict[str, str] = {}
    errors = []
    for place, head in enumerate(run.heads):
        name = posted.get(f"field-{place}", "")
        if name not in COLUMNS:
            continue
        if name in taken:
            message = _("“%(one)s” and “%(other)s” cannot both be “%(label)s”: choose one.")
            label = COLUMNS[name].label
            errors.append(str(message) % {"one": taken[name], "other": head, "label": label})
            continue
        taken[name] = head
        unit = 10_000 if posted.get(f"unit-{place}") == "10000" else 1
        columns[str(place)] = {"field": name, "unit": unit if COLUMNS[name].is_amount else 1}
    if "project_name" not in taken:
        errors.append(str(_("Say which column holds the project name.")))
    return columns, errors
