"""F1 to F6: due, waived, counted, paid and split rent, on both sides of every limit."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubators import editions
from incubators.enums import BudgetPolicy, CarrierKind, Flag, Ownership, RentBasis, WaiverKind
from incubators.rules import Carrier, Entrant, Line, Tenant, due, placed, relieve, split, waived
from tests.incubators.building import TERMS, claim, line, tenant

FEB, MAR = date(2020, 2, 1), date(2020, 3, 1)
D = Decimal


@pytest.mark.parametrize(
    ("basis", "unit", "area", "month", "full"),
    [
        (RentBasis.MONTHLY, "8700", None, FEB, 8700),
        (RentBasis.PER_M2_MONTH, "75", "120", FEB, 9000),
        (RentBasis.PER_M2_DAY, "2.5", "120", FEB, 8700),
        (RentBasis.PER_M2_DAY, "2.5", "120", MAR, 9300),
        (RentBasis.PER_M2_DAY, "2.5", None, MAR, 0),
    ],
)
def test_due_rent_of_a_full_month(basis, unit, area, month, full):
    told = tenant(rent=unit, basis=basis, area=area and D(area), fee=D(100))
    assert due(told, month) == full
    assert due(told, month, include_fees=True) == full + 100


@pytest.mark.parametrize(
    ("begins", "ends", "amount"),
    [
        ((2020, 2, 15), (2020, 12, 31), "4500.00"),
        ((2020, 2, 16), (2020, 12, 31), "4200.00"),
        ((2020, 1, 1), (2020, 2, 1), "300.00"),
        ((2020, 1, 1), (2020, 1, 31), "0.00"),
        ((2020, 2, 29), (2020, 12, 31), "300.00"),
        ((2020, 3, 1), (2020, 12, 31), "0.00"),
        ((2020, 2, 1), (2020, 2, 29), "8700.00"),
    ],
)
def test_waived_rent_follows_the_days_of_the_lease(begins, ends, amount):
    leased = tenant(rent="8700", lease_from=date(*begins), lease_to=date(*ends))
    assert waived(leased, leased.lines[0], TERMS) == D(amount)
    assert (Flag.OUTSIDE_LEASE in relieve(claim(leased)).flags) is (amount == "0.00")


def test_waived_rent_is_rounded_half_up_once():
    assert waived(tenant(rent="0.01"), line(ratio="0.5"), TERMS) == D("0.01")
    assert waived(tenant(rent="0.01"), line(ratio="0.499999"), TERMS) == D("0.00")
    thirds = tenant(rent="100", lease_from=date(2020, 2, 20))
    assert waived(thirds, line(), TERMS) == D("34.48")


@pytest.mark.parametrize(
    ("ratio", "counts"), [("0", False), ("0.000001", True), ("1", True), ("1.000001", False),
                          ("-0.5", False)],
)  # fmt: skip
def test_waiver_is_never_above_the_rent(ratio, counts):
    found = relieve(claim(tenant(line(ratio=ratio))))
    assert (found.flags == ()) is counts
    assert found.waived <= 10_000


@pytest.mark.parametrize("kind", WaiverKind)
def test_deferral_is_never_relief(kind):
    found = relieve(claim(tenant(line(kind=kind))))
    deferred = kind is WaiverKind.DEFER
    assert found.eligible == found.waived == (0 if deferred else 10_000)
    assert found.flags == ((Flag.DEFER_NOT_COUNTED,) if deferred else ())


@pytest.mark.parametrize(("most", "counted"), [(None, 4), (5, 4), (4, 4), (3, 3), (1, 1), (0, 0)])
def test_earliest_months_count(most, counted):
    months = ("2020-05", "2020-02", "2020-04", "2020-03")
    lines = [line(month, "0.5" if month == "2020-05" else "1") for month in months]
    found = relieve(claim(tenant(*lines), programme=replace(TERMS, max_months=most)))
    assert found.eligible == 10_000 * min(counted, 3) + (5_000 if counted == 4 else 0)
    assert (Flag.MONTHS_OVER_LIMIT in found.flags) is (counted < 4)
    assert found.waived == 35_000


def test_limit_of_months_is_one_for_a_tenant_with_two_leases():
    first = tenant(line("2020-02"), line("2020-03"), lease_to=date(2020, 3, 31))
    second = tenant(line("2020-04"), line("2020-05"), lease_from=date(2020, 4, 1))
    assert relieve(claim(first, second, programme=replace(TERMS, max_months=3))).eligible == 30_000


def test_months_of_a_risk_district():
    programme = replace(TERMS, max_months=1, max_months_risk=2)
    told = tenant(line("2020-02"), line("2020-03"), line("2020-04"))
    assert relieve(claim(told, programme=programme)).eligible == 10_000
    at_risk = claim(told, programme=programme, carrier=Carrier(risk_district=True))
    assert relieve(at_risk).eligible == 20_000


@pytest.mark.parametrize(
    ("begins", "ends", "eligible"),
    [
        ((2022, 3, 1), (2022, 12, 31), "50301.37"),
        ((2022, 1, 1), (2022, 12, 31), "60000.00"),
        ((2021, 6, 1), (2023, 5, 31), "60000.00"),
        ((2022, 1, 2), (2022, 12, 31), "59835.62"),
    ],
)
def test_months_are_cut_by_the_lease(begins, ends, eligible):
    programme = editions.programme("P-BJ22")
    lines = [line(f"2022-{month:02d}") for month in range(3, 9)]
    leased = tenant(*lines, lease_from=date(*begins), lease_to=date(*ends))
    at_risk = Carrier(kind=CarrierKind.INCUBATOR, risk_district=True)
    assert relieve(claim(leased, programme=programme, carrier=at_risk)).eligible == D(eligible)


def test_lease_over_a_leap_year_is_still_a_whole_year():
    programme = replace(TERMS, max_months=1, prorate_by_lease=True, year=2020)
    assert relieve(claim(programme=programme)).eligible == 10_000
    daily = tenant(line("2020-03"), rent="1", basis=RentBasis.PER_M2_DAY, area=D(12))
    assert relieve(claim(daily, programme=programme)).eligible == 365
    with pytest.raises(ValueError, match="year"):
        relieve(claim(programme=replace(programme, year=None)))


@pytest.mark.parametrize(
    ("kind", "eligible", "subsidy", "flags"),
    [
        (CarrierKind.INCUBATOR, "600000.00", "300000.00", ()),
        (CarrierKind.INCUBATOR, "600000.02", "300000.00", (Flag.CAP_APPLIED,)),
        (CarrierKind.INCUBATOR, "599999.99", "300000.00", ()),
        (CarrierKind.MAKERSPACE, "400000.00", "200000.00", ()),
        (CarrierKind.MAKERSPACE, "400000.02", "200000.00", (Flag.CAP_APPLIED,)),
    ],
)
def test_cap_is_that_of_the_kind(kind, eligible, subsidy, flags):
    programme = replace(editions.programme("P-SZ"), excludes_state_premises=False)
    found = relieve(claim(tenant(rent=eligible), programme=programme, carrier=Carrier(kind=kind)))
    assert (found.subsidy, found.flags) == (D(subsidy), flags)


def test_carrier_outside_the_programme_gets_nothing():
    programme = editions.programme("P-JN")
    state = Carrier(kind=CarrierKind.INCUBATOR, ownership=Ownership.STATE)
    found = relieve(claim(programme=programme, carrier=state))
    assert (found.raw, found.subsidy, found.flags) == (3000, 0, (Flag.NOT_ELIGIBLE,))
    own = replace(state, ownership=Ownership.NON_STATE)
    assert relieve(claim(programme=programme, carrier=own)).subsidy == 3000


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ({}, ()),
        ({"asked": True}, (Flag.UNCONFIRMED,)),
        ({"asked": True, "confirmed": D("10000.00")}, ()),
        ({"asked": True, "confirmed": D("9999.99")}, (Flag.MISMATCH,)),
        ({"asked": True, "confirmed": D("10000.01")}, (Flag.MISMATCH,)),
        ({"asked": True, "ruled": True}, ()),
        ({"asked": True, "confirmed": D("10000.00"), "ruled": False}, (Flag.EXCLUDED,)),
    ],
)
def test_line_counts_when_confirmed_or_settled(values, flags):
    found = relieve(claim(tenant(line(**values))))
    assert found.flags == flags
    assert found.eligible == (0 if flags else 10_000)


def test_month_claimed_twice_counts_for_neither_line_until_one_is_taken_out():
    both = claim(tenant(line(), line("2020-03")), tenant(line(ratio="0.4")))
    found = relieve(both)
    assert found.flags == (Flag.DUP_TENANT_MONTH,)
    assert found.eligible == found.waived == 10_000
    settled = claim(tenant(line(), line("2020-03")), tenant(line(ratio="0.4", ruled=False)))
    assert relieve(settled).eligible == 20_000


def test_months_outside_the_window_do_not_count():
    programme = replace(TERMS, window_from=date(2020, 2, 15), window_to=date(2020, 3, 15))
    told = tenant(*(line(f"2020-0{month}") for month in (1, 2, 3, 4)))
    found = relieve(claim(told, programme=programme))
    assert [each.counts for each in found.tenants[0].lines] == [False, True, True, False]


def entrant(number, eligible, kind=CarrierKind.INCUBATOR, minute=0):
    """A verified claim."""
    at = datetime(2020, 9, 1, 9, minute, tzinfo=UTC)
    return Entrant(f"A{number:03d}", kind, D(eligible), at, number)


def test_only_the_first_fifty_of_a_kind_are_paid():
    programme = editions.programme("P-SZ")
    entrants = [entrant(n, 1_000_000 - n) for n in range(1, 51)]
    entrants += [entrant(51, "90000.00"), entrant(99, "90000", CarrierKind.MAKERSPACE)]
    found = {each.entrant.number: each for each in placed(entrants[::-1], programme)}
    assert (found["A050"].place, found["A050"].subsidy) == (50, 300_000)
    assert (found["A051"].place, found["A051"].subsidy) == (51, 0)
    assert found["A051"].flags == (Flag.RANK_LIMIT,)
    assert found["A051"].raw == 45_000
    assert (found["A099"].place, found["A099"].subsidy) == (1, 45_000)


def test_equal_claims_are_ranked_by_moment_then_id():
    entrants = [entrant(3, 100), entrant(1, 100, minute=1), entrant(2, 100)]
    order = [each.entrant.id for each in placed(entrants, editions.programme("P-SZ"))]
    assert order == [2, 3, 1]
    rated = placed(entrants, replace(editions.programme("P-SZ"), rank_limits={}))
    assert [each.subsidy for each in rated] == [50, 50, 50]


@pytest.mark.parametrize(
    ("raw", "budget", "policy", "parts"),
    [
        (["100.00", "100.00", "100.00"], "100.00", "PRO_RATA", ["33.34", "33.33", "33.33"]),
        (["0.01", "0.01", "0.01"], "0.02", "PRO_RATA", ["0.01", "0.01", "0.00"]),
        (["1.00", "2.00"], "3.00", "PRO_RATA", ["1.00", "2.00"]),
        (["1.00", "2.00"], "2.99", "PRO_RATA", ["1.00", "1.99"]),
        (["0", "0"], "0", "PRO_RATA", ["0", "0"]),
        ([], "5", "PRO_RATA", []),
        (["60", "50", "10"], "100", "RANK", ["60", "40", "0"]),
        (["60", "40", "10"], "100", "RANK", ["60", "40", "0"]),
        (["60", "50"], "1", "NONE", ["60", "50"]),
    ],
)
def test_budget_is_split_to_the_fen(raw, budget, policy, parts):
    found = split([D(each) for each in raw], D(budget), BudgetPolicy(policy))
    assert list(found) == [D(each) for each in parts]


@pytest.mark.parametrize("amount", ["0.001", "-1"])
def test_amounts_that_are_no_fen_are_not_split(amount):
    with pytest.raises(ValueError, match="two decimals"):
        split([D(amount)], D(1), BudgetPolicy.RANK)


AMOUNTS = st.integers(0, 10**12).map(lambda fen: D(fen).scaleb(-2))


@given(st.lists(AMOUNTS, max_size=40), AMOUNTS, st.sampled_from(["PRO_RATA", "RANK"]))
def test_split_sums_to_the_budget_and_never_gives_more_than_was_wanted(raw, budget, policy):
    found = split(raw, budget, BudgetPolicy(policy))
    assert sum(found) == min(sum(raw), budget)
    assert all(0 <= part <= each for part, each in zip(found, raw, strict=True))


LINES = st.builds(
    Line,
    month=st.integers(1, 12).map(lambda month: date(2020, month, 1)),
    ratio=st.decimals(0, "1.1", places=3),
    kind=st.sampled_from(WaiverKind),
    confirmed=st.none() | st.just(D("5000.00")),
    asked=st.booleans(),
    ruled=st.sampled_from([None, True, False]),
)
TENANTS = st.builds(
    Tenant,
    name=st.sampled_from("甲乙丙丁"),
    rent=st.decimals(0, 50_000, places=2),
    lines=st.lists(LINES, max_size=6).map(tuple),
    lease_from=st.dates(date(2019, 6, 1), date(2020, 6, 1)),
    lease_to=st.dates(date(2020, 6, 1), date(2021, 6, 1)),
)
PROGRAMMES = st.builds(
    replace,
    st.just(TERMS),
    max_months=st.none() | st.integers(0, 6),
    prorate_by_lease=st.booleans(),
    year=st.just(2020),
    rate=st.decimals(0, 1, places=2),
    caps=st.just({}) | AMOUNTS.map(lambda cap: {CarrierKind.INCUBATOR: cap}),
)
COUNTED = ("waived", "eligible", "raw", "subsidy")


@given(st.lists(TENANTS, max_size=5), PROGRAMMES, st.randoms(use_true_random=False))
def test_no_order_of_lines_or_tenants_changes_a_sum(tenants, programme, chance):
    first = relieve(claim(*tenants or [tenant()], programme=programme))
    mixed = [
        replace(each, lines=tuple(chance.sample(each.lines, len(each.lines)))) for each in tenants
    ]
    chance.shuffle(mixed)
    second = relieve(claim(*mixed or [tenant()], programme=programme))
    assert [getattr(first, n) for n in COUNTED] == [getattr(second, n) for n in COUNTED]
    assert set(first.flags) == set(second.flags)


@given(st.lists(TENANTS, min_size=1, max_size=5), PROGRAMMES)
def test_waiver_never_exceeds_the_rent_and_nothing_grows_on_its_way(tenants, programme):
    found = relieve(claim(*tenants, programme=programme))
    for each in found.tenants:
        assert all(0 <= judged.waived <= each.tenant.rent for judged in each.lines)
        assert 0 <= each.eligible <= each.waived
    assert 0 <= found.subsidy <= found.raw <= found.eligible <= found.waived
