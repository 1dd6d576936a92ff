"""What the quality desk goes by: limits of outliers, weights of risk, what is not published.

No official file gives these numbers; unless a source is named they are a choice of this portal.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

SUPPRESSION = "统计法 第二十五条"
FEWEST = 3  # respondents behind a cell that is told

REVENUE, STAFF, RESEARCH = "qc05_0", "qd01", "qj20"
# Summed up, compared with last year and published; amounts in 千元, people in persons.
TOTALS = (REVENUE, "qc02", "qc234", "qc13", "qc24", STAFF, RESEARCH, "qj83")
# Searched for outliers by the change since last year.
WATCHED = (REVENUE, "qc02", STAFF, RESEARCH)

# The paper of the survey was asked for from this revenue on, in 千元: 各省2019年报通知 (2亿元).
LARGE_REVENUE = Decimal(200_000)
# Lower ends of the classes of size by revenue, in 千元, the largest first.
SIZES: tuple[tuple[str, Decimal], ...] = (
    ("large", LARGE_REVENUE),
    ("medium", Decimal(20_000)),
    ("small", Decimal(0)),
)


@dataclass(frozen=True)
class Spread:
    """Parameters of Hidiroglou and Berthelot (1986).

    weight: power of the size (0: ratios alone, 1: size alone). least: smallest half-width as a
    share of the median effect. width: how many half-widths are still in order. smallest: members
    of a group below which nothing is judged.
    """

    weight: Decimal = Decimal("0.5")
    least: Decimal = Decimal("0.05")
    width: Decimal = Decimal(7)
    smallest: int = 10


SPREAD = Spread()


@dataclass(frozen=True)
class FixedLimit:
    """A ratio of two items and the limits within which it is plausible, both included."""

    code: str
    above: str
    below: str
    least: Fraction
    most: Fraction


LIMITS = (
    # 千元 per person
    FixedLimit("revenue_per_head", REVENUE, STAFF, Fraction(1), Fraction(50_000)),
    FixedLimit("pay_per_head", "qc51", "qd05", Fraction(12), Fraction(2_000)),
    # shares
    FixedLimit("research_share", RESEARCH, REVENUE, Fraction(0), Fraction(2)),
    FixedLimit("profit_share", "qc234", REVENUE, Fraction(-3), Fraction(3)),
)

# Points of risk: each error and warning at most so often, the rest once.
ERROR_POINTS, WARNING_POINTS, AT_MOST = 10, 3, 5
LARGE_POINTS, OUTLIER_POINTS = 25, 20
# (change of revenue since last year from this share on, points), the strongest first.
CHANGES = ((Fraction(1), 20), (Fraction(1, 2), 10))

# A total that changes by more than this share since last year is explained before sign-off.
CHANGE_TO_EXPLAIN = Fraction(1, 5)
