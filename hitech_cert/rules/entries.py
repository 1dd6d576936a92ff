"""Checks of the entries themselves: what cannot be true, and what looks mistaken."""

from collections.abc import Iterator
from decimal import Decimal

from hitech_cert.enums import CostClass
from hitech_cert.rules.case import Case
from hitech_cert.rules.facts import Facts
from torch_portal.common.i18n import _
from torch_portal.common.money import half_up
from torch_portal.common.rulebook import Problem, Problems

FIGURES = ("staff_total", "staff_st", "gross_income", "non_taxable_income", "ht_income")
# The facts that a finished self-check or application has; the rest may stay open.
NEEDED = (
    "registered_on",
    *FIGURES,
    "sales",
    "net_assets",
    "rd_years",
    "ps",
    "ip_class1",
    "ip_class2",
    "transformations",
    "accident",
    "core_field_code",
)
YEARLY = ("sales", "net_assets")
# An amount in 万元 above this (100 billion yuan) is more likely one in yuan.
ODD = Decimal(10_000_000)


def amounts(facts: Facts) -> Iterator[tuple[str, Decimal]]:
    """Every figure that cannot be below zero, with the place it stands at."""
    for name in FIGURES:
        value = getattr(facts, name)
        if value is not None:
            yield name, value
    for place, year in enumerate(facts.rd_years or ()):
        for cost in CostClass:
            yield f"rd_years[{place}].{cost}", getattr(year, cost)
    for place, product in enumerate(facts.ps or ()):
        yield f"ps[{place}].income", product.income


def signed(facts: Facts) -> Iterator[tuple[str, Decimal]]:
    """Sales and net assets, which may be below zero."""
    for name in YEARLY:
        for place, value in enumerate(getattr(facts, name)):
            yield f"{name}[{place}]", value


def check_missing(case: Case) -> Problems:
    """国科发火〔2016〕195号 附件2 填报说明 (不得空缺)."""
    for name in NEEDED:
        value = getattr(case.facts, name)
        if value is None or (name in YEARLY and not value):
            yield Problem(name, _("No figure may be left out. Write 0 where there is none."))


def check_figures(case: Case) -> Problems:
    """国科发火〔2016〕195号 附件2 填报说明 (保留两位小数)."""
    for name, value in amounts(case.facts):
        if value < 0:
            message = _("A figure cannot be below zero. Write 0 where there is none.")
            yield Problem(name, message)
    for name, value in (*amounts(case.facts), *signed(case.facts)):
        if value != half_up(value):
            yield Problem(
                name,
                _("%(figure)s has more than two decimals. Round it yourself and enter that."),
                {"figure": f"{value:f}"},
            )


def check_staff(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(五)."""
    total, part = case.facts.staff_total, case.facts.staff_st
    if total is not None and total <= 0:
        yield Problem("staff_total", _("An enterprise has staff: enter the average of the year."))
    elif total is not None and part is not None and part > total:
        yield Problem(
            "staff_st",
            _("S&T personnel (%(part)s) cannot exceed the total staff (%(total)s)."),
            {"part": f"{part:f}", "total": f"{total:f}"},
        )


def check_years(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(一) (近三个会计年度)."""
    years = [year.year for year in case.facts.rd_years or () if year.year is not None]
    last = case.facts.applied_on.year - 1
    for place, year in enumerate(years):
        if not last - 2 <= year <= last or year in years[:place]:
            yield Problem(
                f"rd_years[{place}].year",
                _("R&D counts in the three years before the application, %(first)s to %(last)s."),
                {"first": last - 2, "last": last},
            )
    rows = case.facts.rd_years
    if rows and case.facts.sales and len(rows) != len(case.facts.sales):
        message = _("R&D covers %(rd)s years and sales %(sales)s: both are of the same years.")
        values = {"rd": len(rows), "sales": len(case.facts.sales)}
        yield Problem("rd_years", message, values)


def hint_unit(case: Case) -> Problems:
    """国科发火〔2016〕195号 附件2 填报说明 (万元)."""
    for name, value in (*amounts(case.facts), *signed(case.facts)):
        if not name.startswith("staff") and value >= ODD:
            yield Problem(
                name,
                _("%(amount)s 万元 are %(yuan)s yuan. Amounts are in 万元: is it right?"),
                {"amount": f"{value:,f}", "yuan": f"{value * 10_000:,.0f}"},
            )
