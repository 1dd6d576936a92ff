"""Limits and bands of 国科发火〔2016〕32号 and 195号, each number with its clause."""

from dataclasses import dataclass
from fractions import Fraction

from hitech_cert.enums import ScoreItem
from torch_portal.common.workdays import Limit, Unit

MEASURES = "国科发火〔2016〕32号"
GUIDE = "国科发火〔2016〕195号"


@dataclass(frozen=True)
class Bound:
    """A number of the text and where it stands."""

    value: Fraction
    clause: str


@dataclass(frozen=True)
class RdRate:
    """The share of sales that R&D has to reach while the last year's sales are at most `most`.

    most: 万元, None for no end.
    """

    most: Fraction | None
    share: Fraction


@dataclass(frozen=True)
class Limits:
    """Numbers of article 11 and of the guide: days, shares, points, persons.

    external: share of outside R&D that counts. other: share of all R&D that other cost may have.
    main: the main products' share of product income has to be above it. score: the total has to
    be above it. ip_points: most points of intellectual property with the bonus. panel, technical:
    experts of one enterprise and least share of technical ones; pool: candidates for each expert.
    """

    days: Bound = Bound(Fraction(365), f"{MEASURES} 第十一条第(一)项; {GUIDE} 三(一)")
    staff: Bound = Bound(Fraction(10, 100), f"{MEASURES} 第十一条第(四)项")
    rd_rates: tuple[RdRate, ...] = (
        RdRate(Fraction(5_000), Fraction(5, 100)),
        RdRate(Fraction(20_000), Fraction(4, 100)),
        RdRate(None, Fraction(3, 100)),
    )
    rd_clause: str = f"{MEASURES} 第十一条第(五)项"
    domestic: Bound = Bound(Fraction(60, 100), f"{MEASURES} 第十一条第(五)项")
    external: Bound = Bound(Fraction(80, 100), f"{GUIDE} 三(六)2(7)")
    other: Bound = Bound(Fraction(20, 100), f"{GUIDE} 三(六)2(8)")
    income: Bound = Bound(Fraction(60, 100), f"{MEASURES} 第十一条第(六)项")
    main: Bound = Bound(Fraction(50, 100), f"{GUIDE} 三(三)")
    score: Bound = Bound(Fraction(70), f"{GUIDE} 三(七)")
    ip_points: Bound = Bound(Fraction(30), f"{GUIDE} 三(七)1")
    panel: Bound = Bound(Fraction(5), f"{GUIDE} 一(四)2")
    technical: Bound = Bound(Fraction(60, 100), f"{GUIDE} 一(四)2")
    pool: Bound = Bound(Fraction(3), f"{GUIDE} 一(四)2")


@dataclass(frozen=True)
class Band:
    """One band of an indicator: its letter, what reaches it, its least and most points.

    strict: the value has to be above `least`, not only at it.
    """

    letter: str
    least: Fraction
    low: int
    high: int
    strict: bool = False

    def holds(self, value: Fraction) -> bool:
        """Whether a value reaches this band."""
        return value > self.least if self.strict else value >= self.least


# Points that follow from nothing: nobody can be in these bands by reaching a number.
NONE = Band("F", Fraction(0), 0, 0)
MANUAL = Band("MANUAL", Fraction(0), 0, 0)
GAP = Band("GAP", Fraction(0), 0, 6)

IP_CLASS_I = Band("A", Fraction(1), 7, 8)
IP_CLASS_II = (
    Band("B", Fraction(5), 5, 6),
    Band("C", Fraction(3), 3, 4),
    Band("D", Fraction(1), 1, 2),
    Band("E", Fraction(0), 0, 0),
)
# By results a year, the mean of three years.
TRANSFORMATION = (
    Band("A", Fraction(5), 25, 30),
    Band("B", Fraction(4), 19, 24),
    Band("C", Fraction(3), 13, 18),
    Band("D", Fraction(2), 7, 12),
    Band("E", Fraction(1), 1, 6),
)
GROWTH_D = Band("D", Fraction(5, 100), 3, 4)
GROWTH_D_ABOVE = Band("D", Fraction(5, 100), 3, 4, strict=True)
GROWTH = (
    Band("A", Fraction(35, 100), 9, 10),
    Band("B", Fraction(25, 100), 7, 8),
    Band("C", Fraction(15, 100), 5, 6),
    GROWTH_D,
    Band("E", Fraction(0), 1, 2, strict=True),
)
GROWTH_MOST = 10

# Most points of each item (附件3); the text gives bands for some of them only.
ITEM_MOST = {
    ScoreItem.ADVANCEMENT: 8,
    ScoreItem.SUPPORT: 8,
    ScoreItem.NUMBER: 8,
    ScoreItem.WAY: 6,
    ScoreItem.STANDARDS: 2,
    ScoreItem.TRANSFORMATION: 30,
    ScoreItem.SYSTEM: 6,
    ScoreItem.UNIT: 6,
    ScoreItem.INCENTIVES: 4,
    ScoreItem.TALENT: 4,
}
IP_ITEMS = (
    ScoreItem.ADVANCEMENT,
    ScoreItem.SUPPORT,
    ScoreItem.NUMBER,
    ScoreItem.WAY,
    ScoreItem.STANDARDS,
)
MANAGEMENT_ITEMS = (ScoreItem.SYSTEM, ScoreItem.UNIT, ScoreItem.INCENTIVES, ScoreItem.TALENT)

# Of 32号: years of validity (第九条), last month and day of the yearly report (第十三条), months to
# report a change (第十七条).
VALID_YEARS = 3
REPORT_BY = (5, 31)
CHANGE_MONTHS = 3
PUBLICITY = Limit(10, Unit.WORKING, f"{GUIDE} 二(六)")
