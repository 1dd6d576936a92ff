"""After the decision: deadlines, yearly reports that are due, changes, cancellations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hitech_cert.editions import GUIDE, MEASURES
from hitech_cert.enums.after import ChangeKind, Department, ReviewReason
from hitech_cert.rules.term import change_due, term
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _

REPORT_NATIONAL_BY = (11, 30)
REASON_MOST = 100
MISSING_MOST = 2
# 办法 第九条, 第十条; 指引 四(三): before the annual settlement, or before the end of the year.
SETTLEMENT_BY = (5, 31)


def report_due(year: int) -> date:
    """The last day to report a list to the leading group office (195号 二(五))."""
    return date(year, *REPORT_NATIONAL_BY)


@dataclass(frozen=True)
class TaxDays:
    """Until when to be certified anew so that the rate of the last year stays (195号 四(三)).

    safe: the earlier day, 31 December; latest: before the settlement of that year, 31 May. The
    two texts differ, so the earlier one is shown as the safe one.
    """

    year: int
    safe: date
    latest: date


def tax_days(issued_on: date) -> TaxDays:
    """Both days for a certificate issued on this day."""
    year = term(issued_on).prepay_only_year
    return TaxDays(year, date(year, 12, 31), date(year + 1, *SETTLEMENT_BY))


def missing_reports(issued_on: date, handed_in: Collection[int], day: date) -> list[int]:
    """Years whose report was due before this day and is not there (32号 第十三条).

    Counted within one validity; two of them open a case (第十九条第(三)项).
    """
    due = term(issued_on).reports_due
    return [last.year - 1 for last in due if last < day and last.year - 1 not in handed_in]


def report_is_late(year: int, day: date) -> bool:
    """Whether a report for this year comes after 31 May of the next."""
    return day > date(year + 1, *SETTLEMENT_BY)


def check_opinions(
    given: Mapping[str, bool], *, passes: bool | None, proposing: bool
) -> list[Finding]:
    """What stands against proposing, or against refusing, an application (195号 二(五)).

    given: opinion by department, True when it agrees. passes: whether the experts' average does.
    """
    clause = f"{GUIDE} 二(五)"
    found = []
    missing = [d for d in Department if d not in given]
    if proposing:
        for department in missing:
            message = _("The opinion of the department is missing: %(name)s.")
            values = {"name": department.label}
            found.append(Finding("opinion", Level.BLOCK, department.value, message, clause, values))
        for department in (d for d in Department if given.get(d) is False):
            message = _("The department does not agree: %(name)s. Do not recognise, or ask again.")
            values = {"name": department.label}
            found.append(Finding("opinion", Level.BLOCK, department.value, message, clause, values))
        if not passes:
            message = _("The experts' average does not suffice, so it cannot be proposed.")
            found.append(Finding("score", Level.BLOCK, "", message, f"{MEASURES} 第十一条第(七)项"))
    elif passes and not missing and all(given.values()):
        message = _(
            "All departments agree and the average suffices: propose it, or record why not."
        )
        found.append(Finding("opinion", Level.BLOCK, "", message, clause))
    return found


def check_change(
    kind: str, happened_on: date | None, day: date, after: Mapping[str, Any], reason: str
) -> list[Finding]:
    """Everything that is wrong with a reported change, at once (32号 第十七条, 第十八条; 附件7)."""
    clause = f"{MEASURES} 第十七条"
    found = []
    if kind not in ChangeKind.values:
        found.append(_block("kind", _("Choose what changed."), clause))
    if happened_on is None:
        found.append(_block("happened_on", _("Enter the day of the change."), clause))
    elif happened_on > day:
        found.append(_block("happened_on", _("The day of the change lies in the future."), clause))
    if not any(str(value).strip() for value in after.values()):
        found.append(_block("after", _("Enter what it is now."), clause))
    if not reason.strip():
        found.append(_block("reason", _("Say what happened."), f"{GUIDE} 附件7"))
    elif kind == ChangeKind.NAME and len(reason) > REASON_MOST:
        message = _("The reason of a change of name has at most %(most)s characters.")
        found.append(
            Finding(
                "reason", Level.BLOCK, "reason", message, f"{GUIDE} 附件7", {"most": REASON_MOST}
            )
        )
    return found


def _block(field: str, message: Any, clause: str) -> Finding:
    return Finding(field, Level.BLOCK, field, message, clause)


def is_late(happened_on: date, day: date) -> bool:
    """Whether a change was reported after three months (32号 第十七条)."""
    return day > change_due(happened_on)


def conditions_failed(conditions: Mapping[int, bool | None]) -> list[int]:
    """The numbers of article 11 that a re-check found not met."""
    return sorted(no for no, ok in conditions.items() if ok is False)


def review_years(reason: str, year: int) -> tuple[int, int]:
    """The years a review looks at: that in question and the two before (195号 五(三))."""
    return (year, year) if reason == ReviewReason.REPORTS else (year - 2, year)


def tells_of_expiry(valid_to: date, day: date, days: Collection[int]) -> int | None:
    """The reminder that is due: the smallest number of days that covers what is left; else None."""
    left = (valid_to - day).days
    if left < 0:
        return None
    return min((n for n in days if left <= n), default=None)


def barred_in(ended_on: date) -> int:
    """The year in which no new application is taken after a cancellation (195号 五(六)3)."""
    return ended_on.year


def first_day_after(valid_to: date) -> date:
    """The first day on which the certificate counts no more."""
    return valid_to + timedelta(days=1)
