"""What the public self-check asks: the figures of the application, nothing that names anybody."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hitech_cert import editions
from hitech_cert.enums import CostClass
from hitech_cert.rules import Facts, Product, RdYear
from torch_portal.filings.guided.selfcheck import (
    PERSONS,
    TEN_THOUSAND,
    ExactField,
    count,
    day,
    yes_no,
)

# The years before the application, oldest first, and the rows of the table that has them.
YEARS = {1: _("Third year before"), 2: _("Second year before"), 3: _("Last year")}
BALANCE = {"sales": _("Sales revenue"), "net_assets": _("Net assets at the end of the year")}
COSTS = {cost.value: cost.label for cost in CostClass}
PLAIN = (
    "registered_on",
    "staff_total",
    "staff_st",
    "gross_income",
    "non_taxable_income",
    "ht_income",
    "ip_class1",
    "ip_class2",
    "transformations",
    "accident",
)
# Where a fact is asked that has no box of its own name.
BOXES = {
    "sales": "sales_3",
    "net_assets": "net_assets_3",
    "rd_years": "personnel_3",
    "ps": "main_income",
}


def titles() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Titles of the catalogue that can be named, under those above them."""
    leaves = (field for field in editions.FIELDS.values() if field.leaf)
    for above, below in groupby(leaves, key=lambda field: field.path[:-1]):
        yield " › ".join(above), [(field.code, field.name) for field in below]


class SelfcheckForm(forms.Form):
    """Everything is optional: the answer says what it still needs."""

    registered_on = day(_("Registered on"))
    applied_on = day(_("Day of application"), help_text=_("It chooses the rules and the years"))
    staff_total = ExactField(
        PERSONS, label=_("Total staff"), help_text=_("Average of the last year by month")
    )
    staff_st = ExactField(
        PERSONS,
        label=_("S&T personnel"),
        help_text=_("Among them: at least 183 days of work in R&D within the year"),
    )
    gross_income = ExactField(
        TEN_THOUSAND, label=_("Gross income"), help_text=_("As in the enterprise income tax law")
    )
    non_taxable_income = ExactField(TEN_THOUSAND, label=_("Income that is not taxable"))
    ht_income = ExactField(
        TEN_THOUSAND,
        label=_("Income from high-tech products and services"),
        help_text=_("With transfer, services and commissioned R&D of such technology"),
    )
    main_income = ExactField(
        TEN_THOUSAND,
        label=_("Of it from main products"),
        help_text=_("Products that a right of the enterprise supports"),
    )
    ip_class1 = count(
        _("Rights of class I"),
        help_text=_(
            "Invention patents, plant and crop varieties, new drugs, protected Chinese medicines, "
            "circuit layouts"
        ),
    )
    ip_class2 = count(
        _("Rights of class II"),
        help_text=_("Utility models, designs, software copyrights, not used in a certification"),
    )
    transformations = count(
        _("Results turned into products"),
        help_text=_("In the last three years; one result counts once"),
    )
    core_field_code = forms.ChoiceField(
        label=_("Field of the core technology"),
        required=False,
        choices=lambda: [("", "—"), *titles()],
    )
    accident = yes_no(
        _("In the 365 days before: a major accident of safety or quality, serious pollution?")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for row, label in (BALANCE | COSTS).items():
            for year, when in YEARS.items():
                whole = format_lazy("{row} ({year})", row=label, year=when)
                self.fields[f"{row}_{year}"] = ExactField(TEN_THOUSAND, label=whole)

    def clean_applied_on(self) -> date | None:
        """A day whose rules are known."""
        applied_on: date | None = self.cleaned_data["applied_on"]
        first = editions.EDITIONS[0].starts
        if applied_on is not None and applied_on < first:
            raise ValidationError(_("Rules are known from %(first)s on."), params={"first": first})
        return applied_on

    def clean_main_income(self) -> Decimal | None:
        """Part of the income from high-tech products."""
        main: Decimal | None = self.cleaned_data["main_income"]
        whole = self.cleaned_data.get("ht_income")
        if main is not None and whole is not None and main > whole:
            raise ValidationError(_("This cannot be above the income from high-tech products."))
        return main

    def table(self, rows: dict[str, Any]) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """Rows of boxes: name, label and one box for each year."""
        return [(n, label, [self[f"{n}_{year}"] for year in YEARS]) for n, label in rows.items()]

    def balance(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """Sales and net assets by year."""
        return self.table(BALANCE)

    def costs(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """R&D cost by class and year."""
        return self.table(COSTS)

    def years(self) -> list[Any]:
        """The heads of the columns of both."""
        return list(YEARS.values())

    def facts(self) -> Facts:
        """The facts as far as they can be read; call it after validation, whatever that found."""
        known = self.cleaned_data
        plain: dict[str, Any] = {name: known.get(name) for name in PLAIN}
        return Facts(
            applied_on=self._applied_on(),
            sales=self._row("sales"),
            net_assets=self._row("net_assets"),
            rd_years=self._rd_years(),
            ps=self._products(),
            core_field_code=known.get("core_field_code") or None,
            **plain,
        )

    def _applied_on(self) -> date:
        found: date = self.cleaned_data.get("applied_on") or self.initial["applied_on"]
        return found

    def _row(self, name: str) -> tuple[Decimal, ...]:
        """The figures of a row from the first year that has one; none while one is missing."""
        found = [self.cleaned_data.get(f"{name}_{year}") for year in YEARS]
        while found and found[0] is None:
            del found[0]
        return () if None in found else tuple(v for v in found if v is not None)

    def first_year(self) -> int:
        """The first year in which anything was sold or spent on R&D; 4 for none."""
        boxes = ("sales", *COSTS)
        typed = (y for y in YEARS for n in boxes if self.cleaned_data.get(f"{n}_{y}") is not None)
        return min(typed, default=len(YEARS) + 1)

    def _rd_years(self) -> tuple[RdYear, ...] | None:
        """R&D by year; an empty box is zero once one is filled in."""
        known, last = self.cleaned_data, self._applied_on().year - 1
        if all(known.get(f"{cost}_{year}") is None for cost in COSTS for year in YEARS):
            return None
        years = (y for y in YEARS if y >= self.first_year())
        return tuple(
            RdYear(last - max(YEARS) + y, **{c: known.get(f"{c}_{y}") or Decimal(0) for c in COSTS})
            for y in years
        )

    def _products(self) -> tuple[Product, ...] | None:
        """Two products stand for all: the main ones and the rest."""
        main, whole = self.cleaned_data.get("main_income"), self.cleaned_data.get("ht_income")
        if main is None or whole is None:
            return None
        rest = Product(whole - main, main=False, ip=False)
        return (Product(main, main=True, ip=True), rest) if main > 0 else (rest,)

    def box_of(self, fact: str) -> str:
        """The name of the box that a fact of the rules was typed into."""
        row, _dot, cost = fact.partition(".")
        name, _bracket, place = row.removesuffix("]").partition("[")
        if not place or name == "ps":
            return BOXES.get(name, name)
        first = self.first_year() if name == "rd_years" else max(YEARS) + 1 - len(self._row(name))
        return f"{cost or name}_{first + int(place)}"
