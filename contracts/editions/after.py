"""What a correction does to the time limit, when experts speak, and how long one may object."""

from dataclasses import dataclass, replace
from decimal import Decimal

from contracts.editions.local import SecondReview, calendar_days
from torch_portal.common.workdays import Limit

_DRAFT_14 = "技术合同认定登记管理办法 (征求意见稿) 第十四条"


@dataclass(frozen=True)
class CorrectionClock:
    """What a return for correction does to the limit of the decision.

    restarts: it runs anew from the corrected application; else it stops and goes on with the days
    that were left. confirmed: whether the clause itself was read in a text in force.
    """

    restarts: bool
    clause: str
    confirmed: bool = False


RESTART_ASSUMED = CorrectionClock(True, "国科发政字〔2000〕063号 第十四条 (未规定补正期间, 推定)")
RESTART_DRAFT = CorrectionClock(True, _DRAFT_14)
EXPERTS_2024 = SecondReview("technical", Decimal(5_000_000), _DRAFT_14)
OBJECTION_LIMIT = calendar_days(60, "行政复议法 第二十条")


def local_clock(jurisdiction: str) -> CorrectionClock:
    """The clock of a place whose own rule lets the limit go on (a setting of the installation)."""
    return CorrectionClock(False, f"{jurisdiction} 本地规定 (系统设置)")


def left_after(limit: Limit, used: int) -> Limit:
    """What is left of a limit after so many of its days; one day at least to decide."""
    return replace(limit, days=max(1, limit.days - used))
