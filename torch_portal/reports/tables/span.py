"""The period of a table: whole days, its name, and the same period a year before."""

import calendar
import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

LONGEST_YEARS = 5


class BadSpan(ValueError):
    """A period that cannot be counted; `field` is "since" or "until", the text says what to do."""

    def __init__(self, field: str, message: Any) -> None:
        super().__init__(str(message))
        self.field = field


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included."""

    since: datetime.date
    until: datetime.date

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}—{self.until:%Y-%m-%d}"

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """First and last day."""
        return self.since, self.until

    @property
    def comparable(self) -> bool:
        """Whether it is no longer than a year, so that the year before does not overlap it."""
        return self.until < _shifted(self.since, 1)

    @property
    def year_before(self) -> "Span | None":
        """The same days a year before (the end of February stays the end); None if it overlaps."""
        if not self.comparable:
            return None
        return Span(_shifted(self.since, -1), _shifted(self.until, -1, end=True))

    def is_over(self, today: datetime.date) -> bool:
        """Whether its last day has passed."""
        return self.until < today


def span(since: str, until: str) -> Span:
    """A period from two days as typed (2021-01-01); BadSpan names the one that is wrong."""
    first, last = _day("since", since), _day("until", until)
    if last < first:
        raise BadSpan(
            "until",
            _("The period ends on %(until)s, before it begins on %(since)s. Exchange the two days.")
            % {"since": first, "until": last},
        )
    if last >= _shifted(first, LONGEST_YEARS):
        raise BadSpan(
            "until",
            _("The period is longer than %(years)s years. Choose a shorter one, or several.")
            % {"years": LONGEST_YEARS},
        )
    return Span(first, last)


def named(today: datetime.date) -> dict[str, Span]:
    """Periods at hand: this month, this quarter, this half, this year; and the one before each."""
    found = {}
    for name, months in (("month", 1), ("quarter", 3), ("half", 6), ("year", 12)):
        start = (today.month - 1) // months * months + 1
        found[name] = _months(today.year, start, months)
        found[f"last_{name}"] = _months(today.year, start - months, months)
    return found


def _months(year: int, month: int, count: int) -> Span:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = month + count - 1
    return Span(datetime.date(year, month, 1), _last_day(year, last))


def _last_day(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _day(field: str, typed: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(typed.strip())
    except ValueError:
        raise BadSpan(field, _("Write the day like 2021-06-30.")) from None
    if not 1985 <= day.year <= 2100:
        raise BadSpan(field, _("Choose a day between 1985 and 2100."))
    return day


def _shifted(day: datetime.date, years: int, *, end: bool = False) -> datetime.date:
    """The same day some years on; the end of a month stays its end where `end` is asked."""
    last = _last_day(day.year + years, day.month)
    if day.day >= last.day or (end and day == _last_day(day.year, day.month)):
        return last
    return day.replace(year=day.year + years)
