"""The five conditions of article 6, as checks and as a table to be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sme_eval.editions import MEASURES
from sme_eval.enums import RdBasis
from sme_eval.rules.case import Case
from sme_eval.rules.facts import CONDUCT
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems


@dataclass(frozen=True)
class Measure:
    """A figure against its limit. margin: how far it is inside (negative: outside)."""

    name: str
    value: Decimal
    limit: Decimal
    margin: Decimal


@dataclass(frozen=True)
class Condition:
    """One condition. ok: None while nobody said; needed: False where a direct route replaces it."""

    no: int
    ok: bool | None
    text: Any
    clause: str
    measures: tuple[Measure, ...] = ()
    needed: bool = True


def conditions(case: Case) -> tuple[Condition, ...]:
    """The five conditions in order, each with what is measured."""
    facts, text = case.facts, case.edition.basic_condition_text
    sizes, points = tuple(_sizes(case)), tuple(_points(case))
    resident = [facts.resident_enterprise]
    if case.edition.audit_collection:
        resident.append(facts.audit_collection)
    industry = None if facts.restricted_industry is None else not facts.restricted_industry
    conduct = [None if told is None else not told for told in _conduct(case)]
    rows = (
        (1, _all(resident), (), "一"),
        (2, all(m.margin >= 0 for m in sizes) if len(sizes) == 3 else None, sizes, "二"),
        (3, industry, (), "三"),
        (4, _all(conduct), (), "四"),
        (5, _scored(case), points, "五"),
    )
    return tuple(
        Condition(
            no, ok, text[no], f"{MEASURES} 第六条第({item})项", measures, no != 5 or not case.direct
        )
        for no, ok, measures, item in rows
    )


def _all(told: list[bool | None]) -> bool | None:
    """False as soon as one fails, None while one is not known."""
    if False in told:
        return False
    return None if None in told else True


def _conduct(case: Case) -> list[bool | None]:
    return [getattr(case.facts, name) for name in CONDUCT]


def _sizes(case: Case) -> Iterator[Measure]:
    limits = case.edition.limits
    for name, limit in (
        ("staff_total", limits.staff),
        ("revenue", limits.revenue),
        ("assets_total", limits.assets),
    ):
        value = getattr(case.facts, name)
        if value is not None:
            yield Measure(name, value, limit, limit - value)


def _points(case: Case) -> Iterator[Measure]:
    total, least = case.score.total, case.edition.limits.score
    if total is not None:
        yield Measure("total", Decimal(total), Decimal(least), Decimal(total - least))
    if case.score.personnel is not None:
        points = Decimal(case.score.personnel.band.points)
        yield Measure("personnel", points, Decimal(1), points - 1)


def _scored(case: Case) -> bool | None:
    """Whether condition 5 holds; False as well where the chosen basis has no amount."""
    if case.score.personnel is not None and case.score.personnel.band.points == 0:
        return False
    if _basis_empty(case):
        return False
    total = case.score.total
    return None if total is None else total >= case.edition.limits.score


def check_resident(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条第(一)项."""
    if case.facts.resident_enterprise is False:
        yield Problem(
            "resident_enterprise", _("Only resident enterprises of mainland China can take part.")
        )
    if case.edition.audit_collection and case.facts.audit_collection is False:
        yield Problem(
            "audit_collection", _("The tax of the enterprise must be collected by audit.")
        )


def _over(name: str, value: Decimal | None, limit: Decimal, message: Any) -> Problems:
    if value is not None and value > limit:
        figures = {"value": value, "limit": limit, "over": value - limit}
        yield Problem(name, message, {key: f"{figure:,f}" for key, figure in figures.items()})


def check_size_staff(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条第(二)项."""
    return _over(
        "staff_total",
        case.facts.staff_total,
        case.edition.limits.staff,
        _("%(value)s staff are more than the %(limit)s allowed, by %(over)s."),
    )


def check_size_revenue(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条第(二)项."""
    return _over(
        "revenue",
        case.facts.revenue,
        case.edition.limits.revenue,
        _("Sales revenue of %(value)s 万元 is above the %(limit)s 万元 allowed, by %(over)s 万元."),
    )


def check_size_assets(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条第(二)项."""
    return _over(
        "assets_total",
        case.facts.assets_total,
        case.edition.limits.assets,
        _("Total assets of %(value)s 万元 are above the %(limit)s 万元 allowed, by %(over)s 万元."),
    )


def check_industry(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条第(三)项."""
    if case.facts.restricted_industry:
        yield Problem(
            "restricted_industry",
            _("Products and services must not be prohibited, restricted or to be eliminated."),
        )


def check_conduct(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条第(四)项."""
    messages = (
        _("There was a major accident, a serious environmental violation or research dishonesty."),
        _("The enterprise is on the list of abnormal operations. Have it removed first."),
        _("The enterprise is on the list of serious dishonesty."),
    )
    for name, told, message in zip(CONDUCT, _conduct(case), messages, strict=True):
        if told:
            yield Problem(name, message)


def check_personnel(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条第(五)项."""
    personnel = case.score.personnel
    if case.direct or personnel is None or personnel.next_band is None:
        return
    if personnel.band.points:
        return
    least = personnel.next_band.least
    yield Problem(
        "staff_st",
        _(
            "S&T personnel score 0: they are below %(least)s%% of the staff. "
            "%(missing)s more among the same staff are needed."
        ),
        {"least": least, "missing": personnel.missing},
    )


def check_total(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条第(五)项."""
    total, least = case.score.total, case.edition.limits.score
    if case.direct or total is None or total >= least:
        return
    yield Problem(
        "",
        _("The total score is %(total)s, %(missing)s below the %(least)s needed."),
        {"total": total, "missing": least - total, "least": least},
    )


def _basis_empty(case: Case) -> bool:
    facts = case.facts
    amounts = {RdBasis.REVENUE.value: facts.revenue, RdBasis.COST.value: facts.cost_total}
    return amounts.get(facts.rd_basis or "") == 0


def check_basis(case: Case) -> Problems:
    """国科发政〔2017〕115号 第七条第(二)项."""
    if not case.direct and _basis_empty(case):
        yield Problem(
            "rd_basis",
            _("The chosen basis is zero, so there is no share of R&D. Choose the other basis."),
        )
