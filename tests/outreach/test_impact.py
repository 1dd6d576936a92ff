"""The score of impact on both sides of its limits, targets in working days, findings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach import editions
from outreach.enums import ImpactLevel, WorkStatus
from outreach.rules import Impact, check_impact, publishable, score, triage
from torch_portal.common.workdays import published_calendar

D = Decimal
TERMS = editions.impact_on(date(2020, 2, 6))


def report(**values):
    """A report of an enterprise that is not hit."""
    told = {"week": date(2020, 3, 2), "status": WorkStatus.NORMAL, "staff_total": 100,
            "staff_back": 100, "revenue": D(1000), "base": D(1000), "cash": D(900),
            "fixed_cost": D(100)}  # fmt: skip
    return Impact(**told | values)


@pytest.mark.parametrize(
    ("values", "shown", "level"),
    [
        ({"revenue": D(200), "staff_back": 70, "cash": D(150), "fixed_cost": D(200)},
         "69.0", "significant"),
        ({"revenue": D(900), "cash": D(800), "fixed_cost": D(200)}, "5.0", "none"),
        ({"status": WorkStatus.STOPPED, "staff_total": 50, "staff_back": 0}, "30.0", "significant"),
        ({"revenue": D(1200), "cash": D(100), "fixed_cost": D(200)}, "20.0", "mild"),
    ],
    ids=["IM-01", "IM-02", "IM-03", "IM-04"],
)  # fmt: skip
def test_worked_example(values, shown, level):
    found = score(report(**values), TERMS)
    assert (found.shown, found.level) == (shown, level)


def test_parts_of_the_first_example():
    values = {"revenue": D(200), "staff_back": 70, "cash": D(150), "fixed_cost": D(200)}
    found = score(report(**values), TERMS)
    assert (found.revenue_lost, found.staff_away, found.cash_months) == (
        Fraction(4, 5), Fraction(3, 10), Fraction(3, 4)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("revenue", "level"),
    [
        ("700", "mild"),
        ("700.01", "none"),
        ("200", "significant"),
        ("200.01", "mild"),
    ],
)
def test_level_begins_at_its_limit(revenue, level):
    assert score(report(revenue=D(revenue)), TERMS).level == level


@pytest.mark.parametrize(
    ("revenue", "back", "level"),
    [("0", 100, "severe"), ("0.01", 100, "significant"), ("0.01", 99, "severe")],
)
def test_severe_begins_at_seventy(revenue, back, level):
    told = report(revenue=D(revenue), staff_back=back, cash=D(0))
    assert score(told, TERMS).level == level


@pytest.mark.parametrize(
    ("cash", "points"), [("99.99", 20), ("100", 10), ("299.99", 10), ("300", 0), ("0", 20)]
)
def test_cash_is_counted_in_months(cash, points):
    assert score(report(cash=D(cash)), TERMS).points == points


def test_without_base_staff_or_cost_a_part_is_nothing():
    told = report(base=D(0), revenue=D(0), staff_total=0, staff_back=0, cash=D(0), fixed_cost=D(0))
    found = score(told, TERMS)
    assert (found.points, found.cash_months, found.level) == (0, None, ImpactLevel.NONE)


def test_stopped_never_lowers_a_level():
    told = report(status=WorkStatus.STOPPED, revenue=D(0), staff_back=0, cash=D(0))
    assert score(told, TERMS).level == "severe"


MONEY = st.decimals(0, 10**9, places=2)


@given(MONEY, MONEY, st.integers(0, 500), MONEY, MONEY, st.sampled_from(WorkStatus))
def test_score_lies_between_nothing_and_a_hundred(revenue, base, back, cash, cost, status):
    told = report(revenue=revenue, base=base, staff_total=500, staff_back=back, cash=cash,
                  fixed_cost=cost, status=status)  # fmt: skip
    found = score(told, TERMS)
    assert 0 <= found.points <= 100
    more = score(replace(told, revenue=revenue + 1, staff_back=min(500, back + 1)), TERMS)
    assert more.points <= found.points


CALENDAR = published_calendar()


@pytest.mark.parametrize(
    ("day", "officer", "answer"),
    [
        ((2020, 3, 2), (2020, 3, 3), (2020, 3, 5)),
        ((2020, 3, 6), (2020, 3, 9), (2020, 3, 11)),
        ((2020, 4, 30), (2020, 5, 6), (2020, 5, 8)),
        ((2020, 5, 8), (2020, 5, 9), (2020, 5, 12)),
    ],
)
def test_targets_of_a_severe_case_are_working_days(day, officer, answer):
    found = triage(ImpactLevel.SEVERE, date(*day), TERMS, CALENDAR)
    assert (found.officer_by.on, found.answer_by.on) == (date(*officer), date(*answer))
    assert not found.officer_by.provisional


def test_other_levels_have_no_target():
    for level in (ImpactLevel.NONE, ImpactLevel.MILD, ImpactLevel.SIGNIFICANT):
        found = triage(level, date(2020, 3, 2), TERMS, CALENDAR)
        assert (found.level, found.officer_by, found.answer_by) == (level, None, None)


def test_small_cells_are_not_shown():
    assert publishable({"甲区": 3, "乙区": 2, "丙区": 0}, TERMS) == {
        "甲区": 3, "乙区": None, "丙区": None
    }  # fmt: skip


def found(told, **options):
    """Code, field and level of each finding."""
    return [(f.code, f.field, f.level.value) for f in check_impact(told, TERMS, **options)]


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        ({}, []),
        ({"staff_back": 101}, [("IMR-01", "staff_back", "block")]),
        ({"status": WorkStatus.STOPPED}, [("IMR-02", "stopped_on", "block")]),
        ({"status": WorkStatus.STOPPED, "stopped_on": date(2020, 2, 1)}, []),
        ({"cash": D("-0.01")}, [("IMR-04", "cash", "block")]),
        ({"revenue": D(2)}, []),
        ({"revenue": D("1.99")}, [("IMR-05", "revenue", "warn")]),
        ({"revenue": D(500_000)}, []),
        ({"revenue": D("500000.01")}, [("IMR-05", "revenue", "warn")]),
        ({"revenue": D(0)}, []),
        ({"needs": "联系人13800138000"}, [("IMR-07", "needs", "block")]),
    ],
)
def test_report_out_of_order_is_found_at_its_entry(values, findings):
    assert found(report(**values)) == findings


def test_week_is_reported_once():
    assert found(report(), weeks={date(2020, 2, 24)}) == []
    assert found(report(), weeks={date(2020, 3, 2)}) == [("IMR-03", "week", "block")]


@pytest.mark.parametrize(
    ("before", "note", "told"),
    [(None, "", False), ("mild", "", False), ("significant", "", True), ("severe", "", True),
     ("severe", "已复工", False)],
)  # fmt: skip
def test_sudden_fall_has_a_note(before, note, told):
    level = ImpactLevel(before) if before else None
    findings = found(report(note=note), before=level)
    assert findings == ([("IMR-06", "note", "block")] if told else [])


def test_score_has_its_first_day():
    with pytest.raises(editions.NoTerms):
        editions.impact_on(date(2020, 2, 5))
    assert TERMS.code == "IM-2020"
