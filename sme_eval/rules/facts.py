"""What the rules look at: plain values of one information form, None where not known yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FIGURES = ("staff_total", "staff_st", "rd_cost", "revenue", "cost_total", "assets_total")
CONDUCT = ("misconduct", "abnormal_list", "serious_dishonesty")


@dataclass(frozen=True)
class Claim:
    """One route of direct confirmation that an enterprise claims (Route value).

    valid_from, valid_to: first and last day of a certificate. awarded_on, published_on: day of
    the award and of the standard. unit_rank: place among the units. level: InstitutionLevel or
    StandardLevel value.
    """

    route: str
    valid_from: date | None = None
    valid_to: date | None = None
    awarded_on: date | None = None
    published_on: date | None = None
    unit_rank: int | None = None
    level: str | None = None


@dataclass(frozen=True)
class Facts:
    """One enterprise as the rules see it. Amounts in 万元, staff in persons.

    filed_on: the day of the filing, after a correction that of the corrected one.
    staff_total, staff_st: averages of the previous year, with two decimals. rd_cost, revenue,
    cost_total: of the previous year; assets_total: at its end. rd_basis: RdBasis value.
    ip_class1, ip_class2: rights that count. direct: routes claimed. resident_enterprise,
    audit_collection: condition 1. first_time, recent_dishonesty: what only the agency's
    on-site check asks about.
    """

    filed_on: date
    established_on: date | None = None
    staff_total: Decimal | None = None
    staff_st: Decimal | None = None
    rd_cost: Decimal | None = None
    rd_basis: str | None = None
    revenue: Decimal | None = None
    cost_total: Decimal | None = None
    assets_total: Decimal | None = None
    ip_class1: int | None = None
    ip_class2: int | None = None
    restricted_industry: bool | None = None
    misconduct: bool | None = None
    abnormal_list: bool | None = None
    serious_dishonesty: bool | None = None
    resident_enterprise: bool | None = None
    audit_collection: bool | None = None
    first_time: bool | None = None
    recent_dishonesty: bool | None = None
    direct: tuple[Claim, ...] = ()
