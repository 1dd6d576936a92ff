"""Small cells: hidden in public, and not to be computed from what is told."""

import itertools
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.torch_portal.reports import market
from torch_portal.common.counting import Figures
from torch_portal.reports.tables import hiding, printing
from torch_portal.reports.tables.build import Line, Table


def figures(yuan, people, items=None):
    """A cell of so many yuan of so many respondents."""
    return Figures(people if items is None else items, Decimal(yuan), Decimal(yuan), people)


def table(cells, *, total=None, before=None, number="T2"):
    """A table of these rows; codes with a dot stand below the row before the dot."""
    lines = tuple(
        Line(code, code, int("." in code), cell, (before or {}).get(code))
        for code, cell in cells.items()
    )
    roots = [line.now for line in lines if line.depth == 0]
    whole = sum(roots, Figures())
    people = total if total is not None else sum(f.respondents for f in roots)
    now = Figures(whole.items, whole.total, whole.technical, people)
    earlier = Figures(9, Decimal(9), Decimal(9), 9) if before else None
    return Table(number, "", "", "", lines, Line("total", "", 0, now, earlier))


def hidden(made):
    """The codes that are hidden of this period."""
    return set(hiding.hidden([made])[made.number].now)


def test_three_respondents_are_told_and_two_are_not():
    told = table({"a": figures(5, 3), "b": figures(5, 9)})
    assert hidden(told) == set()
    small = table({"a": figures(5, 2), "b": figures(5, 9), "c": figures(7, 9)})
    assert "a" in hidden(small)


def test_one_hidden_row_takes_the_smallest_other_with_it():
    made = table({"a": figures(5, 1), "b": figures(9, 9), "c": figures(7, 4), "d": figures(8, 9)})
    assert hidden(made) == {"a", "c"}


def test_two_small_rows_hide_a_third_because_each_knows_its_own():
    made = table({"a": figures(5, 1), "b": figures(9, 1), "c": figures(7, 4), "d": figures(8, 9)})
    assert hidden(made) == {"a", "b", "c"}


def test_rows_without_contracts_are_told_and_hide_nothing():
    made = table({"a": figures(5, 1), "b": figures(0, 0), "c": figures(7, 9)}, total=10)
    assert hidden(made) == {"a", "c"}
    assert hidden(table({"a": figures(0, 0), "b": figures(7, 9)})) == set()


def test_total_is_hidden_where_no_row_could_hide_the_small_one():
    assert hidden(table({"a": figures(5, 2), "b": figures(0, 0)})) == {"a", "total"}
    pair = table({"a": figures(5, 1), "b": figures(7, 1)})
    assert hidden(pair) == {"a", "b", "total"}
    of_four = table({"a": figures(5, 2), "b": figures(7, 2)}, total=4)
    assert hidden(of_four) == {"a", "b"}


def test_total_that_one_table_hides_is_hidden_in_all():
    first = table({"a": figures(5, 2)}, number="T1")
    other = table({"x": figures(2, 3), "y": figures(3, 3)}, number="T2")
    assert "total" in hiding.hidden([first, other])["T2"].now


def test_rows_below_a_hidden_row_are_hidden_and_below_a_told_one_their_sum_is_safe():
    made = table({
        "a": figures(5, 2), "a.1": figures(5, 2),
        "b": figures(20, 9), "b.1": figures(4, 1), "b.2": figures(6, 5), "b.3": figures(10, 6),
        "c": figures(9, 9), "c.1": figures(9, 9),
    })  # fmt: skip
    assert hidden(made) == {"a", "a.1", "c", "c.1", "b.1", "b.2"}


def test_growth_is_hidden_when_the_year_before_is():
    before = {"a": figures(5, 2), "b": figures(4, 4), "c": figures(4, 9)}
    made = table({"a": figures(9, 4), "b": figures(8, 5), "c": figures(8, 9)}, before=before)
    found = hiding.hidden([made])
    text = printing.printed([made], unit="yi", hidden=found)[0]
    rows = {line.code: line.figures for line in text.lines}
    assert rows["a"][0] == "4"
    assert [rows["a"][n] for n in (1, 3, 6)] == ["*", "*", "*"]
    assert rows["c"][1] == "0.0"


CELLS = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(0, 6)).map(
        lambda c: figures(c[0] if c[1] else 0, c[1])
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=300, deadline=None)
@given(CELLS)
def test_nothing_hidden_can_be_computed_from_the_total(cells):
    made = table(dict(zip("abcdefg", cells, strict=False)))
    found = hidden(made)
    small = {line.code for line in made.lines if 0 < line.now.respondents < 3}
    assert small <= found
    rows = found - {"total"}
    if rows and "total" not in found:
        behind = [line.now.respondents for line in made.lines if line.code in rows]
        assert len(rows) > 1
        everything = rows == {line.code for line in made.lines if line.now.items}
        assert max(behind) >= 3 or (everything and made.total.now.respondents >= 3)


@pytest.mark.parametrize("people", [2, 3])
def test_public_files_hide_and_official_ones_tell(house, client, people):
    codes = [f"{n:018d}" for n in range(9)]
    rows = [{"seller_code": c, "kind": "service"} for c in codes]
    rows += [{"seller_code": c, "kind": "consulting", "subkind": "con"} for c in codes[:5]]
    rows += [{"seller_code": c, "kind": "transfer", "subkind": "trf_secret"}
             for c in codes[:people]]  # fmt: skip
    market.registered(market.Where(house, "33"), rows)
    client.force_login(house.official)
    asked = {"place": "33", "since": "2021-01-01", "until": "2021-06-30"}
    whole = client.get(reverse("api:tables"), asked).json()["tables"]
    public = client.get(reverse("api:tables"), asked | {"public": "1"}).json()["tables"]
    assert all(row["now"] for t in whole for row in t["rows"])
    told = {row["code"]: row["now"] for row in public[0]["rows"]}
    assert (told["transfer"] is None) is (people < 3)
    assert (told["consulting"] is None) is (people < 3)
    assert told["service"]["items"] == 9
    numbers = [t["number"] for t in public]
    assert "T7.4" not in numbers
    page = client.get(reverse("reports:tables"), asked | {"public": "1"}).content.decode()
    assert ('<td class="figure">*</td>' in page) is (people < 3)


def test_pairs_of_hidden_rows_in_small_tables():
    """Every table of three rows with up to four respondents each: never one hidden alone."""
    for people in itertools.product(range(5), repeat=3):
        cells = {c: figures(n + 1 if p else 0, p)
                 for n, (c, p) in enumerate(zip("abc", people, strict=True))}  # fmt: skip
        found = hidden(table(cells))
        assert len(found) != 1
