"""Working days: published calendars, overrides, time limits of the Civil Code."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from torch_portal.common.workdays import (
    CalendarNotPublished,
    Due,
    Limit,
    Unit,
    add_workdays,
    due_on,
    foreseen,
    is_workday,
    published_calendar,
    roll_forward,
)

CALENDAR = published_calendar()
ONE_DAY = timedelta(days=1)
THIRTY_DAYS = Limit(30, Unit.CALENDAR, "国科发政字〔2000〕063号 第十四条")
DAYS = st.dates(date(2005, 1, 1), date(2026, 6, 30))


def test_calendar_agrees_with_the_oracle_on_every_day_from_2006_to_2026():
    oracle = holidays.country_holidays("CN", years=range(2006, 2027))
    day, last = date(2006, 1, 1), date(2026, 12, 31)
    while day <= last:
        assert is_workday(day, calendar=CALENDAR) is oracle.is_working_day(day), day
        day += ONE_DAY


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2020, 1, 19), True),
        (date(2020, 1, 30), False),
        (date(2020, 1, 31), False),
        (date(2020, 2, 1), False),
        (date(2020, 2, 2), False),
        (date(2020, 2, 3), True),
    ],
)
def test_spring_festival_of_2020_is_extended(day, worked):
    assert is_workday(day, calendar=CALENDAR) is worked


@pytest.mark.parametrize("year", [2003, 2027])
def test_unpublished_year_is_refused(year):
    with pytest.raises(CalendarNotPublished) as caught:
        is_workday(date(year, 6, 1), calendar=CALENDAR)
    assert caught.value.year == year
    assert str(year) in str(caught.value)


def test_override_wins_over_the_published_day():
    hubei = published_calendar({date(2020, 2, 3): False})
    assert not is_workday(date(2020, 2, 3), calendar=hubei)
    assert add_workdays(date(2020, 1, 23), 1, calendar=hubei) == date(2020, 2, 4)


def test_override_answers_for_its_day_in_an_unpublished_year():
    known = published_calendar({date(2027, 1, 1): False})
    assert not is_workday(date(2027, 1, 1), calendar=known)
    with pytest.raises(CalendarNotPublished):
        is_workday(date(2027, 1, 4), calendar=known)


def test_year_described_by_overrides_counts_as_published():
    known = published_calendar({date(2027, 1, 1): False}, years=[2027])
    assert add_workdays(date(2026, 12, 31), 1, calendar=known) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("start", "n", "first", "expected"),
    [
        (date(2020, 1, 23), 1, False, date(2020, 2, 3)),
        (date(2020, 3, 2), 5, False, date(2020, 3, 9)),
        (date(2020, 3, 2), 5, True, date(2020, 3, 6)),
        (date(2020, 3, 2), 1, True, date(2020, 3, 2)),
        (date(2020, 2, 29), 1, True, date(2020, 3, 2)),
        (date(2020, 2, 29), 1, False, date(2020, 3, 2)),
        (date(2020, 9, 30), 1, False, date(2020, 10, 9)),
        (date(2020, 9, 30), 2, False, date(2020, 10, 10)),
        (date(2020, 2, 29), 0, False, date(2020, 2, 29)),
        (date(2020, 2, 29), 0, True, date(2020, 2, 29)),
        (date(2026, 12, 30), 1, False, date(2026, 12, 31)),
    ],
)
def test_working_days_are_added(start, n, first, expected):
    assert add_workdays(start, n, calendar=CALENDAR, count_first=first) == expected


def test_count_that_runs_past_the_published_years_is_refused():
    with pytest.raises(CalendarNotPublished) as caught:
        add_workdays(date(2026, 12, 31), 1, calendar=CALENDAR)
    assert caught.value.year == 2027


def test_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        add_workdays(date(2020, 3, 2), -1, calendar=CALENDAR)


def test_rest_day_rolls_to_the_next_working_day():
    assert roll_forward(date(2021, 11, 14), calendar=CALENDAR) == date(2021, 11, 15)
    assert roll_forward(date(2021, 11, 15), calendar=CALENDAR) == date(2021, 11, 15)
    with pytest.raises(CalendarNotPublished):
        roll_forward(date(2027, 1, 2), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2020, 3, 2), date(2020, 4, 1)),
        (date(2020, 3, 5), date(2020, 4, 7)),
        (date(2019, 12, 27), date(2020, 2, 3)),
    ],
)
def test_limit_in_days_leaves_out_the_first_and_rolls_the_last(start, expected):
    assert due_on(start, THIRTY_DAYS, calendar=CALENDAR) == expected
    assert foreseen(start, THIRTY_DAYS, calendar=CALENDAR) == Due(expected)


def test_limit_in_working_days_ends_on_a_working_day():
    limit = Limit(7, Unit.WORKING, "沪科合〔2019〕33号")
    assert due_on(date(2020, 3, 2), limit, calendar=CALENDAR) == date(2020, 3, 11)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (THIRTY_DAYS, date(2027, 1, 11)),
        (Limit(15, Unit.WORKING, "征求意见稿 第十四条"), date(2027, 1, 1)),
    ],
)
def test_limit_into_an_unpublished_year_is_provisional_or_refused(limit, expected):
    start = date(2026, 12, 11)
    assert foreseen(start, limit, calendar=CALENDAR) == Due(expected, provisional=True)
    with pytest.raises(CalendarNotPublished) as caught:
        due_on(start, limit, calendar=CALENDAR)
    assert caught.value.year == 2027


def test_limit_that_ends_within_the_last_published_year_is_firm():
    ten = Limit(10, Unit.CALENDAR, "浙江省技术市场条例 第十六条")
    assert foreseen(date(2026, 12, 21), ten, calendar=CALENDAR) == Due(date(2026, 12, 31))


def test_limit_that_rolls_over_the_end_of_the_published_years_is_provisional():
    closed = published_calendar({date(2026, 12, 31): False})
    ten = Limit(10, Unit.CALENDAR, "浙江省技术市场条例 第十六条")
    due = foreseen(date(2026, 12, 21), ten, calendar=closed)
    assert due == Due(date(2027, 1, 1), provisional=True)


@given(start=DAYS, n=st.integers(1, 60))
def test_added_day_is_worked_and_as_far_as_counted(start, n):
    end = add_workdays(start, n, calendar=CALENDAR)
    span = [start + ONE_DAY * step for step in range(1, (end - start).days + 1)]
    assert is_workday(end, calendar=CALENDAR)
    assert sum(is_workday(day, calendar=CALENDAR) for day in span) == n


@given(start=DAYS, days=st.integers(0, 60))
def test_due_day_is_worked_and_never_early(start, days):
    end = due_on(start, Limit(days, Unit.CALENDAR, "民法典"), calendar=CALENDAR)
    assert is_workday(end, calendar=CALENDAR)
    assert end >= start + timedelta(days=days)
