"""The guided form of an evaluation: five pages of entries, then files and the check."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sme_eval.enums import RdBasis, TechField
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.steps import Section, Step, StepForm

FORM_CLAUSE = "科技型中小企业信息表 填写说明"
PERSONS = _("persons")
TEN_THOUSAND = _("10,000 yuan")


def _persons(label: Any, **options: Any) -> f.FigureField:
    return f.FigureField(label=label, unit=PERSONS, places=2, **options)


def _count(label: Any) -> f.FigureField:
    return f.FigureField(label=label, unit=PERSONS, places=0)


def _amount(label: Any, **options: Any) -> f.FigureField:
    return f.FigureField(label=label, unit=TEN_THOUSAND, places=2, **options)


class EnterpriseStep(StepForm):
    """Who is evaluated, and the conditions that need a yes or no."""

    established_on = f.day(
        _("Established on"), help_text=_("As on the business licence; it decides the number.")
    )
    registration_type = f.line(_("Type of registration"), 60, help_text=_("As on the licence."))
    industry = f.line(
        _("Industry"), 60, help_text=_("Code and name of GB/T 4754, for example C4030.")
    )
    legal_representative = f.line(_("Legal representative"), 60)
    address = f.line(_("Registered address"), 160)
    business_scope = f.line(_("Scope of business"), 600)
    restricted_industry = f.yes_no(
        _("Are products or services of a prohibited, restricted or eliminated class?")
    )
    audited_tax = f.yes_no(_("Is the enterprise taxed by audit of its accounts?"))
    misconduct = f.yes_no(
        _(
            "Was there a major accident of safety or quality, serious pollution or serious "
            "dishonesty in research, last year or this year?"
        )
    )
    abnormal_list = f.yes_no(_("Is it on the list of abnormal operations?"))
    serious_dishonesty = f.yes_no(_("Is it on the list of serious dishonesty?"))
    layout = (
        Section(
            _("The enterprise"),
            (
                "established_on",
                "registration_type",
                "industry",
                "legal_representative",
                "address",
                "business_scope",
            ),
            _("Name and credit code come from your account."),
        ),
        Section(
            _("Conditions"),
            (
                "restricted_industry",
                "audited_tax",
                "misconduct",
                "abnormal_list",
                "serious_dishonesty",
            ),
            _("国科发政〔2017〕115号 第六条: all of them are looked at."),
        ),
    )


class StaffStep(StepForm):
    """Who works there, as averages of the last year."""

    staff_total = _persons(
        _("Total staff"),
        help_text=_("Average of last year's quarters, two decimals. Nobody: 0."),
    )
    staff_st = _persons(
        _("Science and technology staff"),
        help_text=_(
            "In R&D or serving it full-time; part-time and temporary staff with six months or "
            "more in the year."
        ),
    )
    senior_titles = _count(_("With a senior title"))
    middle_titles = _count(_("With a middle title"))
    layout = (
        Section(_("Averages of last year"), ("staff_total", "staff_st")),
        Section(_("Titles"), ("senior_titles", "middle_titles")),
    )


class MoneyStep(StepForm):
    """Figures of last year and the R&D indicator."""

    revenue = _amount(
        _("Sales revenue of last year"),
        help_text=_("Main and other business income. None: 0."),
    )
    cost_total = _amount(
        _("Total cost and expense of last year"),
        help_text=_("Operating cost, taxes, selling, administrative and finance expense."),
    )
    assets_total = _amount(_("Total assets at the end of last year"))
    rd_cost = _amount(
        _("R&D cost of last year"),
        help_text=_("Collected by the rules of 财税〔2015〕119号; the projects sum to it."),
    )
    rd_basis = f.choice(_("R&D indicator chosen"), RdBasis.choices, radio=True)
    rd_ledger = f.yes_no(_("Is there an auxiliary ledger of R&D cost?"))
    no_projects = forms.BooleanField(label=_("There was no R&D project last year"), required=False)
    layout = (
        Section(_("Figures of last year"), ("revenue", "cost_total", "assets_total")),
        Section(_("R&D"), ("rd_cost", "rd_basis", "rd_ledger", "no_projects")),
    )


class ResultsStep(StepForm):
    """Products and rights."""

    main_products = f.line(
        _("Main products or services"),
        400,
        help_text=_("Separate several with 、; each right below names one of them."),
    )
    tech_field = f.choice(_("Technology field"), TechField.choices, find={})
    no_ip = forms.BooleanField(
        label=_("There is no right of intellectual property"), required=False
    )
    layout = (Section(_("Products"), ("main_products", "tech_field", "no_ip")),)


class RoutesStep(StepForm):
    """Ways of direct confirmation; the page may stay empty."""


FORM_STEPS: Mapping[str, type[StepForm]] = {
    "enterprise": EnterpriseStep,
    "staff": StaffStep,
    "money": MoneyStep,
    "results": ResultsStep,
    "routes": RoutesStep,
}
STEPS: tuple[Step, ...] = (
    Step("enterprise", _("The enterprise")),
    Step("staff", _("Staff")),
    Step("money", _("Figures and R&D"), _("All amounts in 10,000 yuan (万元), two decimals.")),
    Step("results", _("Products and rights")),
    Step(
        "routes",
        _("Direct confirmation"),
        _("Only if one of the four ways of article 8 holds; else go on."),
    ),
    Step("files", _("Files")),
    Step("review", _("Check and submit")),
)
