"""Whether a carrier meets the conditions of its title, each with its figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from incubators.editions import (
    INCUBATOR_2018,
    MAKERSPACE,
    IncubatorTerms,
    MakerspaceTerms,
)
from torch_portal.common.ratios import ratio
from torch_portal.common.spans import months_after


@dataclass(frozen=True)
class IncubatorFacts:
    """What the conditions of a national incubator ask for; None where it is not known.

    Areas in m², money in yuan. tenant_area: with public service area. rights: tenants that hold
    valid intellectual property. one_field: tenants of the strongest field.
    """

    legal_person: bool | None = None
    registered_on: date | None = None
    statistics_years: int | None = None
    area: Decimal | None = None
    tenant_area: Decimal | None = None
    fund_yuan: Decimal | None = None
    invested: int | None = None
    fund_cases: int | None = None
    staff: int | None = None
    professional_staff: int | None = None
    mentors: int | None = None
    tenants: int | None = None
    patent_applicants: int | None = None
    rights: int | None = None
    graduates: int | None = None
    professional: bool = False
    one_field: int | None = None
    platform: bool | None = None


@dataclass(frozen=True)
class MakerspaceFacts:
    """What the filing of a makerspace asks for; numbers of a year, area in m²."""

    legal_person: bool | None = None
    runs_since: date | None = None
    area: Decimal | None = None
    places: int | None = None
    work_area: Decimal | None = None
    residents: int | None = None
    new_enterprises: int | None = None
    financed: int | None = None
    cases: int | None = None
    full_time: int | None = None
    mentors: int | None = None
    events: int | None = None
    statistics: bool | None = None


@dataclass(frozen=True)
class Condition:
    """One condition: its number, whether it is met (None: not known) and what decided."""

    no: int
    ok: bool | None
    clause: str


def all_of(*parts: bool | None) -> bool | None:
    """False where one is false, else None where one is not known."""
    return False if False in parts else None if None in parts else True


def any_of(*parts: bool | None) -> bool | None:
    """True where one is true, else None where one is not known."""
    return True if True in parts else None if None in parts else False


def at_least(value: Any, least: Any) -> bool | None:
    """Whether a figure reaches a limit; None where it is not known."""
    return None if value is None else bool(value >= least)


def share_at_least(part: Any, whole: Any, least: Decimal) -> bool | None:
    """Whether part of whole reaches a share, exactly; of nothing it does not."""
    if part is None or whole is None:
        return None
    found = ratio(Decimal(part), Decimal(whole))
    return found is not None and found >= least


def _run_since(day: date | None, months: int, on: date) -> bool | None:
    return None if day is None else months_after(day, months) <= on


def incubator_conditions(
    facts: IncubatorFacts, on: date, terms: IncubatorTerms = INCUBATOR_2018
) -> list[Condition]:
    """The conditions of a national incubator on a day (国科发区〔2018〕300号), numbered 1 to 8.

    The eighth is asked of a professional incubator only, and eases numbers 6 and 7 for it.
    """
    found = enumerate(_incubator(facts, on, terms), 1)
    return [Condition(no, ok, terms.source) for no, ok in found if no < 8 or facts.professional]


def _incubator(f: IncubatorFacts, on: date, t: IncubatorTerms) -> Iterator[bool | None]:
    yield all_of(
        f.legal_person,
        _run_since(f.registered_on, t.years_run * 12, on),
        at_least(f.statistics_years, t.statistics_years),
    )
    yield all_of(
        at_least(f.area, t.area), share_at_least(f.tenant_area, f.area, t.tenant_area_share)
    )
    yield all_of(
        at_least(f.fund_yuan, t.fund_yuan),
        share_at_least(f.invested, f.tenants, t.invested_share),
        at_least(f.fund_cases, t.fund_cases),
    )
    yield all_of(
        share_at_least(f.professional_staff, f.staff, t.professional_staff_share),
        _one_for_each(f.professional_staff, f.tenants, t.tenants_for_each_mentor),
        _one_for_each(f.mentors, f.tenants, t.tenants_for_each_mentor),
    )
    yield any_of(
        share_at_least(f.patent_applicants, f.tenants, t.patent_share),
        share_at_least(f.rights, f.tenants, t.rights_share),
    )
    yield from _numbers(f, t)
    yield all_of(share_at_least(f.one_field, f.tenants, t.one_field_share), f.platform)


def _numbers(f: IncubatorFacts, t: IncubatorTerms) -> Iterator[bool | None]:
    """Numbers 6 and 7: tenants, their density, graduates."""
    least, density, graduates = t.tenants, t.tenants_per_1000_m2, t.graduates
    if f.professional:
        least, density = t.professional_tenants, t.professional_per_1000_m2
        graduates = t.professional_graduates
    dense = None
    if f.tenants is not None and f.area is not None:
        dense = f.tenants * 1000 >= density * f.area
    yield all_of(at_least(f.tenants, least), dense)
    yield at_least(f.graduates, graduates)


def _one_for_each(people: int | None, tenants: int | None, size: int) -> bool | None:
    """Whether there is one of them for every so many tenants begun."""
    if people is None or tenants is None:
        return None
    return people * size >= tenants


def makerspace_conditions(
    facts: MakerspaceFacts, on: date, terms: MakerspaceTerms = MAKERSPACE
) -> list[Condition]:
    """The conditions of a makerspace filed nationally on a day (国家众创空间备案暂行规定)."""
    found = enumerate(_makerspace(facts, on, terms), 1)
    return [Condition(no, ok, terms.source) for no, ok in found]


def _makerspace(f: MakerspaceFacts, on: date, t: MakerspaceTerms) -> Iterator[bool | None]:
    yield f.legal_person
    yield _run_since(f.runs_since, t.months_run, on)
    yield all_of(
        any_of(at_least(f.area, t.area), at_least(f.places, t.places)),
        share_at_least(f.work_area, f.area, t.work_area_share),
    )
    yield at_least(f.residents, t.residents)
    yield any_of(at_least(f.new_enterprises, t.new_enterprises), at_least(f.financed, t.financed))
    yield at_least(f.cases, t.cases)
    yield all_of(at_least(f.full_time, t.full_time), at_least(f.mentors, t.mentors))
    yield at_least(f.events, t.events)
    yield f.statistics
