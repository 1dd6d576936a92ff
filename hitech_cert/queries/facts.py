"""The tables and facts that the rules look at, from the rows of an application."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hitech_cert import editions, rules
from hitech_cert.editions import Edition
from hitech_cert.enums import STAFF_GROUPS
from hitech_cert.models import Application, Cost, Product, Project
from hitech_cert.queries.known import rights_of, standing_of
from hitech_cert.queries.rows import EXAMINED, FETCHED, day_of, in_order, years_of
from torch_portal.filings.queries import live_files

ZERO = Decimal(0)
GROUP_OF = {name.value: group for group, names in STAFF_GROUPS.items() for name in names}
COSTS = (
    "personnel",
    "direct",
    "depreciation",
    "amortisation",
    "design",
    "trial",
    "other",
    "external",
    "external_domestic",
)
PROJECT_TEXTS = ("goal", "core", "outcome")
PRODUCT_TEXTS = ("technology", "advantage", "support")
TEXTS = ("text_rights", "text_results", "text_management", "text_staff")
YEARLY = ("sales", "net_assets")


def edition_of(application: Application, day: datetime.date | None = None) -> Edition:
    """The rule set of its day, under the pilot where it asks for one and one is open."""
    day = day or day_of(application)
    if application.pilot:
        try:
            return editions.on(day, application.filing.jurisdiction_id, pilot=True)
        except editions.NoPilot:
            pass
    return editions.on(day)


def tables_of(application: Application, day: datetime.date | None = None) -> rules.Tables:
    """The whole application as its rows have it, for the day of its filing (or another).

    A cell that is still empty stands as zero, as a day that fits, or as an empty text: what is
    missing, `queries.gaps` says.
    """
    day = day or day_of(application)
    enterprise = application.enterprise
    return rules.Tables(
        credit_code=enterprise.credit_code,
        registered_on=application.registered_on or day,
        applied_on=day,
        rights=rights_of(application),
        staff=staff_of(application),
        projects=tuple(_project(row, application) for row in in_order(application.projects)),
        costs=tuple(_cost(row) for row in costs_of(application)),
        products=tuple(_product(row) for row in in_order(application.products)),
        main=_main(application),
        jurisdiction=application.filing.jurisdiction_id,
        pilot=application.pilot,
        intermediary=_intermediary(application),
        standing=standing_of(application),
        no_secrets=application.no_secrets,
        texts={name: getattr(application, name) for name in TEXTS},
        files=frozenset(file.kind for file in live_files(application.filing)),
    )


def facts_of(application: Application, day: datetime.date | None = None) -> rules.Facts:
    """The facts for the eight conditions; None where nothing was entered yet."""
    return facts_from(application, tables_of(application, day))


def facts_from(application: Application, tables: rules.Tables) -> rules.Facts:
    """The facts of an application whose tables are at hand; no query."""
    known = rules.facts_of(tables)
    total = next((row for row in application.staff.all() if row.name == "total"), None)
    return replace(
        known,
        registered_on=application.registered_on,
        staff_total=total.staff if total else None,
        staff_st=total.st if total else None,
        gross_income=application.gross_income,
        non_taxable_income=application.non_taxable_income,
        rd_years=known.rd_years or None,
        ht_income=known.ht_income if tables.products else None,
        ps=known.ps or None,
        accident=application.accident,
        core_field_code=application.core_field_code or None,
    )


def case_of(application: Application, day: datetime.date | None = None) -> rules.Case:
    """Figures and conditions of an application under the rule set of its day."""
    return examined(application, day or day_of(application))[1]


def examined(application: Application, day: datetime.date) -> tuple[rules.Tables, rules.Case]:
    """Its tables and its case for a day; worked out once for rows that were fetched together."""
    known = application.__dict__.get(EXAMINED, {})
    if day not in known:
        tables = tables_of(application, day)
        case = rules.examine(facts_from(application, tables), edition_of(application, day))
        known = {**known, day: (tables, case)}
        if "rights" in application.__dict__.get(FETCHED, {}):
            application.__dict__[EXAMINED] = known
    found: tuple[rules.Tables, rules.Case] = known[day]
    return found


def staff_of(application: Application) -> tuple[rules.StaffRow, ...]:
    """The rows of staff in the order of the form; an empty cell of a row is zero."""
    rows = {row.name: row for row in application.staff.all()}
    return tuple(
        rules.StaffRow(name, rows[name].staff or ZERO, rows[name].st or ZERO, group)
        for name, group in GROUP_OF.items()
        if name in rows
    )


def _project(row: Project, application: Application) -> rules.Project:
    spent = (row.spent_1, row.spent_2, row.spent_3)
    known = zip(years_of(application), spent, strict=True)
    return rules.Project(
        id=row.code,
        field_code=row.field_code,
        starts_on=row.starts_on or datetime.date.min,
        ends_on=row.ends_on or datetime.date.max,
        spent={year: amount for year, amount in known if amount is not None},
        rights=tuple(row.rights),
        texts={name: getattr(row, name) for name in PROJECT_TEXTS},
    )


def costs_of(application: Application) -> list[Cost]:
    """The costs in the order of years and activities."""
    return sorted(application.costs.all(), key=lambda row: (row.year, row.project))


def _cost(row: Cost) -> rules.Cost:
    figures = {name: getattr(row, name) for name in COSTS}
    return rules.Cost(project=row.project, year=row.year, **figures)


def _product(row: Product) -> rules.ProductRow:
    return rules.ProductRow(
        id=row.code,
        field_code=row.field_code,
        income=row.income or ZERO,
        main=bool(row.main),
        rights=tuple(row.rights),
        texts={name: getattr(row, name) for name in PRODUCT_TEXTS},
    )


def first_year(application: Application) -> int:
    """The first of the three years (1 to 3) in which the enterprise operated."""
    registered, years = application.registered_on, years_of(application)
    if registered is None:
        return 1
    return 1 + sum(year < registered.year for year in years[:2])


def yearly(application: Application, name: str) -> tuple[Decimal, ...]:
    """The figures of the operating years, oldest first; () while one of them is missing.

    A figure of an earlier year counts when it was entered.
    """
    first = first_year(application)
    found = [getattr(application, f"{name}_{n}") for n in (1, 2, 3)]
    while len(found) > 4 - first and found[0] is None:
        del found[0]
    return () if None in found else tuple(found)


def results_in_time(application: Application) -> int:
    """How many results were turned into products in the three years."""
    years = years_of(application)
    return sum(row.year in years for row in application.results.all())


def product_income(application: Application) -> Decimal:
    """近一年高新技术产品（服务）收入: the sum of the products, never typed."""
    return sum((row.income or ZERO for row in application.products.all()), ZERO)


def _main(application: Application) -> rules.Main:
    return rules.Main(
        core_field_code=application.core_field_code,
        sales=yearly(application, "sales"),
        net_assets=yearly(application, "net_assets"),
        gross_income=application.gross_income or ZERO,
        non_taxable_income=application.non_taxable_income or ZERO,
        ht_income=product_income(application),
        accident=bool(application.accident),
        transformations=results_in_time(application),
        standards=len(application.standards.all()),
        reported=_reported(application),
        super_deduction=application.super_deduction,
    )


def _reported(application: Application) -> Mapping[str, Decimal]:
    """Figures that the special report has too, as far as they were entered."""
    told = {
        "rd_total": application.reported_rd,
        "rd_domestic": application.rd_domestic,
        "ht_income": application.reported_income,
    }
    return {name: figure for name, figure in told.items() if figure is not None}


def _intermediary(application: Application) -> rules.Intermediary | None:
    """Who wrote the special report; None while its figures are not known."""
    founded, staff = application.agency_founded_on, application.agency_staff
    professionals = application.agency_professionals
    if founded is None or staff is None or professionals is None:
        return None
    return rules.Intermediary(
        founded_on=founded,
        staff=Fraction(staff),
        professionals=Fraction(professionals),
        bad_record=bool(application.agency_bad_record),
    )
