"""The score of article 7: three indicators, their bands, and what is missing to the next one.

Shares are fractions and compared as such; nothing is rounded before it meets a band.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from sme_eval.editions import (
    CLASS_I_BAND,
    CLASS_II_BANDS,
    COST_BANDS,
    PERSONNEL_BANDS,
    REVENUE_BANDS,
    Band,
)
from sme_eval.enums import RdBasis
from sme_eval.rules.facts import Facts


@dataclass(frozen=True)
class Share:
    """An indicator that is a share: S&T personnel, or R&D cost on one basis.

    band: the one reached, next_band: the one above it (None at the top). missing: how much more
    of the part reaches it while the whole stays; missing_if_added: the same when what is added
    counts in the whole too (people hired, R&D spent; None where it does not, as in revenue). Both
    with two decimals, rounded up: exactly this much suffices and a hundredth less does not.
    """

    ratio: Fraction
    band: Band
    next_band: Band | None = None
    missing: Decimal | None = None
    missing_if_added: Decimal | None = None


@dataclass(frozen=True)
class Rights:
    """The indicator of achievements. missing_class2: rights of class II to the next band.

    missing_class1: rights of class I to band A. Both None where none is missing or none helps.
    """

    band: Band
    next_band: Band | None = None
    missing_class1: int | None = None
    missing_class2: int | None = None


@dataclass(frozen=True)
class Score:
    """The score of one enterprise; None where a figure is missing or the basis has no amount."""

    personnel: Share | None
    rd_revenue: Share | None
    rd_cost: Share | None
    achievements: Rights | None
    basis: str | None

    @cached_property
    def rd(self) -> Share | None:
        """R&D on the basis that the enterprise chose."""
        shares = {RdBasis.REVENUE.value: self.rd_revenue, RdBasis.COST.value: self.rd_cost}
        return shares.get(self.basis or "")

    @cached_property
    def total(self) -> int | None:
        """Points of the three indicators together."""
        if self.personnel is None or self.rd is None or self.achievements is None:
            return None
        return self.personnel.band.points + self.rd.band.points + self.achievements.band.points

    @property
    def better_basis(self) -> str | None:
        """The other basis where it gives more points than the chosen one, else None."""
        other, share = (
            (RdBasis.COST, self.rd_cost)
            if self.basis == RdBasis.REVENUE
            else (RdBasis.REVENUE, self.rd_revenue)
        )
        reached = self.rd.band.points if self.rd else -1
        return other.value if share is not None and share.band.points > reached else None


def score(facts: Facts) -> Score:
    """The score of article 7 on facts; both R&D bases are worked out whichever was chosen."""
    return Score(
        personnel=share(facts.staff_st, facts.staff_total, PERSONNEL_BANDS),
        rd_revenue=share(facts.rd_cost, facts.revenue, REVENUE_BANDS, grows=False),
        rd_cost=share(facts.rd_cost, facts.cost_total, COST_BANDS),
        achievements=rights(facts.ip_class1, facts.ip_class2),
        basis=facts.rd_basis,
    )


def share(
    part: Decimal | None, whole: Decimal | None, bands: Sequence[Band], *, grows: bool = True
) -> Share | None:
    """Where part of whole lies among bands (best first); None without a whole above zero.

    grows: what is added to the part counts in the whole too.
    """
    if part is None or whole is None or whole <= 0 or part < 0:
        return None
    (p, p_of), (w, w_of) = part.as_integer_ratio(), whole.as_integer_ratio()
    over, under = p * w_of, w * p_of  # whole numbers: several times as fast as fractions
    place = next(i for i, band in enumerate(bands) if over * 100 >= band.least * under)
    ratio = Fraction(over, under)
    if place == 0:
        return Share(ratio, bands[0])
    above = bands[place - 1]
    lacking, scale = above.least * under - over * 100, p_of * w_of
    added = _up(lacking, scale * (100 - above.least)) if grows else None
    return Share(ratio, bands[place], above, _up(lacking, scale * 100), added)


def _up(over: int, under: int) -> Decimal:
    """The least amount with two decimals that is not below over / under."""
    return Decimal(-(-over * 100 // under)).scaleb(-2)


def rights(class1: int | None, class2: int | None) -> Rights | None:
    """Where rights of both classes lie; they do not add (第七条第三项)."""
    if class1 is None or class2 is None:
        return None
    if class1 >= 1:
        return Rights(CLASS_I_BAND)
    place = next(i for i, band in enumerate(CLASS_II_BANDS) if class2 >= band.least)
    if place == 0:
        return Rights(CLASS_II_BANDS[0], CLASS_I_BAND, missing_class1=1)
    above = CLASS_II_BANDS[place - 1]
    return Rights(CLASS_II_BANDS[place], above, 1, above.least - class2)
