"""What the rules look at: plain values of one application, None where not known yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class RdYear:
    """R&D cost of one year by class as paid, 万元 (国科发火〔2016〕195号 三(六)2).

    ext_domestic, ext_overseas: work by others, at the full amount; what of it counts, rules say.
    """

    year: int | None = None
    personnel: Decimal = ZERO
    direct: Decimal = ZERO
    depreciation: Decimal = ZERO
    amortisation: Decimal = ZERO
    design: Decimal = ZERO
    trial: Decimal = ZERO
    other: Decimal = ZERO
    ext_domestic: Decimal = ZERO
    ext_overseas: Decimal = ZERO


@dataclass(frozen=True)
class Product:
    """A high-tech product or service: income of the last year, 万元.

    main: it is a main product. ip: a usable right of the enterprise supports it.
    """

    income: Decimal
    main: bool
    ip: bool


@dataclass(frozen=True)
class TechSheet:
    """Points of one technical expert, by the names of ScoreItem (附件3)."""

    adv: int
    sup: int
    cnt: int
    way: int
    std: int
    transfer: int
    m1: int
    m2: int
    m3: int
    m4: int


@dataclass(frozen=True)
class FinSheet:
    """Points of one finance expert for both kinds of growth (附件4)."""

    growth_net_assets: int
    growth_sales: int


@dataclass(frozen=True)
class ExpertScores:
    """What the experts gave: whole sheets, or only each expert's total.

    leader_total: the total on the leader's sheet, as written there (附件5).
    """

    tech: tuple[TechSheet, ...] = ()
    fin: tuple[FinSheet, ...] = ()
    tech_totals: tuple[int, ...] = ()
    fin_totals: tuple[int, ...] = ()
    leader_total: Decimal | None = None


@dataclass(frozen=True)
class Facts:
    """One enterprise as the rules see it. Amounts in 万元, staff in persons, oldest year first.

    staff_total, staff_st: averages of the last year. sales, net_assets: one to three years, the
    last one before the application at the end. rd_years: the same years by class.
    gross_income, non_taxable_income, ht_income: of the last year. ip_class1, ip_class2: rights
    that can be used. transformations: results turned into products in three years. accident: a
    major accident of safety or quality or serious pollution within a year before. standards:
    accredited standards, methods and norms it took part in (None: not asked).
    """

    applied_on: date
    registered_on: date | None = None
    jurisdiction: str = ""
    pilot: bool = False
    staff_total: Decimal | None = None
    staff_st: Decimal | None = None
    sales: tuple[Decimal, ...] = ()
    rd_years: tuple[RdYear, ...] | None = None
    gross_income: Decimal | None = None
    non_taxable_income: Decimal | None = None
    ht_income: Decimal | None = None
    ps: tuple[Product, ...] | None = None
    net_assets: tuple[Decimal, ...] = ()
    ip_class1: int | None = None
    ip_class2: int | None = None
    transformations: int | None = None
    standards: int | None = None
    accident: bool | None = None
    core_field_code: str | None = None
    expert_scores: ExpertScores | None = None
