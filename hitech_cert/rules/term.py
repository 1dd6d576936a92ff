"""What follows from the day of issue: validity, tax years, reports; and other days to keep."""

from dataclasses import dataclass
from datetime import date, timedelta

from hitech_cert.editions import CHANGE_MONTHS, PUBLICITY, REPORT_BY, VALID_YEARS
from torch_portal.common.spans import months_after
from torch_portal.common.workdays import Calendar, add_workdays


@dataclass(frozen=True)
class Term:
    """The term of a certificate (国科发火〔2016〕32号 第九条, 第十条, 第十三条; 195号 四).

    tax_years: wholly at the lower rate. prepay_only_year: the year in which it ends; prepaid at
    that rate until certified anew. reports_due: last day of each yearly report.
    """

    valid_to: date
    tax_years: tuple[int, ...]
    prepay_only_year: int
    reports_due: tuple[date, ...]


def term(issued_on: date) -> Term:
    """Three years from the day of issue; the last day is the one before (not said by the text)."""
    years = range(issued_on.year, issued_on.year + VALID_YEARS)
    same_day = months_after(issued_on, 12 * VALID_YEARS)
    valid_to = same_day - timedelta(days=issued_on.day == same_day.day)
    due = (date(year + 1, *REPORT_BY) for year in years)
    return Term(valid_to, tuple(years), years.stop, tuple(d for d in due if d <= valid_to))


def change_due(event: date) -> date:
    """The last day to report a change of name or a major change (32号 第十七条)."""
    return months_after(event, CHANGE_MONTHS)


def publicity_end(start: date, calendar: Calendar) -> date:
    """The last day of publicity; the first day counts (195号 二(六))."""
    return add_workdays(start, PUBLICITY.days, calendar=calendar, count_first=True)
