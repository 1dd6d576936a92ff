"""The score of impact, its level and the targets of triage; exact until it is told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from outreach.editions import ImpactTerms
from outreach.enums import ImpactLevel, WorkStatus
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.personal import personal_problems
from torch_portal.common.rulebook import Problem, Problems, Rule
from torch_portal.common.workdays import Calendar, Due, foreseen

LEVELS = tuple(ImpactLevel)
AMOUNTS = ("revenue", "base", "orders_cancelled", "cash", "fixed_cost", "loans_due")


@dataclass(frozen=True)
class Impact:
    """A weekly report. Amounts in yuan of one month; base: revenue of that month last year.

    week: its Monday. The money an enterprise has stands in `cash`, what it cannot avoid paying in a
    month in `fixed_cost`.
    """

    week: date
    status: WorkStatus
    staff_total: int
    staff_back: int
    revenue: Decimal
    base: Decimal
    cash: Decimal
    fixed_cost: Decimal
    orders_cancelled: Decimal = Decimal(0)
    loans_due: Decimal = Decimal(0)
    stopped_on: date | None = None
    needs: str = ""
    note: str = ""


@dataclass(frozen=True)
class Score:
    """The score out of 100 with its parts: loss of revenue, staff away, months of cash."""

    revenue_lost: Fraction
    staff_away: Fraction
    cash_months: Fraction | None
    points: Fraction
    level: ImpactLevel

    @property
    def shown(self) -> str:
        """The score with one decimal, half up."""
        tenths = int(self.points * 10 + Fraction(1, 2))
        return f"{tenths // 10}.{tenths % 10}"


def score(report: Impact, terms: ImpactTerms) -> Score:
    """The score of a report; without a base, staff or fixed cost that part is 0."""
    lost = Fraction(0)
    if report.base > 0:
        kept = Fraction(report.revenue) / Fraction(report.base)
        lost = min(Fraction(1), max(Fraction(0), 1 - kept))
    away = Fraction(0)
    if report.staff_total > 0:
        away = max(Fraction(0), 1 - Fraction(report.staff_back, report.staff_total))
    months = None
    if report.fixed_cost > 0:
        months = Fraction(report.cash) / Fraction(report.fixed_cost)
    points = terms.revenue * lost + terms.staff * away + _cash_points(months, terms)
    return Score(lost, away, months, points, _level(points, report.status, terms))


def _cash_points(months: Fraction | None, terms: ImpactTerms) -> int:
    if months is None:
        return 0
    return next((points for least, points in terms.cash if months < least), 0)


def _level(points: Fraction, status: WorkStatus, terms: ImpactTerms) -> ImpactLevel:
    found = next((level for least, level in terms.limits if points >= least), ImpactLevel.NONE)
    if status is WorkStatus.STOPPED:
        return max(found, terms.stopped, key=LEVELS.index)
    return found


@dataclass(frozen=True)
class Triage:
    """The level with the days by which an officer is named and answers; None where none is set."""

    level: ImpactLevel
    officer_by: Due | None
    answer_by: Due | None


def triage(level: ImpactLevel, reported_on: date, terms: ImpactTerms, calendar: Calendar) -> Triage:
    """Targets of a severe case in working days after the report; others have none.

    A target in a year whose calendar is not published is provisional.
    """
    if level is not ImpactLevel.SEVERE:
        return Triage(level, None, None)
    return Triage(
        level,
        foreseen(reported_on, terms.officer, calendar=calendar),
        foreseen(reported_on, terms.answer, calendar=calendar),
    )


def publishable(cells: Mapping[str, int], terms: ImpactTerms) -> dict[str, int | None]:
    """IMR-08: the numbers of a table, None for a cell of fewer than three enterprises."""
    return {name: count if count >= terms.cell else None for name, count in cells.items()}


def _staff(report: Impact, _terms: ImpactTerms) -> Problems:
    """国科火字〔2020〕66号 (返岗人数不超过职工总数)."""
    if report.staff_back > report.staff_total:
        message = _("%(back)s came back of %(total)s. Not more come back than there are.")
        told = {"back": report.staff_back, "total": report.staff_total}
        yield Problem("staff_back", message, told)
    for name in ("staff_total", "staff_back"):
        if getattr(report, name) < 0:
            message = _("%(name)s cannot be negative. Enter 0 where there is none.")
            yield Problem(name, message, {"name": name})


def _stopped(report: Impact, _terms: ImpactTerms) -> Problems:
    """国科火字〔2020〕38号 第八条 (停产停工情况)."""
    if report.status is WorkStatus.STOPPED and report.stopped_on is None:
        yield Problem("stopped_on", _("Name the day on which work stopped."))


def _amounts(report: Impact, _terms: ImpactTerms) -> Problems:
    """国科火字〔2020〕38号 第八条 (金额不为负数)."""
    for name in AMOUNTS:
        if getattr(report, name) < 0:
            yield Problem(name, _("An amount cannot be negative."))


def _unit(report: Impact, terms: ImpactTerms) -> Problems:
    """平台设定 (营业收入与上年同月之比在0.002至500之外，疑似单位错误)."""
    if report.base <= 0 or report.revenue <= 0:
        return
    share = Fraction(report.revenue) / Fraction(report.base)
    if not Fraction(terms.unit_low) <= share <= Fraction(terms.unit_high):
        message = _("Revenue was %(base)s and is %(revenue)s yuan. Check the unit of both.")
        told = {"base": f"{report.base:f}", "revenue": f"{report.revenue:f}"}
        yield Problem("revenue", message, told)


def _texts(report: Impact, _terms: ImpactTerms) -> Problems:
    """个人信息保护法 第六条、第二十八条."""
    yield from personal_problems("needs", report.needs)
    yield from personal_problems("note", report.note)


RULES: tuple[Rule, ...] = (
    Rule("IMR-01", Level.BLOCK, "staff_back", _("Not more staff came back than there is."), _staff),
    Rule("IMR-02", Level.BLOCK, "stopped_on", _("Who stopped says since when."), _stopped),
    Rule("IMR-04", Level.BLOCK, "revenue", _("No amount is below zero."), _amounts),
    Rule("IMR-05", Level.WARN, "revenue", _("Revenue of another size is asked about."), _unit),
    Rule("IMR-07", Level.BLOCK, "needs", _("No text holds personal data."), _texts),
)


def _same_week(report: Impact, weeks: Collection[date]) -> Problems:
    """平台设定 (每企业每周一份)."""
    if report.week in weeks:
        message = _("There is a report for the week of %(week)s. Revise that one.")
        yield Problem("week", message, {"week": str(report.week)})


def _sudden(report: Impact, before: ImpactLevel | None, now: ImpactLevel, steps: int) -> Problems:
    """平台设定 (一周内影响程度下降两级须说明)."""
    if before is None or report.note.strip():
        return
    if LEVELS.index(before) - LEVELS.index(now) >= steps:
        message = _("The level falls from “%(before)s” to “%(now)s” in a week. Say why in a note.")
        yield Problem("note", message, {"before": before.label, "now": now.label})


WEEK = Rule("IMR-03", Level.BLOCK, "week", _("An enterprise reports once a week."), _same_week)
SUDDEN = Rule("IMR-06", Level.BLOCK, "note", _("A fall by two levels has a note."), _sudden)
ALL_RULES: tuple[Rule, ...] = (*RULES, WEEK, SUDDEN)


def check_impact(
    report: Impact,
    terms: ImpactTerms,
    *,
    weeks: Collection[date] = (),
    before: ImpactLevel | None = None,
) -> list[Finding]:
    """All findings on a report; weeks: those already reported, before: the level a week ago."""
    found = [finding for rule in RULES for finding in rule.run(report, terms)]
    found += WEEK.run(report, weeks)
    return found + SUDDEN.run(report, before, score(report, terms).level, terms.steps)
