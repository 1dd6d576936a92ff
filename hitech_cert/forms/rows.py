"""A row of a table on a page of its own; gaps are told by the rules, nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums import (
    IpGained,
    IpKind,
    ResultForm,
    ResultKind,
    ResultOutcome,
    ResultSource,
    StandardLevel,
    StandardPart,
    TechSource,
)
from hitech_cert.forms import cells as c
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.steps import Section, StepForm


def _mark(label: Any, **options: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **options)


class RightRow(StepForm):
    """One right (知识产权汇总表)."""

    name = f.line(_("Name of the right"))
    kind = f.choice(
        _("Kind of right"), IpKind.choices, help_text=_("A trade mark is none of them.")
    )
    number = c.number(_("Number of the grant"), help_text=_("Of a patent: ZL and its number."))
    granted_on = f.day(
        _("Granted on"), help_text=_("Or the day of the notice with the receipt of the fee.")
    )
    gained = f.choice(_("Obtained by"), IpGained.choices)
    gained_on = f.day(_("Obtained on"), help_text=_("Only if it was taken over from others."))
    mainland = _mark(_("Granted or approved in the mainland"))
    owner_is_applicant = _mark(_("The enterprise owns it"))
    in_force = _mark(_("It is in force"))
    used_before = _mark(_("Used in an earlier certification of the enterprise"))
    used_by_other = _mark(_("A co-owner uses it for a certification"))
    layout = (
        Section(_("The right"), ("name", "kind", "number", "granted_on", "gained", "gained_on")),
        Section(
            _("Whether it counts"),
            ("mainland", "owner_is_applicant", "in_force", "used_before", "used_by_other"),
            _("A right of class II counts once; a right with several owners for one of them."),
        ),
    )


class ProjectRow(StepForm):
    """One R&D activity (研究开发活动情况表)."""

    name = f.line(_("Name of the activity"))
    starts_on = f.day(_("Begins on"))
    ends_on = f.day(_("Ends on"))
    field_code = c.field(_("Technology field"))
    source = f.choice(_("Source of the technology"), TechSource.choices)
    rights = c.CodesField("IP", label=_("Rights that came of it"))
    budget = c.amount(_("Whole budget"))
    spent_1 = c.amount(_("Spent three years ago"))
    spent_2 = c.amount(_("Spent two years ago"))
    spent_3 = c.amount(_("Spent last year"), help_text=_("As in the special report; none: 0."))
    goal = c.text(_("Aim and organisation"))
    core = c.text(_("Core technology and what is new"))
    outcome = c.text(_("Results so far"))
    layout = (
        Section(
            _("The activity"), ("name", "starts_on", "ends_on", "field_code", "source", "rights")
        ),
        Section(_("Money"), ("budget", "spent_1", "spent_2", "spent_3")),
        Section(_("Texts"), ("goal", "core", "outcome")),
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        begins, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It ends before it begins. Correct one of the days."))
        return self.cleaned_data


class ProductRow(StepForm):
    """One product or service (上年度高新技术产品（服务）情况表)."""

    name = f.line(_("Name of the product or service"))
    field_code = c.field(_("Technology field"))
    source = f.choice(_("Source of the technology"), TechSource.choices)
    income = c.amount(_("Income of last year"), help_text=_("As in the special report."))
    main = f.yes_no(
        _("Is it a main product?"),
        help_text=_("Main products have a right and make more than half of product income."),
    )
    rights = c.CodesField("IP", label=_("Rights that support it"))
    technology = c.text(_("Key technology and main indicators"))
    advantage = c.text(_("Advantage over products of its kind"))
    support = c.text(_("How the rights were obtained and support it"))
    layout = (
        Section(_("The product"), ("name", "field_code", "source", "income", "main", "rights")),
        Section(_("Texts"), ("technology", "advantage", "support")),
    )


class ResultRow(StepForm):
    """One result turned into a product (科技成果转化)."""

    name = f.line(_("Name of the result"))
    kind = f.choice(_("Kind of result"), ResultKind.choices)
    source = f.choice(_("Origin of the result"), ResultSource.choices)
    became = f.choice(_("What it became"), ResultOutcome.choices)
    form = f.choice(_("Form of transformation"), ResultForm.choices)
    year = c.year(_("Year"), help_text=_("Those of the three years before count, each once."))
    rights = c.CodesField("IP", label=_("Rights behind it"))
    projects = c.CodesField("RD", label=_("R&D activities behind it"))
    products = c.CodesField("PS", label=_("Products of it"))
    layout = (
        Section(_("The result"), ("name", "kind", "source", "became", "form", "year")),
        Section(_("Belongs to"), ("rights", "projects", "products")),
    )


class StandardRow(StepForm):
    """One standard (标准汇总表)."""

    name = f.line(_("Name of the standard"))
    level = f.choice(_("Level"), StandardLevel.choices)
    number = c.number(_("Number of the standard"))
    part = f.choice(_("Part in it"), StandardPart.choices)
    layout = (Section("", ("name", "level", "number", "part")),)


@dataclass(frozen=True)
class Table:
    """A table with a page for each row: words, its form, and the columns of the list of rows.

    step: the page of the guided form on which its list stands. most: how many rows are kept.
    """

    name: str
    step: str
    title: Any
    hint: Any
    add: Any
    form: type[StepForm]
    columns: tuple[str, ...]
    most: int = 300


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "rights",
            "rights",
            _("Rights of intellectual property"),
            _("Begin here: activities, products and results name these rights by their numbers."),
            _("Add a right"),
            RightRow,
            ("name", "kind", "number", "granted_on"),
            most=500,
        ),
        Table(
            "projects",
            "projects",
            _("R&D activities"),
            _("Those that ran in the three years before; each with its cost by year."),
            _("Add an activity"),
            ProjectRow,
            ("name", "starts_on", "ends_on", "spent_1", "spent_2", "spent_3"),
        ),
        Table(
            "products",
            "products",
            _("High-tech products and services"),
            _("Those of last year; their income together is product income."),
            _("Add a product"),
            ProductRow,
            ("name", "income", "main", "rights"),
        ),
        Table(
            "results",
            "innovation",
            _("Results turned into products"),
            _("One by one. A result that became several products counts once."),
            _("Add a result"),
            ResultRow,
            ("name", "became", "year", "rights"),
        ),
        Table(
            "standards",
            "standards",
            _("Standards"),
            _("Only if the enterprise took part in any; else go on."),
            _("Add a standard"),
            StandardRow,
            ("name", "level", "number", "part"),
        ),
    )
}


def label_in(table: str, name: str) -> str:
    """The label of a cell, as the page of its row shows it."""
    fields = TABLES[table].form.base_fields
    return str(fields[name].label) if name in fields else ""
