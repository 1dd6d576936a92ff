"""The quality desk: which return to look at first, and which total has to be explained."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from stats.editions import quality as limits
from torch_portal.common.ratios import ratio


@dataclass(frozen=True)
class Standing:
    """What the risk of a return rests on; revenue in 千元, None where it is not known.

    large, outlier: whether a fixed limit is broken or the change lies beyond those of its group.
    """

    errors: int = 0
    warnings: int = 0
    revenue: Decimal | None = None
    revenue_before: Decimal | None = None
    outlier: bool = False


def risk(standing: Standing) -> dict[str, int]:
    """The points by reason: errors, warnings, size, change, outlier; their sum ranks the return."""
    most = limits.AT_MOST
    large = standing.revenue is not None and standing.revenue >= limits.LARGE_REVENUE
    parts = {
        "errors": min(standing.errors, most) * limits.ERROR_POINTS,
        "warnings": min(standing.warnings, most) * limits.WARNING_POINTS,
        "size": limits.LARGE_POINTS if large else 0,
        "change": _change_points(change(standing.revenue, standing.revenue_before)),
        "outlier": limits.OUTLIER_POINTS if standing.outlier else 0,
    }
    return {name: points for name, points in parts.items() if points}


def _change_points(share: Fraction | None) -> int:
    if share is None:
        return 0
    return next((points for least, points in limits.CHANGES if abs(share) >= least), 0)


def change(now: Decimal | None, before: Decimal | None) -> Fraction | None:
    """By which share a figure changed since last year; None without a base above 0."""
    found = ratio(now, before)
    return None if found is None else found - 1


def to_explain(now: Decimal | None, before: Decimal | None) -> bool:
    """Whether a total changed by more than is passed without a word; on the limit it is passed."""
    share = change(now, before)
    return share is not None and abs(share) > limits.CHANGE_TO_EXPLAIN
