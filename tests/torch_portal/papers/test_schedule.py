"""Days in, days out: what governs, what is due, when to remind."""

from datetime import date

import pytest

from torch_portal.common.workdays import published_calendar
from torch_portal.papers.schedule import (
    Occasion,
    Period,
    Rhythm,
    due_date,
    governing,
    occasion_due,
    occasions,
)

RHYTHM = Rhythm(before=(15, 3), after=(1, 15, 30))
DUE = date(2020, 6, 30)
SINCE = date(2020, 5, 1)
NATIONAL = Period(1, own=False, declared_on=date(2020, 2, 6))


def own(declared_on, ended_on=None):
    return Period(2, own=True, declared_on=declared_on, ended_on=ended_on)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2020, 2, 5), None),
        (date(2020, 2, 6), NATIONAL),
        (date(2020, 2, 20), NATIONAL),
        (date(2026, 1, 1), NATIONAL),
    ],
)
def test_governing_national_from_its_first_day_without_end(day, found):
    assert governing([NATIONAL], day) == found


@pytest.mark.parametrize(
    ("day", "covered"),
    [(date(2020, 4, 29), True), (date(2020, 4, 30), False), (date(2020, 5, 1), False)],
)
def test_governing_not_on_the_day_of_the_end(day, covered):
    ended = Period(1, own=False, declared_on=date(2020, 2, 6), ended_on=date(2020, 4, 30))
    assert (governing([ended], day) == ended) is covered


def test_governing_own_period_comes_before_the_national():
    hubei = own(date(2020, 1, 24))
    assert governing([NATIONAL, hubei], date(2020, 3, 1)) == hubei


def test_governing_national_replaced_by_own_period_that_ended():
    hubei = own(date(2020, 1, 24), date(2020, 5, 2))
    assert governing([NATIONAL, hubei], date(2020, 5, 1)) == hubei
    assert governing([NATIONAL, hubei], date(2020, 5, 2)) is None


def test_governing_national_stands_beside_an_older_own_period():
    sars = own(date(2003, 4, 20), date(2003, 6, 24))
    assert governing([NATIONAL, sars], date(2020, 3, 1)) == NATIONAL


def test_governing_own_period_declared_later_does_not_count_yet():
    later = own(date(2020, 4, 1))
    assert governing([NATIONAL, later], date(2020, 3, 31)) == NATIONAL
    assert governing([NATIONAL, later], date(2020, 4, 1)) == later


@pytest.mark.parametrize(
    ("recognised_on", "ended_on", "due_on"),
    [
        (date(2020, 2, 20), date(2020, 4, 30), date(2020, 6, 1)),  # 30 May is a Saturday
        (date(2020, 5, 6), date(2020, 4, 30), date(2020, 6, 5)),  # recognised after the end
        (date(2020, 5, 6), None, date(2020, 6, 5)),
        (date(2020, 5, 26), None, date(2020, 6, 28)),  # the 25th is a holiday; Sunday is worked
        (date(2020, 5, 29), None, date(2020, 6, 28)),  # a Sunday that is worked
    ],
)
def test_due_date_from_the_later_day_to_a_working_day(recognised_on, ended_on, due_on):
    assert due_date(recognised_on, ended_on, 30, published_calendar()) == due_on


def test_due_date_in_an_unpublished_year_skips_weekends():
    # 2100-01-01 plus 30 days is Sunday, 2100-01-31
    assert due_date(date(2100, 1, 1), None, 30, published_calendar()) == date(2100, 2, 1)


def test_occasions_in_order():
    assert [o.name for o in occasions(DUE, RHYTHM)] == [
        "before-15",
        "before-3",
        "on",
        "after-1",
        "after-15",
        "after-30",
    ]


def test_occasions_without_before_and_after_leave_the_day_itself():
    assert occasions(DUE, Rhythm((), ())) == [Occasion(DUE, "on")]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 6, 14), None),
        (date(2020, 6, 15), "before-15"),
        (date(2020, 6, 26), "before-15"),
        (date(2020, 6, 27), "before-3"),
        (date(2020, 6, 29), "before-3"),
        (date(2020, 6, 30), "on"),
        (date(2020, 7, 1), "after-1"),
        (date(2020, 7, 14), "after-1"),
        (date(2020, 7, 15), "after-15"),
        (date(2020, 7, 30), "after-30"),
        (date(2021, 1, 1), "after-30"),
    ],
)
def test_occasion_due_is_the_latest_that_has_come(day, name):
    found = occasion_due(DUE, RHYTHM, day, since=SINCE)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("last_sent_on", "name"),
    [
        (date(2020, 6, 26), "before-3"),
        (date(2020, 6, 27), None),
        (date(2020, 6, 28), None),
    ],
)
def test_occasion_due_not_after_a_reminder_of_that_day_or_later(last_sent_on, name):
    day = date(2020, 6, 28)
    found = occasion_due(DUE, RHYTHM, day, since=SINCE, last_sent_on=last_sent_on)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("since", "name"), [(date(2020, 6, 15), "before-15"), (date(2020, 6, 16), None)]
)
def test_occasion_due_not_for_one_that_lay_before_the_date_was_set(since, name):
    found = occasion_due(DUE, RHYTHM, date(2020, 6, 20), since=since)
    assert (found.name if found else None) == name
