"""The score of impact as dated data: weights, limits, targets; all a choice of this portal."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from outreach.enums import ImpactLevel
from torch_portal.common.workdays import Limit, Unit

DESIGN_ZH = "平台设定，未见官方文本"


@dataclass(frozen=True)
class ImpactTerms:
    """One version of the score.

    revenue, staff: points for a loss of all of it. cash: (months of fixed cost, points), the first
    that the cash does not reach counts. limits: (least score, level), highest first. stopped: the
    least level of an enterprise that stopped. officer, answer: targets for severe cases.
    unit_low, unit_high: shares of last year's revenue outside which a unit is suspected. steps:
    levels that a report may fall without a word. cell: enterprises below which nothing is shown.
    """

    code: str
    starts: date
    source: str
    revenue: int
    staff: int
    cash: tuple[tuple[int, int], ...]
    limits: tuple[tuple[int, ImpactLevel], ...]
    stopped: ImpactLevel
    officer: Limit
    answer: Limit
    unit_low: Decimal
    unit_high: Decimal
    steps: int
    cell: int


IMPACT = (
    ImpactTerms(
        code="IM-2020",
        starts=date(2020, 2, 6),
        source=f"国科火字〔2020〕38号 第八条（权重和限值为{DESIGN_ZH}）",
        revenue=50,
        staff=30,
        cash=((1, 20), (3, 10)),
        limits=(
            (70, ImpactLevel.SEVERE),
            (40, ImpactLevel.SIGNIFICANT),
            (15, ImpactLevel.MILD),
        ),
        stopped=ImpactLevel.SIGNIFICANT,
        officer=Limit(1, Unit.WORKING, f"专人联系：1个工作日（{DESIGN_ZH}）"),
        answer=Limit(3, Unit.WORKING, f"首次答复：3个工作日（{DESIGN_ZH}）"),
        unit_low=Decimal("0.002"),
        unit_high=Decimal(500),
        steps=2,
        cell=3,
    ),
)


class NoTerms(LookupError):
    """No score is known for that day."""


def impact_on(day: date) -> ImpactTerms:
    """The version of the score on a day; NoTerms before the first."""
    past = [terms for terms in IMPACT if terms.starts <= day]
    if not past:
        raise NoTerms(str(day))
    return past[-1]
