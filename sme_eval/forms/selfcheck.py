"""What the public self-check asks: the figures of the information form, nothing that names one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sme_eval import editions
from sme_eval.enums import InstitutionLevel, RdBasis, Route, StandardLevel
from sme_eval.rules import Claim, Facts
from torch_portal.common import figures

TEN_THOUSAND = "万元"
PERSONS = "人"
# The entries of each route, by the names of a claim.
ROUTES: Mapping[Route, tuple[str, ...]] = {
    Route.HNTE_CERTIFICATE: ("valid_from", "valid_to"),
    Route.NATIONAL_AWARD: ("awarded_on", "unit_rank"),
    Route.RD_INSTITUTION: ("level",),
    Route.STANDARD: ("published_on", "unit_rank", "level"),
}


PLAIN = (
    "established_on",
    "staff_total",
    "staff_st",
    "rd_cost",
    "revenue",
    "cost_total",
    "assets_total",
    "ip_class1",
    "ip_class2",
    "restricted_industry",
    "misconduct",
    "abnormal_list",
    "serious_dishonesty",
)


class FigureField(forms.Field):
    """A figure in a unit, typed as people do (full-width digits, thousands separators)."""

    def __init__(self, unit: str, **options: Any) -> None:
        self.unit = unit
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> Decimal | None:
        """The figure exactly as typed, None for an empty box."""
        if value in (None, ""):
            return None
        try:
            return figures.read(str(value), self.unit)
        except figures.NumberError as error:
            raise ValidationError(str(error)) from error


def _count(label: Any, **options: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, required=False, widget=widget, **options)


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


def _yes_no(label: Any, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        **options,
    )


def _level(choices: Any) -> forms.ChoiceField:
    listed = [("", "—"), *choices]
    return forms.ChoiceField(label=_("Level"), required=False, choices=listed)


class SelfcheckForm(forms.Form):
    """Everything is optional: the answer says what it still needs."""

    staff_total = FigureField(
        PERSONS, label=_("Total staff"), help_text=_("Average of the previous year, two decimals")
    )
    staff_st = FigureField(
        PERSONS, label=_("S&T personnel"), help_text=_("Among the total staff, two decimals")
    )
    rd_cost = FigureField(TEN_THOUSAND, label=_("R&D cost"))
    revenue = FigureField(TEN_THOUSAND, label=_("Sales revenue"))
    cost_total = FigureField(TEN_THOUSAND, label=_("Total cost and expense"))
    assets_total = FigureField(TEN_THOUSAND, label=_("Total assets at the end of the year"))
    rd_basis = forms.ChoiceField(
        label=_("R&D is scored as"),
        required=False,
        choices=RdBasis.choices,
        widget=forms.RadioSelect,
        help_text=_("The enterprise chooses; both are worked out"),
    )
    ip_class1 = _count(
        _("Rights of class I"),
        help_text=_(
            "Invention patents, plant and crop varieties, new drugs, protected Chinese medicines, "
            "circuit layouts"
        ),
    )
    ip_class2 = _count(
        _("Rights of class II"),
        help_text=_("Utility models, designs, software copyrights; trademarks do not count"),
    )
    filed_on = _day(_("Day of filing"), help_text=_("It chooses the rules of its year"))
    established_on = _day(_("Established on"))
    restricted_industry = _yes_no(
        _("Are products or services prohibited, restricted or to be eliminated?")
    )
    misconduct = _yes_no(
        _("Since last year: a major accident, serious pollution or research dishonesty?")
    )
    abnormal_list = _yes_no(_("On the list of abnormal operations?"))
    serious_dishonesty = _yes_no(_("On the list of serious dishonesty?"))
    hnte_certificate = forms.BooleanField(label=Route.HNTE_CERTIFICATE.label, required=False)
    hnte_certificate_valid_from = _day(_("Valid from"))
    hnte_certificate_valid_to = _day(_("Valid to"))
    national_award = forms.BooleanField(label=Route.NATIONAL_AWARD.label, required=False)
    national_award_awarded_on = _day(_("Awarded on"))
    national_award_unit_rank = _count(_("Place among the units"))
    rd_institution = forms.BooleanField(label=Route.RD_INSTITUTION.label, required=False)
    rd_institution_level = _level(InstitutionLevel.choices)
    standard = forms.BooleanField(label=Route.STANDARD.label, required=False)
    standard_published_on = _day(_("Published on"))
    standard_unit_rank = _count(_("Place among the drafting units"))
    standard_level = _level(StandardLevel.choices)

    def clean_filed_on(self) -> date | None:
        """A day whose rules are known."""
        day: date | None = self.cleaned_data["filed_on"]
        if day is None:
            return None
        try:
            editions.on(day)
        except editions.NoEdition:
            raise ValidationError(
                _("The rules of %(first)s to %(last)s are known. Choose a day between."),
                params={"first": editions.FIRST_DAY.year, "last": editions.EDITIONS[-1].year},
            ) from None
        return day

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The boxes by the heading under which they stand."""
        named = {
            "staff": ("staff_total", "staff_st"),
            "money": ("rd_cost", "revenue", "cost_total", "assets_total"),
            "rights": ("ip_class1", "ip_class2"),
            "days": ("filed_on", "established_on"),
            "conduct": (
                "restricted_industry",
                "misconduct",
                "abnormal_list",
                "serious_dishonesty",
            ),
        }
        return {group: [self[name] for name in names] for group, names in named.items()}

    def routes(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """The box of each route with its own entries."""
        return [
            (self[route.value], [self[f"{route.value}_{name}"] for name in names])
            for route, names in ROUTES.items()
        ]

    def facts(self) -> Facts:
        """The facts as far as they can be read; call it after validation, whatever that found."""
        known = self.cleaned_data
        return Facts(
            filed_on=known.get("filed_on") or self.initial["filed_on"],
            rd_basis=known.get("rd_basis") or None,
            direct=tuple(self._claim(route) for route in ROUTES if known.get(route.value)),
            **{name: known.get(name) for name in PLAIN},
        )

    def _claim(self, route: Route) -> Claim:
        entries = {name: self.cleaned_data.get(f"{route.value}_{name}") for name in ROUTES[route]}
        return Claim(route.value, **{k: None if v == "" else v for k, v in entries.items()})
