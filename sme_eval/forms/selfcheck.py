"""What the public self-check asks: the figures of the information form, nothing that names one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sme_eval import editions
from sme_eval.enums import InstitutionLevel, RdBasis, Route, StandardLevel
from sme_eval.rules import Claim, Facts
from torch_portal.filings.guided.selfcheck import (
    PERSONS,
    TEN_THOUSAND,
    ExactField,
    count,
    day,
    yes_no,
)

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


def _level(choices: Any) -> forms.ChoiceField:
    listed = [("", "—"), *choices]
    return forms.ChoiceField(label=_("Level"), required=False, choices=listed)


class SelfcheckForm(forms.Form):
    """Everything is optional: the answer says what it still needs."""

    staff_total = ExactField(
        PERSONS, label=_("Total staff"), help_text=_("Average of the previous year, two decimals")
    )
    staff_st = ExactField(
        PERSONS, label=_("S&T personnel"), help_text=_("Among the total staff, two decimals")
    )
    rd_cost = ExactField(TEN_THOUSAND, label=_("R&D cost"))
    revenue = ExactField(TEN_THOUSAND, label=_("Sales revenue"))
    cost_total = ExactField(TEN_THOUSAND, label=_("Total cost and expense"))
    assets_total = ExactField(TEN_THOUSAND, label=_("Total assets at the end of the year"))
    rd_basis = forms.ChoiceField(
        label=_("R&D is scored as"),
        required=False,
        choices=RdBasis.choices,
        widget=forms.RadioSelect,
        help_text=_("The enterprise chooses; both are worked out"),
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
        help_text=_("Utility models, designs, software copyrights; trademarks do not count"),
    )
    filed_on = day(_("Day of filing"), help_text=_("It chooses the rules of its year"))
    established_on = day(_("Established on"))
    restricted_industry = yes_no(
        _("Are products or services prohibited, restricted or to be eliminated?")
    )
    misconduct = yes_no(
        _("Since last year: a major accident, serious pollution or research dishonesty?")
    )
    abnormal_list = yes_no(_("On the list of abnormal operations?"))
    serious_dishonesty = yes_no(_("On the list of serious dishonesty?"))
    hnte_certificate = forms.BooleanField(label=Route.HNTE_CERTIFICATE.label, required=False)
    hnte_certificate_valid_from = day(_("Valid from"))
    hnte_certificate_valid_to = day(_("Valid to"))
    national_award = forms.BooleanField(label=Route.NATIONAL_AWARD.label, required=False)
    national_award_awarded_on = day(_("Awarded on"))
    national_award_unit_rank = count(_("Place among the units"))
    rd_institution = forms.BooleanField(label=Route.RD_INSTITUTION.label, required=False)
    rd_institution_level = _level(InstitutionLevel.choices)
    standard = forms.BooleanField(label=Route.STANDARD.label, required=False)
    standard_published_on = day(_("Published on"))
    standard_unit_rank = count(_("Place among the drafting units"))
    standard_level = _level(StandardLevel.choices)

    def clean_filed_on(self) -> date | None:
        """A day whose rules are known."""
        filed_on: date | None = self.cleaned_data["filed_on"]
        if filed_on is None:
            return None
        try:
            editions.on(filed_on)
        except editions.NoEdition:
            raise ValidationError(
                _("The rules of %(first)s to %(last)s are known. Choose a day between."),
                params={"first": editions.FIRST_DAY.year, "last": editions.EDITIONS[-1].year},
            ) from None
        return filed_on

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
