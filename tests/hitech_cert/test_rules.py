"""Rules of the certification: both sides of every threshold, and what must hold for all figures."""

import ast
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitech_cert import editions, rules
from hitech_cert.enums import CLASS_I, CLASS_II, CORE, OUTSIDE, CostClass, IpKind, ScoreItem
from hitech_cert.rules.experts import same
from hitech_cert.rules.research import counted
from tests.architecture.test_rules import CITES
from tests.architecture.tree import ROOT, syntax
from tests.hitech_cert.test_worked import EDITION, case_of, codes, condition
from torch_portal.common.ratios import lacking, percent
from torch_portal.common.rulebook import Rule

AMOUNT = st.decimals(min_value="0.01", max_value=20_000, places=2)
COST = st.sampled_from([c.value for c in CostClass])
COUNT = st.integers(min_value=0, max_value=20)
YEAR = st.builds(rules.RdYear, **{c.value: AMOUNT for c in CostClass})
LIMITS = EDITION.limits


def found(case, code):
    """Level, field and sentence of the findings with a code."""
    return [(str(f.level), f.field, f.text()) for f in rules.check(case) if f.code == code]


# --- both sides of every threshold ------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "no", "passes"),
    [
        ({"registered_on": "2024-06-01"}, 1, True),
        ({"registered_on": "2024-06-02"}, 1, False),
        ({"registered_on": "2025-06-02"}, 1, False),
        ({"ip_class2": 1}, 2, True),
        ({"ip_class2": 0}, 2, False),
        ({"ip_class1": 1, "ip_class2": 0}, 2, True),
        ({"staff_st": "5.00"}, 4, True),
        ({"staff_st": "4.99"}, 4, False),
        ({"ht_income": "600"}, 6, True),
        ({"ht_income": "599.99"}, 6, False),
        ({"gross_income": "1000.01"}, 6, False),
        ({"gross_income": "1000.01", "non_taxable_income": "0.01"}, 6, True),
        ({"accident": True}, 8, False),
    ],
)
def test_threshold_of_a_condition(facts, no, passes):
    case = case_of(**facts)
    assert condition(case, no) is passes
    blocked = {1: "V02", 2: "V07", 4: "staff", 6: "V13", 8: "accident"}[no]
    assert (blocked in [c for c in codes(case) if c != "V13" or not passes]) is not passes


@pytest.mark.parametrize(
    ("last", "rd", "passes"),
    [
        ("5000", "250", True),
        ("5000", "249.99", False),
        ("5000.01", "200.01", True),
        ("5000.01", "200.00", False),
        ("20000", "800", True),
        ("20000", "799.99", False),
        ("20000.01", "600.01", True),
        ("20000.01", "600.00", False),
    ],
)
def test_threshold_of_research(last, rd, passes):
    case = case_of(sales=[last], rd_years=[{"personnel": rd}])
    assert condition(case, 5) is passes
    assert ("V11" in codes(case)) is not passes


def test_what_research_lacks_is_just_enough():
    case = case_of(sales=["4000"], rd_years=[{"personnel": "100"}])
    assert "100" in found(case, "V11")[0][2]
    assert condition(case_of(sales=["4000"], rd_years=[{"personnel": "200"}]), 5)


@pytest.mark.parametrize(("other", "seen"), [("20.00", 0), ("20.01", 1)])
def test_other_cost_above_its_share_is_told(other, seen):
    case = case_of(sales=["2000"], rd_years=[{"personnel": "80", "other": other}])
    assert len(found(case, "other_cut")) == seen
    assert case.research.taken.total == 100


def test_reading_of_the_tax_return_alone_only_warns():
    rd = [{"personnel": "80", "other": "40", "ext_domestic": "50"}]
    case = case_of(sales=["3000"], rd_years=rd)
    assert condition(case, 5) is True
    assert [row[0] for row in found(case, "V11")] == ["warn"]
    assert codes(case) == []


@pytest.mark.parametrize(
    ("ps", "blocks"),
    [
        ([["600", True, True]], []),
        ([["300.01", True, True], ["299.99", False, False]], []),
        ([["300", True, True], ["300", False, True]], ["V14"]),
        ([["600", True, False]], ["V07", "V14", "V14"]),
        ([["400", True, True], ["200", True, False]], ["V14"]),
        ([["600", False, True]], ["V07", "V14"]),
        ([["599.99", True, True]], ["V13"]),
    ],
)
def test_main_products_have_rights_and_make_more_than_half(ps, blocks):
    products = [dict(zip(("income", "main", "ip"), row, strict=True)) for row in ps]
    assert codes(case_of(ps=products)) == blocks


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"staff_st": "50.01"}, "staff_st"),
        ({"staff_total": "0", "staff_st": "0"}, "staff_total"),
        ({"gross_income": "-1"}, "gross_income"),
        ({"staff_total": "49.755"}, "staff_total"),
        ({"sales": ["1000", "2000", "3000.001"]}, "sales[2]"),
        ({"rd_years": [{"personnel": "-1"}]}, "rd_years[0].personnel"),
        ({"rd_years": [{"ext_overseas": "0.001"}]}, "rd_years[0].ext_overseas"),
        ({"ps": [{"income": "-1", "main": True, "ip": True}]}, "ps[0].income"),
    ],
)
def test_figure_that_cannot_be_true_blocks_where_it_stands(facts, field):
    fields = [f.field for f in rules.check(case_of(**facts)) if f.code in ("V04", "V09")]
    assert fields == [field]


def test_income_above_the_total_blocks():
    assert [f for _l, f, _t in found(case_of(ht_income="1000.01"), "V13")] == ["ht_income", "ps"]
    assert condition(case_of(gross_income="0"), 6) is False


@pytest.mark.parametrize(
    ("years", "seen"),
    [([2022, 2023, 2024], 0), ([2021, 2023, 2024], 1), ([2022, 2024, 2024], 1), ([2023, 2024], 1)],
)
def test_years_of_research_are_the_three_before(years, seen):
    rows = [{"year": year, "personnel": "300"} for year in years]
    assert len(found(case_of(rd_years=rows), "years")) == seen


def test_amounts_in_yuan_are_suspected():
    assert found(case_of(gross_income="9999999.99"), "unit") == []
    assert len(found(case_of(gross_income="10000000"), "unit")) == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"net_assets": ["-100", "-200", "-400"]}, "V25"),
        ({"sales": ["1000", "-1", "3000"]}, "V25"),
        ({"transformations": 2}, "V25"),
        ({"transformations": 1}, "V25"),
        ({"net_assets": ["0", "80", "100"]}, "growth"),
        ({"net_assets": ["100", "0", "50"]}, "growth"),
        ({"net_assets": ["100"]}, "growth"),
        ({"net_assets": ["400", "420", "441"]}, "growth_five"),
    ],
)
def test_what_is_no_plain_case_is_told(facts, code):
    assert len(found(case_of(**facts), code)) == 1
    assert codes(case_of(**facts)) == []


@pytest.mark.parametrize("facts", [{"transformations": 3}, {"transformations": 0}])
def test_plain_case_is_not_told(facts):
    assert found(case_of(**facts), "V25") == []


def test_score_out_of_reach_is_warned_of_and_left_to_experts():
    case = case_of(
        ip_class2=1, transformations=0, sales=["2000", "1000", "500"], net_assets=["1", "1", "1"]
    )
    assert case.innovation.within(case.edition) == (1, 46)
    assert found(case, "reach")[0][0] == "warn"
    assert case.conditions[6].ok is None


def test_reach_with_growth_that_a_person_decides_goes_to_its_greatest():
    low, high = case_of(net_assets=["-1", "1", "1"]).innovation.within(EDITION)
    assert (low, high) == (33, 94)


def test_everything_wrong_is_told_at_once():
    wrong = {
        "registered_on": "2025-01-01",
        "ip_class2": 0,
        "core_field_code": "9",
        "staff_st": "1",
        "rd_years": [{"ext_overseas": "1"}],
        "ht_income": "1",
        "ps": [],
        "accident": True,
    }
    assert codes(case_of(**wrong)) == [
        "V02", "V07", "V08", "staff", "V11", "V12", "V13", "V13", "accident"
    ]  # fmt: skip


# --- what must hold for all figures -----------------------------------------------------------


@given(year=YEAR, name=COST, more=AMOUNT)
def test_more_research_never_counts_less(year, name, more):
    grown = replace(year, **{name: getattr(year, name) + more})
    for base in ("literal", "tax_form"):
        assert counted(year, LIMITS, base).total <= counted(grown, LIMITS, base).total


@given(year=YEAR)
def test_other_cost_never_has_more_than_its_share(year):
    literal = counted(year, LIMITS, "literal")
    assert literal.other <= literal.total / 5
    tax = counted(year, LIMITS, "tax_form")
    assert tax.other <= (tax.core + tax.other) / 5
    assert tax.total <= literal.total
    assert literal.other + literal.cut == Fraction(year.other)


@given(year=YEAR)
def test_domestic_share_is_a_share_and_one_without_work_abroad(year):
    for reading in ("counted", "paid"):
        share = counted(year, LIMITS, "literal").domestic_share(reading)
        assert 0 <= share <= 1
        alone = counted(replace(year, ext_overseas=Decimal(0)), LIMITS, "literal")
        assert alone.domestic_share(reading) == 1


@given(values=st.lists(AMOUNT, min_size=2, max_size=3), more=AMOUNT)
def test_more_in_the_last_year_never_lowers_growth(values, more):
    grown = [*values[:-1], values[-1] + more]
    assert rules.growth(values, EDITION).band.high <= rules.growth(grown, EDITION).band.high


@given(values=st.lists(AMOUNT, min_size=3, max_size=3), times=st.integers(2, 50))
def test_growth_does_not_depend_on_the_unit(values, times):
    one, other = (rules.growth(v, EDITION) for v in (values, [v * times for v in values]))
    assert one == other


@given(first=COUNT, second=COUNT)
def test_one_more_right_never_lowers_the_band(first, second):
    now = rules.ip_band(first, second).high
    assert now <= rules.ip_band(first + 1, second).high
    assert now <= rules.ip_band(first, second + 1).high


@given(results=COUNT, years=st.integers(1, 3))
def test_one_more_result_never_lowers_the_band(results, years):
    now, more = (rules.transformation_band(r, EDITION, years) for r in (results, results + 1))
    assert now.high <= more.high


@given(part=AMOUNT, whole=AMOUNT)
def test_what_is_lacking_is_just_enough(part, whole):
    least = Fraction(whole) / 10
    short = lacking(Fraction(part), least)
    assert Fraction(part + short) >= least
    assert short == 0 or Fraction(part + short) - Fraction(1, 100) < least


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(1, 3), "33.33"),
        (Fraction(5, 100_000), "0.01"),
        (Fraction(-5, 100_000), "-0.01"),
        (Fraction(-1, 1_000_000), "0.00"),
        (Fraction(-3, 200), "-1.50"),
    ],
)
def test_percentage_is_rounded_half_away_from_zero(share, shown):
    assert percent(share) == shown


@given(totals=st.lists(st.integers(0, 80), min_size=1, max_size=9))
def test_exact_average_is_the_same_as_itself(totals):
    exact = Fraction(sum(totals), len(totals))
    assert same(Decimal(percent(exact / 100)), exact)


# --- the catalogue ----------------------------------------------------------------------------


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda r: f"{r.code}-{r.function.__name__}")
def test_rule_has_a_clause_and_a_sentence(rule: Rule):
    assert CITES.search(rule.clause), rule.clause
    assert str(rule.sentence).endswith((".", "。"))


def test_every_class_and_every_item_is_of_one_kind():
    assert {*CORE, CostClass.OTHER, *OUTSIDE} == {*CostClass}
    assert set(IpKind) == CLASS_I | CLASS_II
    assert not CLASS_I & CLASS_II
    assert set(editions.ITEM_MOST) == set(ScoreItem)


def test_every_bound_has_a_clause():
    bounds = [value for value in vars(LIMITS).values() if isinstance(value, editions.Bound)]
    assert len(bounds) == 12
    assert all(CITES.search(b.clause) for b in bounds)


def test_no_float_stands_in_the_rules():
    names = ("hitech_cert/rules", "hitech_cert/editions", "sme_eval/rules", "sme_eval/editions")
    for path in (p for name in names for p in sorted((ROOT / name).glob("*.py"))):
        assert floats(path) == [], path


def floats(path):
    """Float constants and mentions of float in a module."""
    return [
        node
        for node in ast.walk(syntax(path))
        if isinstance(getattr(node, "value", None), float) or getattr(node, "id", "") == "float"
    ]
