"""Limits, bands and routes of 国科发政〔2017〕115号, the same in every year so far."""

from dataclasses import dataclass
from decimal import Decimal

MEASURES = "国科发政〔2017〕115号"


@dataclass(frozen=True)
class Band:
    """One band of an indicator: its letter, what reaches it, and its points.

    least: the least percentage of a share, or the least number of rights.
    """

    letter: str
    least: int
    points: int


def _percent_bands(*rows: tuple[int, int]) -> tuple[Band, ...]:
    """Bands A, B, ... from (percent, points), best first; the last one begins at zero."""
    return tuple(
        Band(letter, percent, points)
        for letter, (percent, points) in zip("ABCDEF", rows, strict=True)
    )


PERSONNEL_BANDS = _percent_bands((30, 20), (25, 16), (20, 12), (15, 8), (10, 4), (0, 0))
REVENUE_BANDS = _percent_bands((6, 50), (5, 40), (4, 30), (3, 20), (2, 10), (0, 0))
COST_BANDS = _percent_bands((30, 50), (25, 40), (20, 30), (15, 20), (10, 10), (0, 0))
# One right of class I is band A whatever else there is; the others count rights of class II.
CLASS_I_BAND = Band("A", 1, 30)
CLASS_II_BANDS = (
    Band("B", 4, 24),
    Band("C", 3, 18),
    Band("D", 2, 12),
    Band("E", 1, 6),
    Band("F", 0, 0),
)


@dataclass(frozen=True)
class Limits:
    """Numbers of articles 6 to 8: staff in persons, amounts in 万元, ranks and years as counts.

    standard_rank is how far down the list of drafting units one still led a standard.
    """

    staff: Decimal = Decimal(500)
    revenue: Decimal = Decimal(20_000)
    assets: Decimal = Decimal(20_000)
    score: int = 60
    recent_years: int = 5
    award_rank: int = 3
    standard_rank: int = 5
