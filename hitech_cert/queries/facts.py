"""The tables and facts that the rules look at, from the rows of an application."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.utils import timezone

from hitech_cert import editions, rules
from hitech_cert.editions import Edition
from hitech_cert.enums import STAFF_GROUPS, TAKES_THE_YEAR, State
from hitech_cert.models import Application, Cost, Product, Project, Right
from hitech_cert.queries.after import change_open
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Qualification
from torch_portal.filings.queries import live_files

ZERO = Decimal(0)
# Where Django keeps the rows that were fetched, and this room what it worked out of them.
FETCHED, EXAMINED = "_prefetched_objects_cache", "_examined"
TABLES = ("rights", "staff", "projects", "costs", "products", "results", "standards")
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
# Takes a right of a co-owner away: it is certified with it, or about to be.
COMPETING = tuple(s for s in TAKES_THE_YEAR if s not in (State.NOT_RECOGNISED, State.CANCELLED))


def with_tables(applications: Any) -> Any:
    """Applications with the rows of all their tables, one query for each table."""
    return applications.prefetch_related(*TABLES)


def in_order(rows: Any) -> list[Any]:
    """Rows of a table in their order; no query when they are fetched."""
    return sorted(rows.all(), key=lambda row: (getattr(row, "code", ""), row.pk))


def years_of(application: Application) -> tuple[int, int, int]:
    """The three fiscal years before the year of application, oldest first."""
    return application.year - 3, application.year - 2, application.year - 1


def day_of(application: Application) -> datetime.date:
    """The day of its last complete submission; of a draft that of its last save."""
    at = application.filed_at or application.saved_at or application.filing.created_at
    return timezone.localdate(at)


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


def forget_rows(application: Application) -> None:
    """What was read of the tables holds no longer."""
    for name in (FETCHED, EXAMINED):
        application.__dict__.pop(name, None)


def rights_of(application: Application) -> tuple[rules.Right, ...]:
    """The rights as the rules see them; what the portal knows of their use stands beside them."""
    rows: list[Right] = in_order(application.rights)
    own, others = _used_elsewhere(application, rows)
    return tuple(
        rules.Right(
            id=row.code,
            kind=row.kind,
            granted_on=row.granted_on,
            number=row.number,
            name=row.name,
            gained=row.gained,
            gained_on=row.gained_on,
            mainland=row.mainland,
            owner_is_applicant=row.owner_is_applicant,
            in_force=row.in_force,
            used_before=row.used_before or row.number in own,
            used_by_other=row.used_by_other or row.number in others,
        )
        for row in rows
    )


def _used_elsewhere(application: Application, rows: Iterable[Right]) -> tuple[set[str], set[str]]:
    """Numbers used in an earlier certification of the enterprise, and those used by others."""
    numbers = {row.number for row in rows if row.number}
    if not numbers:
        return set(), set()
    certified = Q(application__certificate_number__isnull=False)
    same = Q(application__enterprise=application.enterprise_id)
    found = (
        Right.objects.filter(number__in=numbers)
        .exclude(application=application.pk)
        .filter((same & certified) | (~same & Q(application__filing__state__in=COMPETING)))
        .values_list("number", "application__enterprise_id")
    )
    own = {number for number, firm in found if firm == application.enterprise_id}
    return own, {number for number, firm in found if firm != application.enterprise_id}


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


def standing_of(application: Application) -> rules.Standing:
    """What the portal knows of the enterprise in the year of the application."""
    others = Application.objects.filter(
        enterprise=application.enterprise_id, year=application.year
    ).exclude(pk=application.pk)
    return rules.Standing(
        applied_this_year=others.filter(filing__state__in=TAKES_THE_YEAR).exists(),
        cancelled_this_year=_cancelled(application),
        change_open=change_open(application.enterprise_id),
    )


def _cancelled(application: Application) -> bool:
    """Whether a certificate of the enterprise was cancelled in the year of the application."""
    ended = {"enterprise": application.enterprise_id, "ended_on__year": application.year}
    here = Application.objects.filter(filing__state=State.CANCELLED, **ended)
    known = Qualification.objects.filter(kind=QualificationKind.HNTE_CERTIFICATE, **ended)
    return here.exists() or known.exists()
