"""Tables T1 to T10: worked totals, both sides of rounding, regions, years, periods."""

import datetime
from decimal import Decimal

import pytest

from contracts import line
from contracts.enums import State
from contracts.models import Contract
from tests.factories.contracts import contract_at
from tests.torch_portal.reports import market
from torch_portal.accounts.models import Division
from torch_portal.common.codes import jurisdiction_of
from torch_portal.common.counting import Figures
from torch_portal.reports.tables import printing, reading
from torch_portal.reports.tables.span import BadSpan, Span, named, span

YI = Decimal(10**8)
DAY = datetime.date


def table(tables, number):
    """The table of this number."""
    return next(t for t in tables if t.number == number)


def told(tables, number, code, unit="yi"):
    """The printed figures of one row."""
    printed = printing.printed([table(tables, number)], unit=unit)[0]
    return next(line.figures for line in printed.lines if line.code == code)


def test_hubei_first_half_of_2021(db, django_assert_num_queries):
    """As published: 21,198 contracts, 981.77 亿元, with the shares half up to two decimals."""
    hubei = market.hubei()
    # Roles, one pass over the contracts (in a transaction, with its setting), two of names.
    with django_assert_num_queries(7):
        tables = reading.live(hubei.official, "42", market.H1)
    t1, t7 = table(tables, "T1"), table(tables, "T7.3")
    assert (t1.total.now.items, t1.total.now.total) == (21_198, Decimal("981.77") * YI)
    amounts = {c: t1.line(c).now.total / YI for c in market.KINDS}
    assert amounts == {k: Decimal(v) for k, v in market.KINDS.items()}
    assert sum(amounts.values()) == Decimal("981.77")
    assert t7.line("inside").now.total / YI == Decimal("531.43")
    assert t7.line("outside").now.total / YI == Decimal("450.34")
    assert [told(tables, "T1", c)[4] for c in market.KINDS] == ["67.35", "19.41", "11.93", "1.31"]
    assert [told(tables, "T7.3", c)[4] for c in ("inside", "outside")] == ["54.13", "45.87"]
    assert told(tables, "T1", "total")[:3] == ("21,198", "—", "981.77")
    check_parts(tables)


def test_share_does_not_follow_a_press_release_that_truncates():
    """784.19 of 981.77 is 79.8751 percent: printed 79.87 in the press, half up 79.88."""
    whole = Figures(1, Decimal("981.77") * YI)
    assert printing.share(Figures(1, Decimal("784.19") * YI), whole) == "79.88"


def check_parts(tables):
    """Every table of parts adds up to the same total."""
    for made in (t for t in tables if t.total):
        roots = [row.now for row in made.lines if row.depth == 0]
        parts = (sum(f.items for f in roots), sum(f.total for f in roots))
        assert parts == (made.total.now.items, made.total.now.total), made.number


@pytest.mark.parametrize(
    ("yuan", "unit", "text"),
    [
        ("1234499999.99", "yi", "12.34"),
        ("1234500000.00", "yi", "12.35"),
        ("1234549.99", "wan", "123.45"),
        ("1234550.00", "wan", "123.46"),
        ("0.00", "yi", "0.00"),
        ("49999.99", "wan", "5.00"),
        ("6147566000000", "yi", "61,475.66"),
    ],
)
def test_amounts_are_rounded_half_up_when_they_are_printed(yuan, unit, text):
    assert printing.amount(Decimal(yuan), unit) == text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        ("28251.51", "22398.39", "+26.1"),
        ("37294.3", "28251.51", "+32.0"),
        ("68354", "61475.66", "+11.2"),
        ("100.05", "100", "+0.1"),
        ("100.04", "100", "0.0"),
        ("99.95", "100", "-0.1"),
        ("99.96", "100", "0.0"),
        ("0", "100", "-100.0"),
        ("5", "0", "—"),
        ("5", None, "—"),
    ],
)
def test_growth_has_one_decimal_half_up(now, before, text):
    earlier = None if before is None else Decimal(before)
    assert printing.growth_of(Decimal(now), earlier) == text


def test_sums_are_made_before_rounding(house):
    """Three times 0.004 亿元 prints as 0.00 each and as 0.01 together."""
    where = market.Where(house, "33")
    market.registered(where, [{"kind": k, "total_yuan": Decimal(400_000)} for k in
                              ("service", "consulting", "transfer")])  # fmt: skip
    tables = reading.live(house.official, "33", market.H1)
    assert told(tables, "T1", "service")[2] == "0.00"
    assert told(tables, "T1", "total")[2] == "0.01"


def test_technical_amount_is_the_agencys_where_it_fixed_one(house):
    where = market.Where(house, "33")
    market.registered(where, [
        {"total_yuan": Decimal(900), "technical_yuan": Decimal(800)},
        {"total_yuan": Decimal(900), "technical_yuan": Decimal(800),
         "fixed_technical_yuan": Decimal(500)},
    ])  # fmt: skip
    total = table(reading.live(house.official, "33", market.H1), "T1").total.now
    assert (total.items, total.total, total.technical) == (2, 1800, 1300)


def test_contracts_inside_a_region_count_as_output_and_as_absorption(house):
    market.registered(market.Where(house, "33"), [
        {"seller_division": "330106", "buyer_division": "330302"},
        {"seller_division": "330106", "buyer_division": "330212"},  # 宁波 stands beside 浙江
        {"seller_division": "330106", "buyer_division": "440305"},
        {"seller_division": "330106", "buyer_division": "810000"},
        {"seller_division": "330106", "buyer_division": "", "buyer_country": "日本"},
    ])  # fmt: skip
    tables = reading.live(house.official, "33", market.H1)
    out, taken, flow = (table(tables, n) for n in ("T7.1", "T7.2", "T7.3"))
    assert out.line("33").now.items == 5
    found = {c: taken.line(c).now.items for c in ("33", "3302", "4403", "44", "hmt", "abroad")}
    assert found == {"33": 1, "3302": 1, "4403": 1, "44": 0, "hmt": 1, "abroad": 1}
    assert {row.code: row.now.items for row in flow.lines} == {
        "inside": 1, "outside": 2, "hmt": 1, "abroad": 1,
    }  # fmt: skip
    pairs = {row.code for row in table(tables, "T7.4").lines}
    assert pairs == {"33>33", "33>3302", "33>4403", "33>hmt", "33>abroad"}
    assert table(tables, "T9.1").line("delta").now.items == 5
    assert table(tables, "T9.2").line("bay").now.items == 2
    assert table(tables, "T9.3").line("delta").now.items == 2
    assert [row.code for row in table(tables, "T8").lines] == ["330100"]


def test_regions_in_the_database_are_those_of_the_rules(house):
    codes = list(Division.objects.values_list("code", flat=True)[::17])
    codes += ["659001", "660100", "330212", "210202", "440305"]
    market.registered(
        market.Where(house, "33"), [{"seller_division": c, "buyer_division": c} for c in codes]
    )
    tables = reading.live(house.official, "33", market.H1)
    wanted: dict[str, int] = {}
    for code in codes:
        region = jurisdiction_of(code)
        wanted[region] = wanted.get(region, 0) + 1
    outside = wanted.pop("", 0)
    for number in ("T7.1", "T7.2"):
        found = {r.code: r.now.items for r in table(tables, number).lines if r.now.items}
        assert found.pop("hmt", 0) == outside
        assert found == wanted


def test_seller_type_is_the_enterprises_where_the_seller_files(house):
    house.firm.nature = "022"
    house.firm.save()
    market.registered(market.Where(house, "33"), [
        {}, {}, {"applicant": "buyer", "buyer_nature": "300"}, {"buyer_nature": "200"},
    ])  # fmt: skip
    tables = reading.live(house.official, "33", market.H1)
    assert table(tables, "T6.1").line("022").now.items == 3
    assert table(tables, "T6.1").line("rest").now.items == 1
    buyers = table(tables, "T6.2")
    assert (buyers.line("firm").now.items, buyers.line("300").now.items) == (4, 1)


def test_government_plans_and_property_stand_against_the_rest(house):
    market.registered(market.Where(house, "33"), [
        {"plan_source": "national", "ip_kind": "software"},
        {"plan_source": "city", "ip_kind": "none"},
        {"plan_source": "outside", "ip_kind": "utility_model"},
    ])  # fmt: skip
    tables = reading.live(house.official, "33", market.H1)
    assert {c: table(tables, "T4").line(c).now.items for c in ("planned", "city", "outside")} == {
        "planned": 2, "city": 1, "outside": 1,
    }  # fmt: skip
    assert table(tables, "T3").line("involved").now.items == 2


def test_year_on_year_compares_the_same_days(house):
    where = market.Where(house, "33")
    inside, outside = DAY(2020, 6, 30), DAY(2020, 7, 1)
    market.registered(where, [{"recognised_on": d} for d in (inside, outside, DAY(2019, 12, 31))])
    market.registered(where, [{}, {}, {}])
    tables = reading.live(house.official, "33", market.H1)
    total = table(tables, "T1").total
    assert (total.now.items, total.before.items) == (3, 1)
    assert told(tables, "T1", "total")[1] == "+200.0"
    months = table(tables, "T10")
    assert months.line("2021-06").before.items == 1
    assert [r.code for r in months.lines][:4] == ["2021Q1", "2021-01", "2021-02", "2021-03"]


def test_only_contracts_in_force_count(house):
    for state in (State.RECOGNISED, State.REVOCATION_NOTICED, State.DEREGISTERED, State.REFUSED):
        contract_at(state, firm=house.firm, by=house.filer, office=house.office,
                    examiner=house.reviewer, project_name=state)  # fmt: skip
    day = Contract.objects.exclude(recognised_on=None).first().recognised_on
    found = reading.live(house.official, "33", Span(day, day))
    assert table(found, "T1").total.now.items == 2


def test_nothing_is_counted_outside_the_persons_sight(house):
    market.registered(market.Where(house, "33"), [{}, {}])
    assert table(reading.live(house.official, "33", market.H1), "T1").total.now.items == 2
    for person in (house.stranger, house.far_reviewer, house.operator):
        assert table(reading.live(person, "33", market.H1), "T1").total.now.items == 0
        assert not reading.may_read(person, "33")
        assert reading.places(person) == {}


def test_dimensions_name_every_value_of_their_column():
    for name, field in {"kind": "kind", "field": "tech_field", "ip": "ip_kind"}.items():
        codes = {e.code for e in line.DIMENSIONS[name].entries}
        assert codes == {c for c, _label in Contract._meta.get_field(field).choices}


@pytest.mark.parametrize(
    ("since", "until", "field", "words"),
    [
        ("2021-07-01", "2021-06-30", "until", "2021-06-30"),
        ("2001-01-01", "2020-12-31", "until", "5"),
        ("2016-01-01", "2021-01-01", "until", "5"),
        ("2021-02-30", "2021-06-30", "since", "2021-06-30"),
        ("2021-01-01", "", "until", "2021-06-30"),
        ("1021-01-01", "1021-06-30", "since", "1985"),
    ],
)
def test_period_that_makes_no_sense_is_refused_with_words(since, until, field, words):
    with pytest.raises(BadSpan, match=words) as refused:
        span(since, until)
    assert refused.value.field == field


def test_period_of_a_day_and_of_five_years_are_taken():
    assert span("2021-01-01", "2021-01-01").comparable
    assert not span("2016-01-01", "2020-12-31").comparable
    assert span("2016-01-01", "2020-12-31").year_before is None
    assert span("2021-01-01", "2021-12-31").comparable
    assert not span("2021-01-01", "2022-01-01").comparable


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ("2021-01-01", "2021-06-30", "2020-01-01—2020-06-30"),
        ("2020-02-01", "2020-02-29", "2019-02-01—2019-02-28"),
        ("2021-02-01", "2021-02-28", "2020-02-01—2020-02-29"),
        ("2020-02-29", "2020-02-29", "2019-02-28—2019-02-28"),
    ],
)
def test_year_before_keeps_the_end_of_february(since, until, before):
    assert str(span(since, until).year_before) == before


def test_periods_at_hand():
    found = named(DAY(2021, 2, 10))
    assert str(found["last_month"]) == "2021-01-01—2021-01-31"
    assert str(found["last_quarter"]) == "2020-10-01—2020-12-31"
    assert str(found["last_half"]) == "2020-07-01—2020-12-31"
    assert str(found["year"]) == "2021-01-01—2021-12-31"
