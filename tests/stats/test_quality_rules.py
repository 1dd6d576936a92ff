"""Outliers, risk, totals to explain and hidden cells: both sides of every threshold."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.editions import quality as limits
from stats.rules import outliers, quality, suppression
from stats.rules.outliers import Change
from stats.rules.quality import Standing
from stats.rules.suppression import Cell

# Nine that grow by about a tenth, and one whose change is judged.
GROUP = [(n, Decimal(1000 + n), Decimal(1000)) for n in (80, 90, 95, 98, 100, 102, 105, 110, 120)]


def changes(*last):
    """The group with further (key, now, before)."""
    return [Change(*row) for row in (*GROUP, *last)]


def outlying(*last, spread=limits.SPREAD):
    """Keys of those beyond the bounds."""
    return [e.key for e in outliers.effects(changes(*last), spread) if e.outlies]


def test_change_far_from_its_group_outlies_on_either_side():
    assert outlying((1, Decimal(3000), Decimal(1000))) == [1]
    assert outlying((1, Decimal(300), Decimal(1000))) == [1]
    assert outlying((1, Decimal(1101), Decimal(1000))) == []


def test_group_that_is_too_small_judges_nobody():
    nine = changes()
    assert len(nine) == limits.SPREAD.smallest - 1
    assert outliers.effects(nine) == []
    assert len(outliers.effects(changes((1, Decimal(1100), Decimal(1000))))) == 10


@pytest.mark.parametrize(("now", "before"), [(0, 1000), (1000, 0), (-5, 1000), (1000, -5)])
def test_figure_that_is_not_above_zero_is_left_out(now, before):
    whole = changes((1, Decimal(1100), Decimal(1000)), (2, Decimal(now), Decimal(before)))
    assert [e.key for e in outliers.effects(whole)] == [k for k, _n, _b in GROUP] + [1]


def test_effect_on_the_bound_is_within():
    effect = outliers.Effect(1, Fraction(1), Decimal(5), Decimal(-5), Decimal(5))
    assert not effect.outlies
    over = outliers.Effect(1, Fraction(1), Decimal("5.0000000001"), Decimal(-5), Decimal(5))
    assert over.outlies


def test_large_respondent_outlies_where_a_small_one_does_not():
    wide = limits.Spread(width=Decimal(30))
    small, large = Decimal(10), Decimal(100_000)
    assert outlying((1, small * 2, small), spread=wide) == []
    assert outlying((1, large * 2, large), spread=wide) == [1]


def test_growth_and_the_shrinking_that_undoes_it_weigh_the_same():
    even = limits.Spread(weight=Decimal(0), smallest=3)
    same = [Change(n, Decimal(100), Decimal(100)) for n in range(9)]
    grown, shrunk = Change(98, Decimal(200), Decimal(100)), Change(99, Decimal(100), Decimal(200))
    found = {e.key: e.effect for e in outliers.effects([*same, grown, shrunk], even)}
    assert found[98] == 1
    assert found[99] == -1


def test_median_lies_between_two_even_ranks():
    flat = limits.Spread(weight=Decimal(0), smallest=2)
    two = [Change(1, Decimal(1), Decimal(1)), Change(2, Decimal(3), Decimal(1))]
    assert [e.effect for e in outliers.effects(two, flat)] == [Decimal(-1), Decimal("0.5")]


AMOUNTS = st.integers(1, 10**9).map(Decimal)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=10, max_size=30), st.integers(2, 9))
def test_order_of_the_returns_changes_no_bound(pairs, turn):
    rows = [Change(n, now, before) for n, (now, before) in enumerate(pairs)]
    one = {e.key: e for e in outliers.effects(rows)}
    assert {e.key: e for e in outliers.effects(rows[turn:] + rows[:turn])} == one


@pytest.mark.parametrize(
    ("revenue", "size"),
    [(200_000, "large"), ("199999.99", "medium"), (20_000, "medium"), ("19999.99", "small"),
     (0, "small"), (-1, "small")],
)  # fmt: skip
def test_size_by_revenue(revenue, size):
    assert outliers.size_class(Decimal(revenue)) == size


def test_size_of_an_unknown_revenue_is_none_of_them():
    assert outliers.size_class(None) == ""


@pytest.mark.parametrize(
    ("code", "division"),
    [("3562", "35"), ("C3562", "35"), (" 6510 ", "65"), ("C", ""), ("", ""), ("制造业", "")],
)
def test_industry_division(code, division):
    assert outliers.industry_division(code) == division


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"qc05_0": 50_000, "qd01": 1}, []),
        ({"qc05_0": "50000.01", "qd01": 1}, ["revenue_per_head"]),
        ({"qc05_0": 1, "qd01": 1}, []),
        ({"qc05_0": "0.99", "qd01": 1}, ["revenue_per_head"]),
        ({"qc05_0": 100, "qd01": 0}, []),
        ({"qj20": 200, "qc05_0": 100}, []),
        ({"qj20": "200.01", "qc05_0": 100}, ["research_share"]),
        ({"qc234": "-300.01", "qc05_0": 100}, ["profit_share"]),
        ({"qc51": 12, "qd05": 1}, []),
        ({"qc51": "11.99", "qd05": 1}, ["pay_per_head"]),
        ({}, []),
    ],
)
def test_fixed_limits(values, broken):
    told = {code: Decimal(value) for code, value in values.items()}
    assert [limit.code for limit, _ratio in outliers.beyond(told)] == broken


def test_risk_adds_up_its_reasons():
    whole = Standing(2, 1, Decimal(200_000), Decimal(100_000), outlier=True)
    parts = {"errors": 20, "warnings": 3, "size": 25, "change": 20, "outlier": 20}
    assert quality.risk(whole) == parts
    assert quality.risk(Standing()) == {}


def test_many_findings_weigh_no_more_than_the_most():
    assert quality.risk(Standing(errors=5)) == quality.risk(Standing(errors=50)) == {"errors": 50}
    assert quality.risk(Standing(errors=4)) == {"errors": 40}


@pytest.mark.parametrize(
    ("now", "points"), [("149.99", 0), (150, 10), ("199.99", 10), (200, 20), (50, 10), (0, 20)]
)
def test_change_of_revenue_in_the_risk(now, points):
    parts = quality.risk(Standing(revenue=Decimal(now), revenue_before=Decimal(100)))
    assert parts.get("change", 0) == points


def test_large_begins_at_two_hundred_million_yuan():
    assert quality.risk(Standing(revenue=Decimal(200_000))) == {"size": 25}
    assert quality.risk(Standing(revenue=Decimal("199999.99"))) == {}


@pytest.mark.parametrize(
    ("now", "before", "asked"),
    [(120, 100, False), ("120.01", 100, True), (80, 100, False), ("79.99", 100, True),
     (120, 0, False), (120, None, False), (None, 100, False)],
)  # fmt: skip
def test_totals_to_explain(now, before, asked):
    told = [None if value is None else Decimal(value) for value in (now, before)]
    assert quality.to_explain(*told) is asked


def hidden(*rows, total=None):
    """What is hidden of (key, respondents, value) rows."""
    cells = [Cell(key, count, Decimal(value)) for key, count, value in rows]
    whole = Cell(
        suppression.TOTAL,
        sum(c.respondents for c in cells) if total is None else total,
        sum((c.value for c in cells), Decimal(0)),
    )
    return suppression.suppressed(cells, whole)


def test_cell_with_two_respondents_is_hidden_and_one_with_three_told():
    assert hidden(("a", 2, 5), ("b", 3, 9), ("c", 8, 20)) == {"a": "few", "b": "beside"}
    assert hidden(("a", 3, 5), ("b", 3, 9)) == {}


def test_hidden_cell_takes_the_smallest_other_along():
    found = hidden(("a", 1, 5), ("b", 9, 50), ("c", 4, 700), ("d", 4, 20))
    assert found == {"a": "few", "d": "beside"}


def test_two_small_cells_do_not_protect_each_other():
    found = hidden(("a", 1, 5), ("b", 2, 7), ("c", 5, 70), ("d", 6, 70))
    assert found == {"a": "few", "b": "few", "c": "beside"}


def test_cell_without_respondents_says_nothing_and_is_told():
    assert hidden(("a", 0, 0), ("b", 4, 9)) == {}


def test_only_cell_takes_the_total_along():
    assert hidden(("a", 2, 5)) == {"a": "few", "total": "few"}
    assert hidden(("a", 2, 5), total=5) == {"a": "few", "total": "beside"}


def test_every_cell_hidden_leaves_a_total_of_three():
    assert hidden(("a", 2, 5), ("b", 2, 5)) == {"a": "few", "b": "few"}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1000)), min_size=1, max_size=12))
def test_nothing_small_is_told_and_nothing_hidden_stands_alone(rows):
    cells = [(str(n), count, value) for n, (count, value) in enumerate(rows)]
    found = hidden(*cells)
    few = {key for key, count, _v in cells if 0 < count < limits.FEWEST}
    assert few == {k for k, why in found.items() if why == "few" and k != suppression.TOTAL}
    if found and suppression.TOTAL not in found:
        assert len(found) > 1
