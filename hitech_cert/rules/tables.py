"""The tables of an application (高新技术企业认定申请书), and the facts that follow from them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hitech_cert.enums import CORE, CostClass
from hitech_cert.rules.facts import ZERO, Facts, Product, RdYear
from hitech_cert.rules.people import Intermediary, Standing
from hitech_cert.rules.rights import Right, count_rights, why_not_usable

IDS = {
    "rights": re.compile(r"IP\d{2,3}"),
    "projects": re.compile(r"RD\d{2,3}"),
    "products": re.compile(r"PS\d{2,3}"),
}
TEXT_MOST = 400
# Rows of staff that need not add up to the total.
UNSUMMED = frozenset({"", "title", "origin"})


@dataclass(frozen=True)
class StaffRow:
    """One row of the table of staff. group: "" for the total, else what it divides by.

    A group (kind of employment, education, age) adds up to the total; titles and origin need not.
    """

    name: str
    staff: Decimal
    st: Decimal
    group: str = ""


@dataclass(frozen=True)
class Project:
    """One R&D activity (RD). spent: 万元 by year. texts: its long entries by name."""

    id: str
    field_code: str
    starts_on: date
    ends_on: date
    spent: Mapping[int, Decimal]
    rights: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """The cost of one R&D activity in one year: six classes, other, and work by others as paid.

    external_domestic: of the work by others that which was done in the mainland.
    """

    project: str
    year: int
    personnel: Decimal = ZERO
    direct: Decimal = ZERO
    depreciation: Decimal = ZERO
    amortisation: Decimal = ZERO
    design: Decimal = ZERO
    trial: Decimal = ZERO
    other: Decimal = ZERO
    external: Decimal = ZERO
    external_domestic: Decimal = ZERO

    @property
    def inside(self) -> Decimal:
        """内部研究开发费用: computed, never typed."""
        names = (*CORE, CostClass.OTHER)
        return sum((getattr(self, name) for name in names), ZERO)

    @property
    def total(self) -> Decimal:
        """小计: inside and by others."""
        return self.inside + self.external


@dataclass(frozen=True)
class ProductRow:
    """One high-tech product or service (PS). rights: ids of the rights that support it."""

    id: str
    field_code: str
    income: Decimal
    main: bool
    rights: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Main:
    """The main table: what is typed by hand. Amounts in 万元, oldest year first.

    reported: figures by the names of Facts as the special report, the statements or the tax
    return have them. super_deduction: R&D of three years as deducted for tax.
    """

    core_field_code: str
    sales: tuple[Decimal, ...]
    net_assets: tuple[Decimal, ...]
    gross_income: Decimal
    non_taxable_income: Decimal
    ht_income: Decimal
    accident: bool
    transformations: int
    standards: int = 0
    reported: Mapping[str, Decimal] = field(default_factory=dict)
    super_deduction: Decimal | None = None


@dataclass(frozen=True)
class Tables:
    """A whole application as its tables have it.

    texts: those on innovation by name. files: kinds of material that are there; None when the
    check does not ask for any.
    """

    credit_code: str
    registered_on: date
    applied_on: date
    rights: tuple[Right, ...]
    staff: tuple[StaffRow, ...]
    projects: tuple[Project, ...]
    costs: tuple[Cost, ...]
    products: tuple[ProductRow, ...]
    main: Main
    jurisdiction: str = ""
    pilot: bool = False
    intermediary: Intermediary | None = None
    standing: Standing = field(default_factory=Standing)
    no_secrets: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    files: frozenset[str] | None = None

    def usable(self) -> frozenset[str]:
        """Ids of the rights that count."""
        found = (r.id for r in self.rights if why_not_usable(r, self.applied_on) is None)
        return frozenset(found)


def total_staff(tables: Tables) -> StaffRow | None:
    """The row of the total; None before it is filled in."""
    return next((row for row in tables.staff if not row.group), None)


def cost_years(tables: Tables) -> tuple[RdYear, ...]:
    """R&D cost by year, over all activities, oldest first."""
    years = sorted({cost.year for cost in tables.costs})
    return tuple(_year(year, [c for c in tables.costs if c.year == year]) for year in years)


def _year(year: int, costs: list[Cost]) -> RdYear:
    names = [name.value for name in (*CORE, CostClass.OTHER)]
    sums = {name: sum((getattr(cost, name) for cost in costs), ZERO) for name in names}
    domestic = sum((cost.external_domestic for cost in costs), ZERO)
    external = sum((cost.external for cost in costs), ZERO)
    return RdYear(year, **sums, ext_domestic=domestic, ext_overseas=external - domestic)


def facts_of(tables: Tables) -> Facts:
    """The facts for the conditions: counts, sums and links worked out from the tables."""
    main, staff, usable = tables.main, total_staff(tables), tables.usable()
    class1, class2 = count_rights(tables.rights, tables.applied_on)
    return Facts(
        applied_on=tables.applied_on,
        registered_on=tables.registered_on,
        jurisdiction=tables.jurisdiction,
        pilot=tables.pilot,
        staff_total=staff.staff if staff else None,
        staff_st=staff.st if staff else None,
        sales=main.sales,
        rd_years=cost_years(tables),
        gross_income=main.gross_income,
        non_taxable_income=main.non_taxable_income,
        ht_income=main.ht_income,
        ps=tuple(Product(p.income, p.main, bool(usable & {*p.rights})) for p in tables.products),
        net_assets=main.net_assets,
        ip_class1=class1,
        ip_class2=class2,
        transformations=main.transformations,
        standards=main.standards,
        accident=main.accident,
        core_field_code=main.core_field_code,
    )
