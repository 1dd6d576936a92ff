"""What the titles of carriers and the stay of tenants need, and the tax relief of carriers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from incubators.enums import CarrierKind, CarrierLevel

MEASURES = "国科发区〔2018〕300号"
MAKERSPACE_RULES = "国家众创空间备案暂行规定"
TAX_NOTICE = "财税〔2018〕120号"


@dataclass(frozen=True)
class IncubatorTerms:
    """Conditions of a national incubator; areas in m², money in yuan, shares as fractions.

    The copies of the measures that were read do not name the articles.
    """

    code: str
    starts: date
    source: str
    years_run: int
    statistics_years: int
    area: Decimal
    tenant_area_share: Decimal
    fund_yuan: Decimal
    invested_share: Decimal
    fund_cases: int
    professional_staff_share: Decimal
    tenants_for_each_mentor: int
    patent_share: Decimal
    rights_share: Decimal
    tenants: int
    tenants_per_1000_m2: int
    graduates: int
    one_field_share: Decimal
    professional_tenants: int
    professional_per_1000_m2: int
    professional_graduates: int
    unconfirmed: tuple[str, ...] = ()


INCUBATOR_2018 = IncubatorTerms(
    code="INC-300-2018",
    starts=date(2018, 12, 14),
    source=MEASURES,
    years_run=3,
    statistics_years=2,
    area=Decimal(10_000),
    tenant_area_share=Decimal("0.75"),
    fund_yuan=Decimal(5_000_000),
    invested_share=Decimal("0.10"),
    fund_cases=3,
    professional_staff_share=Decimal("0.80"),
    tenants_for_each_mentor=10,
    patent_share=Decimal("0.50"),
    rights_share=Decimal("0.30"),
    tenants=50,
    tenants_per_1000_m2=3,
    graduates=20,
    one_field_share=Decimal("0.75"),
    professional_tenants=30,
    professional_per_1000_m2=2,
    professional_graduates=15,
    unconfirmed=("所见为转载文本，未载明条号",),
)


@dataclass(frozen=True)
class MakerspaceTerms:
    """Conditions of a makerspace filed nationally; area in m², numbers a year."""

    code: str
    source: str
    months_run: int
    area: Decimal
    places: int
    work_area_share: Decimal
    residents: int
    new_enterprises: int
    financed: int
    cases: int
    full_time: int
    mentors: int
    events: int
    unconfirmed: tuple[str, ...] = ()


MAKERSPACE = MakerspaceTerms(
    code="MKS-FILING",
    source=MAKERSPACE_RULES,
    months_run=18,
    area=Decimal(500),
    places=30,
    work_area_share=Decimal("0.75"),
    residents=20,
    new_enterprises=10,
    financed=5,
    cases=3,
    full_time=3,
    mentors=3,
    events=10,
    unconfirmed=("文号未见，所见为转载文本",),
)


@dataclass(frozen=True)
class TenancyTerms:
    """The tenancy test: age at entry and length of stay, in months."""

    source: str
    age_at_entry: int
    stay: int
    stay_special: int
    unconfirmed: tuple[str, ...] = ()


TENANCY_2018 = TenancyTerms(
    source=f"{MEASURES} 第九条",
    age_at_entry=24,
    stay=48,
    stay_special=60,
    unconfirmed=("特殊领域60个月未见官方文本，待确认",),
)


@dataclass(frozen=True)
class TaxTerms:
    """Relief from property tax, land use tax and VAT for carriers, within the law's period."""

    source: str
    starts: date
    ends: date
    titles: frozenset[tuple[CarrierKind, CarrierLevel]]
    unconfirmed: tuple[str, ...] = ()


TAX_2018 = TaxTerms(
    source=TAX_NOTICE,
    starts=date(2019, 1, 1),
    ends=date(2021, 12, 31),
    titles=frozenset(
        {
            (CarrierKind.INCUBATOR, CarrierLevel.NATIONAL),
            (CarrierKind.INCUBATOR, CarrierLevel.PROVINCIAL),
            (CarrierKind.SCIENCE_PARK, CarrierLevel.NATIONAL),
            (CarrierKind.SCIENCE_PARK, CarrierLevel.PROVINCIAL),
            (CarrierKind.MAKERSPACE, CarrierLevel.FILED),
        }
    ),
    unconfirmed=("2021年之后的延续未见，待确认",),
)
