"""Counts and due dates as the review desk says them."""

import datetime

import pytest

from torch_portal.common.desk_admin import MANY, count_text, due_mark
from torch_portal.common.workdays import published_calendar


def test_counts_stop_at_a_thousand():
    assert count_text(MANY) == "1000"
    assert count_text(MANY + 1) == "1000+"


@pytest.mark.parametrize(
    ("due", "risk"),
    [
        (datetime.date(2020, 3, 17), "late"),
        (datetime.date(2020, 3, 18), "soon"),
        (datetime.date(2020, 3, 20), "soon"),
        (datetime.date(2020, 3, 23), ""),
        (None, ""),
    ],
)
def test_due_date_is_marked_when_at_risk(due, risk):
    mark, words = due_mark(due, datetime.date(2020, 3, 18), published_calendar())
    assert mark == risk
    assert bool(words) == (due is not None)


def test_due_words_count_working_days():
    calendar = published_calendar()
    _risk, words = due_mark(datetime.date(2020, 3, 24), datetime.date(2020, 3, 18), calendar)
    assert "4" in words
    _risk, words = due_mark(datetime.date(2020, 3, 15), datetime.date(2020, 3, 18), calendar)
    assert "3" in words
