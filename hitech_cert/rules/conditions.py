"""The eight conditions of article 11, each with what is measured."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hitech_cert.editions import GUIDE, MEASURES, Bound, leaf
from hitech_cert.rules.experts import passes
from hitech_cert.rules.figures import Figures
from torch_portal.common.i18n import _
from torch_portal.common.ratios import lacking

TEXTS = (
    _("Registered for at least one year when applying."),
    _("Owns the intellectual property that is the core support of its main products."),
    _("The core technology of the main products lies in a supported field."),
    _("S&T staff are at least 10 per cent of all staff."),
    _("R&D cost of three years reaches its share of sales, and most of it is spent at home."),
    _("Income from high-tech products and services is at least 60 per cent of total income."),
    _("The innovation score is above 70."),
    _("No major accident and no serious pollution in the year before."),
)


@dataclass(frozen=True)
class Measure:
    """A figure against its least value. lacking: how much more of the part reaches it.

    kind: "days", "share", "number" or "points". clause: where the limit stands. strict: the value
    has to be above it. lacking is in persons or 万元, None where it says nothing.
    """

    name: str
    kind: str
    value: Fraction
    limit: Fraction
    clause: str
    strict: bool = False
    lacking: Decimal | None = None

    @property
    def margin(self) -> Fraction:
        """How far it is inside (negative: outside)."""
        return self.value - self.limit

    @property
    def holds(self) -> bool:
        """Whether the limit is reached."""
        return self.margin > 0 if self.strict else self.margin >= 0


@dataclass(frozen=True)
class Condition:
    """One condition. ok: None while a fact is missing or only experts can say."""

    no: int
    ok: bool | None
    text: Any
    clause: str
    measures: tuple[Measure, ...] = ()


def conditions(figures: Figures) -> tuple[Condition, ...]:
    """The eight conditions in order, each with what is measured."""
    found = (
        _age(figures),
        _rights(figures),
        _field(figures),
        _staff(figures),
        _research(figures),
        _income(figures),
        _score(figures),
        (None if figures.facts.accident is None else not figures.facts.accident, ()),
    )
    return tuple(
        Condition(no, ok, TEXTS[no - 1], f"{MEASURES} 第十一条第({item})项", tuple(measures))
        for no, item, (ok, measures) in zip(range(1, 9), "一二三四五六七八", found, strict=True)
    )


Found = tuple[bool | None, tuple[Measure, ...]]


def _age(figures: Figures) -> Found:
    if figures.days is None:
        return None, ()
    least = figures.edition.limits.days
    days = Measure(
        "days_since_registration", "days", Fraction(figures.days), least.value, least.clause
    )
    return days.holds, (days,)


def _rights(figures: Figures) -> Found:
    """A right has to be owned and has to support a main product."""
    first, second, products = figures.facts.ip_class1, figures.facts.ip_class2, figures.facts.ps
    if first is None or second is None:
        return None, ()
    number = Measure("ip", "number", Fraction(first + second), Fraction(1), f"{GUIDE} 三(二)")
    if not number.holds:
        return False, (number,)
    return None if products is None else any(p.main and p.ip for p in products), (number,)


def _field(figures: Figures) -> Found:
    code = figures.facts.core_field_code
    return (None if code is None else leaf(code) is not None), ()


def _staff(figures: Figures) -> Found:
    facts, least = figures.facts, figures.edition.limits.staff
    if facts.staff_total is None or facts.staff_st is None:
        return None, ()
    if figures.staff_share is None:
        return False, ()
    short = lacking(Fraction(facts.staff_st), least.value * Fraction(facts.staff_total))
    share = _share("staff_ratio", figures.staff_share, least, short)
    return share.holds, (share,)


def _research(figures: Figures) -> Found:
    rd = figures.research
    if rd is None or rd.sales is None or rd.required is None:
        return None, ()
    if rd.share is None:
        return False, ()
    limits = figures.edition.limits
    short = lacking(rd.taken.total, rd.required * rd.sales)
    share = _share("rd_ratio", rd.share, Bound(rd.required, limits.rd_clause), short)
    if rd.domestic_share is None:
        return False, (share,)
    domestic = _share("domestic_share", rd.domestic_share, limits.domestic)
    return share.holds and domestic.holds, (share, domestic)


def _share(name: str, value: Fraction, least: Bound, short: Decimal | None = None) -> Measure:
    return Measure(name, "share", value, least.value, least.clause, lacking=short)


def _income(figures: Figures) -> Found:
    facts, least = figures.facts, figures.edition.limits.income
    if facts.ht_income is None or figures.total_income is None:
        return None, ()
    if figures.income_share is None:
        return False, ()
    short = lacking(Fraction(facts.ht_income), least.value * figures.total_income)
    share = _share("income_share", figures.income_share, least, short)
    return share.holds, (share,)


def _score(figures: Figures) -> Found:
    """Only experts can say: None until both kinds have scored."""
    if figures.score is None:
        return None, ()
    mark, above = (
        figures.edition.limits.score,
        figures.edition.readings["least_total"] == "above_70",
    )
    limit = mark.value if above else mark.value + 1
    total = Measure("score_total", "points", figures.score, limit, mark.clause, strict=above)
    return passes(figures.score, figures.edition), (total,)
