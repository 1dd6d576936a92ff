"""Re-examination (复议): errors of scoring that can be seen by counting, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hitech_cert import editions
from hitech_cert.editions import GUIDE, Band, Edition
from hitech_cert.enums.after import RedoGround
from hitech_cert.rules.case import Case
from hitech_cert.rules.experts import panel, passes, same
from hitech_cert.rules.facts import ExpertScores, FinSheet, TechSheet
from torch_portal.common.i18n import _

# Practice of 深圳市罗湖区 2021-10-15; no national text describes a re-examination.
GROWTH_OFF = 2
NUMBER_LEAST = 7
CLAUSES = {
    RedoGround.GROWTH: f"{GUIDE} 三(七)4",
    RedoGround.NUMBER: f"{GUIDE} 三(七)1",
    RedoGround.BONUS: f"{GUIDE} 三(七)1",
    RedoGround.ARITHMETIC: f"{GUIDE} 附件5",
}


@dataclass(frozen=True)
class Slip:
    """One error. expert: place of the sheet among those of its kind, None for the leader's.

    given, right: points as given, and the nearest that the figures allow.
    """

    ground: RedoGround
    item: str
    expert: int | None
    given: str
    right: str
    message: Any


@dataclass(frozen=True)
class Recount:
    """What a recount found. before, after: the exact averages; None without both kinds of sheet."""

    slips: tuple[Slip, ...]
    before: Fraction | None
    after: Fraction | None
    passes: bool

    def by(self, ground: str) -> list[Slip]:
        """The errors of one ground."""
        return [slip for slip in self.slips if slip.ground == ground]


def recount(case: Case, scores: ExpertScores, stated: Fraction | None = None) -> Recount:
    """The errors of the sheets, and the average with each mended by the least that mends it.

    A growth score counts only where it is two points off or more and mending changes the result.
    stated: the average as it was taken over, None where it was not.
    """
    edition, bands = case.edition, case.innovation.bands()
    before = panel(scores, edition).total
    mended = scores
    slips: list[Slip] = []
    growth = list(_growth(scores, bands))
    with_growth = replace(scores, fin=tuple(_mended_fin(s, bands) for s in scores.fin))
    if growth and _changes(before, panel(with_growth, edition).total, edition):
        slips += growth
        mended = with_growth
    standards, class1 = case.facts.standards or 0, case.facts.ip_class1 or 0
    for place, sheet in enumerate(scores.tech):
        slips += _tech(place, sheet, class1, standards)
    mended = replace(
        mended, tech=tuple(_mended_tech(sheet, class1, standards) for sheet in scores.tech)
    )
    slips += _leader(scores, before)
    slips += _stated(stated, before)
    after = panel(mended, edition).total
    return Recount(tuple(slips), before, after, after is not None and passes(after, edition))


def _changes(before: Fraction | None, after: Fraction | None, edition: Edition) -> bool:
    return (
        before is not None
        and after is not None
        and passes(before, edition) != passes(after, edition)
    )


def _growth(scores: ExpertScores, bands: dict[str, Band | None]) -> Iterator[Slip]:
    for place, sheet in enumerate(scores.fin):
        for item in ("growth_net_assets", "growth_sales"):
            given, right = getattr(sheet, item), _nearest(getattr(sheet, item), bands[item])
            if abs(given - right) >= GROWTH_OFF:
                message = _("By the figures the growth is worth %(right)s points, not %(given)s.")
                yield Slip(RedoGround.GROWTH, item, place, str(given), str(right), message)


def _nearest(points: int, band: Band | None) -> int:
    """The points of the band that are nearest to those given; a person's band takes any."""
    if band is None or band is editions.MANUAL:
        return points
    return min(max(points, band.low), band.high)


def _mended_fin(sheet: FinSheet, bands: dict[str, Band | None]) -> FinSheet:
    found = {}
    for item in ("growth_net_assets", "growth_sales"):
        given, right = getattr(sheet, item), _nearest(getattr(sheet, item), bands[item])
        found[item] = right if abs(given - right) >= GROWTH_OFF else given
    return FinSheet(**found)


def _tech(place: int, sheet: TechSheet, class1: int, standards: int) -> Iterator[Slip]:
    if class1 and sheet.cnt < NUMBER_LEAST:
        message = _("With a class I right the number is worth at least %(right)s, not %(given)s.")
        yield Slip(RedoGround.NUMBER, "cnt", place, str(sheet.cnt), str(NUMBER_LEAST), message)
    if standards and not sheet.std:
        message = _("Part in standards is proved, yet the bonus of 1 to 2 points was not given.")
        yield Slip(RedoGround.BONUS, "std", place, "0", "1", message)


def _mended_tech(sheet: TechSheet, class1: int, standards: int) -> TechSheet:
    cnt = max(sheet.cnt, NUMBER_LEAST) if class1 else sheet.cnt
    return replace(sheet, cnt=cnt, std=sheet.std or (1 if standards else 0))


def _leader(scores: ExpertScores, exact: Fraction | None) -> Iterator[Slip]:
    if scores.leader_total is None or exact is None or same(scores.leader_total, exact):
        return
    message = _("The leader's sheet says %(given)s; the sheets of the experts give %(right)s.")
    yield Slip(
        RedoGround.ARITHMETIC, "total", None, f"{scores.leader_total:f}", str(exact), message
    )


def _stated(stated: Fraction | None, exact: Fraction | None) -> Iterator[Slip]:
    if stated is None or exact is None or stated == exact:
        return
    message = _(
        "The average was taken over as %(given)s; the sheets of the experts give %(right)s."
    )
    yield Slip(RedoGround.ARITHMETIC, "average", None, str(stated), str(exact), message)
