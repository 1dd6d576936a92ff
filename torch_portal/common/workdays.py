"""Working days and time limits: State Council calendars with make-up days, plus local overrides.

Counting follows the Civil Code: the first day does not count (民法典 第二百零一条) and a period
whose last day is a rest day ends on the next working day (第二百零三条).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import chinese_calendar
from django.utils.translation import gettext_lazy as _

ONE_DAY = timedelta(days=1)


class CalendarNotPublished(LookupError):
    """A working day of a year was asked for whose calendar the State Council has not published."""

    message: Any = _("The working-day calendar of %(year)s is not published yet.")

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year
        self.values = {"year": year}

    def __str__(self) -> str:
        return str(self.message) % self.values


@dataclass(frozen=True)
class Calendar:
    """Which days are worked.

    years: years whose calendar is published. rest: weekdays off. worked: weekend days worked.
    overrides: day -> is it worked, for one jurisdiction; they win over everything and need no
    published year.
    """

    years: frozenset[int]
    rest: frozenset[date]
    worked: frozenset[date]
    overrides: Mapping[date, bool] = field(default_factory=dict)


class Unit(StrEnum):
    """What a time limit counts."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True)
class Limit:
    """A time limit of some document: so many days, calendar or working."""

    days: int
    unit: Unit
    clause: str


@dataclass(frozen=True)
class Due:
    """The last day of a limit; provisional when it rests on an unpublished year."""

    on: date
    provisional: bool = False


@cache
def _packaged() -> tuple[frozenset[int], frozenset[date], frozenset[date]]:
    """Years, days off and make-up days as the calendar package knows them."""
    rest = frozenset(chinese_calendar.holidays)
    worked = frozenset(chinese_calendar.workdays)
    years = frozenset(range(min(rest).year, max(rest).year + 1))
    return years, rest, worked


def published_calendar(
    overrides: Mapping[date, bool] | None = None, *, years: Collection[int] = ()
) -> Calendar:
    """The published calendars with overrides laid over them.

    overrides: day -> is it worked. years: further years which the overrides describe in full
    (a calendar published after the package was released).
    """
    known, rest, worked = _packaged()
    return Calendar(known | frozenset(years), rest, worked, dict(overrides or {}))


def _planned(day: date, calendar: Calendar) -> bool:
    """Worked or not by what is known; an unpublished year is taken as Monday to Friday."""
    if day in calendar.overrides:
        return calendar.overrides[day]
    return day in calendar.worked or (day.weekday() < 5 and day not in calendar.rest)


def _is_known(day: date, calendar: Calendar) -> bool:
    return day.year in calendar.years or day in calendar.overrides


def is_workday(day: date, *, calendar: Calendar) -> bool:
    """Whether a day is worked; CalendarNotPublished when its year is unknown."""
    if not _is_known(day, calendar):
        raise CalendarNotPublished(day.year)
    return _planned(day, calendar)


def add_workdays(start: date, n: int, *, calendar: Calendar, count_first: bool = False) -> date:
    """The n-th working day after start.

    count_first: start itself counts as the first day if it is worked. n = 0 is start. Raises
    CalendarNotPublished as soon as the count touches an unknown year, ValueError if n < 0.
    """
    due = _add_workdays(start, n, calendar, count_first)
    if due.provisional:
        raise CalendarNotPublished(_first_unknown(start, due.on, calendar))
    return due.on


def _add_workdays(start: date, n: int, calendar: Calendar, count_first: bool) -> Due:
    if n < 0:
        raise ValueError("a number of working days cannot be negative")
    day = start - ONE_DAY if count_first and n else start
    left, provisional = n, False
    while left:
        day += ONE_DAY
        provisional = provisional or not _is_known(day, calendar)
        left -= _planned(day, calendar)
    return Due(day, provisional)


def _first_unknown(start: date, end: date, calendar: Calendar) -> int:
    """The first unpublished year from start to end."""
    return next(y for y in range(start.year, end.year + 1) if y not in calendar.years)


def _roll_forward(day: date, calendar: Calendar) -> Due:
    provisional = not _is_known(day, calendar)
    while not _planned(day, calendar):
        day += ONE_DAY
        provisional = provisional or not _is_known(day, calendar)
    return Due(day, provisional)


def roll_forward(day: date, *, calendar: Calendar) -> date:
    """The day itself if it is worked, else the next working day (民法典 第二百零三条)."""
    due = _roll_forward(day, calendar)
    if due.provisional:
        raise CalendarNotPublished(_first_unknown(day, due.on, calendar))
    return due.on


def foreseen(start: date, limit: Limit, *, calendar: Calendar) -> Due:
    """The last day of a limit that begins on start; marked provisional where a year is unknown.

    The unknown part is counted Monday to Friday with weekends rolled.
    """
    if limit.unit is Unit.WORKING:
        return _add_workdays(start, limit.days, calendar, count_first=False)
    return _roll_forward(start + timedelta(days=limit.days), calendar)


def due_on(start: date, limit: Limit, *, calendar: Calendar) -> date:
    """The last day of a limit that begins on start; CalendarNotPublished if a year is unknown."""
    due = foreseen(start, limit, calendar=calendar)
    if due.provisional:
        raise CalendarNotPublished(_first_unknown(start, due.on, calendar))
    return due.on
