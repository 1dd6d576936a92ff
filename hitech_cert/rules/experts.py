"""Sheets of experts: sums, the average of a panel, and mistakes that can be seen by counting."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from hitech_cert import editions
from hitech_cert.editions import Band, Edition
from hitech_cert.rules.facts import ExpertScores, FinSheet, TechSheet
from hitech_cert.rules.innovation import Innovation
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems

# How far a total may lie from the middle of the panel before it is pointed out; no text sets it.
OUTLIER = 15
TOTAL_MOST = {"tech_totals": 80, "fin_totals": 20}
HALF = Fraction(1, 2)


def ip_points(sheet: TechSheet, edition: Edition) -> int:
    """Points of intellectual property: with the bonus never above the greatest (195号 三(七)1)."""
    points: int = sum(getattr(sheet, item) for item in editions.IP_ITEMS)
    return min(points, int(edition.limits.ip_points.value))


def tech_total(sheet: TechSheet, edition: Edition) -> int:
    """The total of a technical expert, at most 80."""
    management: int = sum(getattr(sheet, item) for item in editions.MANAGEMENT_ITEMS)
    return ip_points(sheet, edition) + sheet.transfer + management


def fin_total(sheet: FinSheet) -> int:
    """The total of a finance expert, at most 20."""
    return sheet.growth_net_assets + sheet.growth_sales


@dataclass(frozen=True)
class Panel:
    """The totals of a panel. total: mean of the technical plus mean of the finance experts.

    None while either side is missing.
    """

    tech: tuple[int, ...]
    fin: tuple[int, ...]

    @property
    def total(self) -> Fraction | None:
        """The exact average (附件5); nothing is rounded."""
        if not self.tech or not self.fin:
            return None
        return _mean(self.tech) + _mean(self.fin)


def _mean(totals: Sequence[int]) -> Fraction:
    return Fraction(sum(totals), len(totals))


def panel(scores: ExpertScores, edition: Edition) -> Panel:
    """The totals of all experts, from their sheets where there are any."""
    return Panel(
        (*(tech_total(sheet, edition) for sheet in scores.tech), *scores.tech_totals),
        (*(fin_total(sheet) for sheet in scores.fin), *scores.fin_totals),
    )


def passes(total: Fraction, edition: Edition, reading: str = "") -> bool:
    """Whether a total suffices, under the edition's reading or a named one."""
    mark = edition.limits.score.value
    above = (reading or edition.readings["least_total"]) == "above_70"
    return total > mark if above else total >= mark + 1


def sheet_problems(
    scores: ExpertScores, found: Innovation, standards: int | None, edition: Edition
) -> Problems:
    """What cannot be, and what has to be given a reason: one problem for each item."""
    bands = found.bands()
    for place, tech in enumerate(scores.tech):
        at = f"expert_scores.tech[{place}]"
        yield from _over_most(tech, at)
        yield from _off_band(f"{at}.cnt", tech.cnt, bands["ip_number"])
        yield from _off_band(f"{at}.transfer", tech.transfer, bands["transformation"])
        yield from _bonus(f"{at}.std", tech.std, standards)
    for place, fin in enumerate(scores.fin):
        for name in ("growth_net_assets", "growth_sales"):
            at = f"expert_scores.fin[{place}].{name}"
            points = getattr(fin, name)
            if points > editions.GROWTH_MOST:
                yield _too_many(at, points, editions.GROWTH_MOST)
            else:
                yield from _off_band(at, points, bands[name])
    for side, most in TOTAL_MOST.items():
        for place, points in enumerate(getattr(scores, side)):
            if points > most:
                yield _too_many(f"expert_scores.{side}[{place}]", points, most)
    yield from _totals(panel(scores, edition), scores.leader_total)


def _over_most(sheet: TechSheet, at: str) -> Problems:
    for item, most in editions.ITEM_MOST.items():
        points = getattr(sheet, item)
        if points > most:
            yield _too_many(f"{at}.{item}", points, most)


def _too_many(field: str, points: int, most: int) -> Problem:
    values = {"points": points, "most": most}
    return Problem(field, _("%(points)s points are more than the %(most)s there are."), values)


def _off_band(field: str, points: int, band: Band | None) -> Problems:
    """An objective band is worked out; an expert who differs from it needs a reason."""
    if band is None or band is editions.MANUAL or band.low <= points <= band.high:
        return
    yield Problem(
        field,
        _("By the figures this is band %(band)s, %(low)s to %(high)s points, not %(points)s."),
        {"band": band.letter, "low": band.low, "high": band.high, "points": points},
        level=Level.WARN,
    )


def _bonus(field: str, points: int, standards: int | None) -> Problems:
    if standards and not points:
        message = _("Part in standards is proved, yet the bonus of 1 to 2 points was not given.")
        yield Problem(field, message, level=Level.WARN)
    if standards == 0 and points:
        message = _("A bonus was given, yet the enterprise names no standard.")
        yield Problem(field, message, level=Level.WARN)


def _totals(found: Panel, leader_total: Decimal | None) -> Problems:
    for totals in (found.tech, found.fin):
        for place in outliers(totals):
            yield Problem(
                "expert_scores",
                _("Expert %(place)s gave %(points)s, far from the middle of all, %(middle)s."),
                {"place": place + 1, "points": totals[place], "middle": _middle(totals)},
                level=Level.WARN,
            )
    if leader_total is not None and found.total is not None and not same(leader_total, found.total):
        yield Problem(
            "expert_scores.leader_total",
            _("The leader's sheet says %(stated)s; the sheets of the experts give %(exact)s."),
            {"stated": f"{leader_total:f}", "exact": str(found.total)},
        )


def outliers(totals: Sequence[int]) -> Iterator[int]:
    """Places of the totals that lie far from the middle of at least three."""
    if len(totals) < 3:
        return
    middle = _middle(totals)
    yield from (i for i, points in enumerate(totals) if abs(points - middle) > OUTLIER)


def _middle(totals: Sequence[int]) -> int:
    return statistics.median_low(sorted(totals))


def same(stated: Decimal, exact: Fraction) -> bool:
    """Whether a stated average is the exact one, or it rounded half up to two decimals or more.

    No text rounds averages, so nothing coarser is taken for the same.
    """
    places = max(2, -int(stated.as_tuple().exponent))
    return Fraction(stated) in (exact, Fraction(floor(exact * 10**places + HALF), 10**places))
