"""The leader's sheet (195号 附件5): exact averages, the four ratios, the panel's opinion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from hitech_cert import editions
from hitech_cert.editions import Edition
from hitech_cert.enums import ScoreItem, Subtotal
from hitech_cert.rules.case import Case
from hitech_cert.rules.conditions import Measure
from hitech_cert.rules.experts import ip_points, outliers, passes, same
from hitech_cert.rules.experts import panel as totals_of
from hitech_cert.rules.facts import ExpertScores, FinSheet, TechSheet
from hitech_cert.rules.research import required_share
from hitech_cert.rules.sheets import GROWTH_ITEMS, TECH_ITEMS
from torch_portal.common.i18n import _
from torch_portal.common.ratios import ratio, rounded
from torch_portal.common.rulebook import Problem, Problems

LEAVES = (*(str(item) for item in TECH_ITEMS), *GROWTH_ITEMS)
# What the leader accepts for the four ratios, 万元 and persons.
FIGURES = ("staff_st", "rd_total", "rd_domestic", "income")


@dataclass(frozen=True)
class Averages:
    """The averages of a panel, exact: each item, each part, the total (附件5)."""

    items: Mapping[str, Fraction]
    parts: Mapping[str, Fraction]
    total: Fraction

    def named(self) -> dict[str, Fraction]:
        """All of them by name."""
        return {**self.items, **{str(n): v for n, v in self.parts.items()}, "total": self.total}


def averages(
    tech: Sequence[TechSheet], fin: Sequence[FinSheet], edition: Edition
) -> Averages | None:
    """The averages of whole sheets; None while either side is missing.

    The part of intellectual property is limited for each expert before the average is taken, so
    it can be less than the sum of its items.
    """
    total = totals_of(ExpertScores(tech=tuple(tech), fin=tuple(fin)), edition).total
    if total is None:
        return None
    items = {
        name: _mean([getattr(sheet, name) for sheet in (fin if name in GROWTH_ITEMS else tech)])
        for name in LEAVES
    }
    management = [sum(getattr(s, i) for i in editions.MANAGEMENT_ITEMS) for s in tech]
    parts: dict[str, Fraction] = {
        Subtotal.RIGHTS: _mean([ip_points(sheet, edition) for sheet in tech]),
        Subtotal.TRANSFORMATION: items[str(ScoreItem.TRANSFORMATION)],
        Subtotal.MANAGEMENT: _mean(management),
        Subtotal.GROWTH: sum((items[name] for name in GROWTH_ITEMS), Fraction(0)),
    }
    return Averages(items, parts, total)


def _mean(points: Sequence[int]) -> Fraction:
    return Fraction(sum(points), len(points))


@dataclass(frozen=True)
class LeaderSheet:
    """What the leader enters.

    stated: averages by name, where the leader states them (they are worked out in any case).
    figures: what the panel accepts for the ratios. recognise: the opinion of the panel.
    explained: why it lets totals stand that lie far apart.
    """

    stated: Mapping[str, Decimal | None] = field(default_factory=dict)
    figures: Mapping[str, Decimal | None] = field(default_factory=dict)
    recognise: bool | None = None
    reason: str = ""
    explained: str = ""


def ratios(sheet: LeaderSheet, case: Case) -> tuple[Measure, ...]:
    """The four ratios on the accepted figures against the limits of article 11.

    One whose figures are not known is left out.
    """
    facts, limits, figures = case.facts, case.edition.limits, sheet.figures
    sales = sum(facts.sales, Decimal(0)) if facts.sales else None
    rd = limits.rd_clause
    wanted = (
        ("staff_ratio", figures.get("staff_st"), facts.staff_total, limits.staff.value,
         limits.staff.clause),
        ("rd_ratio", figures.get("rd_total"), sales,
         required_share(facts.sales[-1], limits) if facts.sales else Fraction(0), rd),
        ("domestic_share", figures.get("rd_domestic"), figures.get("rd_total"),
         limits.domestic.value, limits.domestic.clause),
        ("income_share", figures.get("income"), case.total_income, limits.income.value,
         limits.income.clause),
    )  # fmt: skip
    found = [(name, ratio(part, whole), least, why) for name, part, whole, least, why in wanted]
    return tuple(
        Measure(name, "share", share, least, why)
        for name, share, least, why in found
        if share is not None
    )


def check_leader(
    sheet: LeaderSheet, tech: Sequence[TechSheet], fin: Sequence[FinSheet], case: Case
) -> Problems:
    """国科发火〔2016〕195号 附件5."""
    exact = averages(tech, fin, case.edition)
    if exact is None:
        yield Problem("", _("A sheet of both kinds of experts is needed."))
        return
    yield from _stated(sheet, exact)
    for name in FIGURES:
        if sheet.figures.get(name) is None:
            yield Problem(name, _("Enter the figure that you accept; where there is none, 0."))
    yield from _outliers(sheet, tech, fin, case.edition)
    yield from _opinion(sheet, exact, case)


def _stated(sheet: LeaderSheet, exact: Averages) -> Problems:
    for name, value in exact.named().items():
        stated = sheet.stated.get(name)
        if stated is not None and not same(stated, value):
            yield Problem(
                f"stated_{name}",
                _("You state %(stated)s; the sheets of the experts give %(exact)s (%(near)s)."),
                {"stated": f"{stated:f}", "exact": str(value), "near": f"{rounded(value)}"},
            )


def _outliers(
    sheet: LeaderSheet, tech: Sequence[TechSheet], fin: Sequence[FinSheet], edition: Edition
) -> Problems:
    found = totals_of(ExpertScores(tech=tuple(tech), fin=tuple(fin)), edition)
    far = [f"{found.tech[n]}" for n in outliers(found.tech)]
    far += [f"{found.fin[n]}" for n in outliers(found.fin)]
    if far and not sheet.explained.strip():
        message = _("Totals lie far from the others (%(totals)s): say why they stand.")
        yield Problem("explained", message, {"totals": ", ".join(far)})


def _opinion(sheet: LeaderSheet, exact: Averages, case: Case) -> Problems:
    if not sheet.reason.strip():
        yield Problem("reason", _("Write the reason of the panel's opinion."))
    if sheet.recognise is None:
        yield Problem("recognise", _("Answer with yes or no."))
        return
    if not sheet.recognise:
        return
    if not passes(exact.total, case.edition):
        message = _("The average is %(total)s; above %(mark)s is needed.")
        values = {"total": str(exact.total), "mark": str(case.edition.limits.score.value)}
        yield Problem("recognise", message, values, clause=case.edition.limits.score.clause)
    for measure in ratios(sheet, case):
        if not measure.holds:
            message = _("By the figures that you accept a ratio is below its limit.")
            yield Problem("recognise", message, clause=measure.clause)
