"""Outliers among many returns: fixed limits of ratios, and the change since last year.

The change is judged after Hidiroglou and Berthelot (1986), Statistical Edits for Periodic Business
Surveys, within groups of one industry and one size. Figures in the unit of their items.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from stats.editions.quality import LIMITS, SIZES, SPREAD, FixedLimit, Spread

PRECISION = 28


@dataclass(frozen=True)
class Change:
    """One figure of one respondent, this year and last."""

    key: int
    now: Decimal
    before: Decimal


@dataclass(frozen=True)
class Effect:
    """How far the change of a respondent lies from that of its group, and the bounds there."""

    key: int
    ratio: Fraction
    effect: Decimal
    low: Decimal
    high: Decimal

    @property
    def outlies(self) -> bool:
        """Beyond the bounds; on a bound is within."""
        return not self.low <= self.effect <= self.high


def size_class(revenue: Decimal | None) -> str:
    """The class of size by revenue in 千元; "" where it is not known."""
    if revenue is None:
        return ""
    return next((name for name, least in SIZES if revenue >= least), SIZES[-1][0])


def industry_division(code: str) -> str:
    """The division (two digits) of an industry code of GB/T 4754; "" for what is none."""
    digits = code.strip()
    if digits[:1].isalpha():
        digits = digits[1:]
    return digits[:2] if digits[:2].isdecimal() and len(digits) >= 2 else ""


def effects(changes: Sequence[Change], spread: Spread = SPREAD) -> list[Effect]:
    """The effect of each change of one group; [] where too few can be compared.

    A figure that is not above 0 in both years has no ratio and is left out.
    """
    told = [c for c in changes if c.now > 0 and c.before > 0]
    if len(told) < spread.smallest:
        return []
    with localcontext(prec=PRECISION):
        ratios = [Fraction(c.now) / Fraction(c.before) for c in told]
        middle = _quantile(sorted(ratios), Fraction(1, 2))
        found = [
            _decimal(_score(ratio, middle)) * max(c.now, c.before) ** spread.weight
            for c, ratio in zip(told, ratios, strict=True)
        ]
        low, high = _bounds(found, spread)
        return [
            Effect(c.key, ratio, effect, low, high)
            for c, ratio, effect in zip(told, ratios, found, strict=True)
        ]


def _score(ratio: Fraction, middle: Fraction) -> Fraction:
    """The same size for a growth and the shrinking that undoes it."""
    return 1 - middle / ratio if ratio < middle else ratio / middle - 1


def _bounds(found: Sequence[Decimal], spread: Spread) -> tuple[Decimal, Decimal]:
    ranked = sorted(Fraction(effect) for effect in found)
    first, middle, third = (_decimal(_quantile(ranked, Fraction(n, 4))) for n in (1, 2, 3))
    least = abs(spread.least * middle)
    low = middle - spread.width * max(middle - first, least)
    return low, middle + spread.width * max(third - middle, least)


def _quantile(ranked: Sequence[Fraction], share: Fraction) -> Fraction:
    """Between the two nearest ranks, linearly."""
    place = share * (len(ranked) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (place - below) * (ranked[above] - ranked[below])


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def beyond(
    values: Mapping[str, Decimal], limits: Sequence[FixedLimit] = LIMITS
) -> list[tuple[FixedLimit, Fraction]]:
    """The fixed limits that a return breaks, with the ratio; a base of 0 is not judged."""
    found = []
    for limit in limits:
        above, below = values.get(limit.above), values.get(limit.below)
        if above is None or not below:
            continue
        ratio = Fraction(above) / Fraction(below)
        if not limit.least <= ratio <= limit.most:
            found.append((limit, ratio))
    return found
