"""The average of a year from its quarters, for who has only the counts."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sme_eval import rules
from sme_eval.forms.steps import PERSONS
from torch_portal.filings.guided import fields as f

MOMENTS = (
    _("Beginning of the year"),
    _("End of the first quarter"),
    _("End of the second quarter"),
    _("End of the third quarter"),
    _("End of the fourth quarter"),
)
COLUMNS = {"total": "staff_total", "st": "staff_st"}
LABELS = {"total": _("Total staff"), "st": _("Science and technology staff")}


class AverageForm(forms.Form):
    """Persons at five moments, in all and in science and technology.

    An enterprise founded in the year leaves the last moments out; the actual period counts.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for column in COLUMNS:
            for n in range(len(MOMENTS)):
                field = f.FigureField(label=LABELS[column], unit=PERSONS, places=2)
                self.fields[f"{column}_{n}"] = field

    def counts(self, column: str) -> list[Decimal]:
        """The persons of a column up to the first moment left out."""
        listed: list[Decimal] = []
        for n in range(len(MOMENTS)):
            count = self.cleaned_data.get(f"{column}_{n}")
            if count is None:
                break
            listed.append(count)
        return listed

    def clean(self) -> dict[str, Any]:
        """Both columns need the beginning and one quarter at least, and no gap between."""
        data = self.cleaned_data
        for column in COLUMNS:
            given = [n for n in range(len(MOMENTS)) if data.get(f"{column}_{n}") is not None]
            broken = any(f"{column}_{n}" in self.errors for n in range(len(MOMENTS)))
            if not broken and (len(given) < 2 or given != list(range(len(given)))):
                message = _("Enter the beginning and each quarter up to the last, without a gap.")
                self.add_error(f"{column}_0", message)
        return data

    def averages(self) -> dict[str, Decimal]:
        """The year's averages by column of the form, two decimals, half up."""
        return {
            name: rules.quarterly_average(counts[0], counts[1:])
            for column, name in COLUMNS.items()
            if (counts := self.counts(column))
        }

    def kept(self) -> dict[str, list[str]]:
        """The counts as they are kept beside the averages."""
        return {column: [str(count) for count in self.counts(column)] for column in COLUMNS}

    @property
    def table(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Rows by moment: label and the two boxes."""
        return [
            (moment, [self[f"{column}_{n}"] for column in COLUMNS])
            for n, moment in enumerate(MOMENTS)
        ]


def known_counts(quarters: dict[str, list[str]]) -> dict[str, Decimal]:
    """The counts as they were kept, by field."""
    return {
        f"{column}_{n}": Decimal(count)
        for column, counts in quarters.items()
        for n, count in enumerate(counts)
    }
