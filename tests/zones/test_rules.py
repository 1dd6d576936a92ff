"""Rates, roll-ups, punctuality, interest and findings of the zones, both sides of each limit."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torch_portal.common.money import to_the_fen
from zones import editions
from zones.enums import MeasureKind, Punctuality
from zones.rules import (
    ALL_RULES,
    DailyReport,
    Measure,
    Outbreak,
    check_measure,
    check_outbreak,
    check_report,
    coverage,
    deadline,
    dropped,
    interest_relief,
    late_zones,
    latest,
    punctuality,
    rate,
    relief_of,
    roll_up,
    shown,
)

D = Decimal
DAY = date(2020, 2, 26)
AT = datetime(2020, 2, 27, 9, 0, tzinfo=editions.SHANGHAI)
REPORT = DailyReport("33103001", DAY, total=200, resumed=158)


def found(findings):
    """Code, field and level of each finding."""
    return [(f.code, f.field, f.level.value) for f in findings]


# --- the register -----------------------------------------------------------------------------


def test_register_has_the_169_zones_of_the_notice():
    zones = editions.REGISTER.in_force(date(2020, 2, 6))
    assert len(zones) == len({z.code for z in zones}) == len({z.name_zh for z in zones}) == 169
    assert Counter(zone.code[2:5] for zone in zones) == {"103": 168, "101": 1}
    provinces = Counter(zone.province for zone in zones)
    assert (provinces["32"], provinces["44"], provinces["11"], len(provinces)) == (18, 14, 1, 30)
    for province in provinces:
        codes = sorted(z.code for z in zones if z.code.startswith(f"{province}103"))
        assert codes == [f"{province}103{n:03d}" for n in range(1, len(codes) + 1)]


def test_zone_is_found_by_its_code():
    beijing = editions.REGISTER.zone("11103001")
    assert (beijing.name_zh, beijing.province) == ("中关村科技园区", "11")
    assert editions.REGISTER.zone("32101004").name_zh == "苏州工业园区"
    with pytest.raises(editions.NoZone):
        editions.REGISTER.zone("11101001")


def test_zone_is_in_force_from_its_first_to_its_last_day():
    row = ["33103999", "某高新区", "2021-03-01", "2022-02-28", "33103998"]
    zone = editions.from_data(row)
    held = [date(2021, 2, 28), date(2021, 3, 1), date(2022, 2, 28), date(2022, 3, 1)]
    assert [zone.in_force(day) for day in held] == [False, True, True, False]
    assert zone.successor == "33103998"
    with pytest.raises(ValueError, match="33101001"):
        editions.from_data(["33101001", "某经开区"])


def test_register_is_silent_about_earlier_days():
    with pytest.raises(editions.NoRegister):
        editions.REGISTER.in_force(date(2020, 2, 5))
    assert editions.REGISTER.unconfirmed
    assert editions.TERMS_2020.unconfirmed


# --- figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "value", "eye"),
    [
        (158, 200, "0.7900", "79.00%"),
        (208, 250, "0.8320", "83.20%"),
        (1, 3, "0.3333", "33.33%"),
        (2, 3, "0.6667", "66.67%"),
        (1, 20_000, "0.0001", "0.01%"),
        (1, 20_001, "0.0000", "0.00%"),
        (0, 5, "0.0000", "0.00%"),
        (5, 5, "1.0000", "100.00%"),
    ],
)
def test_rate_has_four_decimals(part, whole, value, eye):
    assert (str(rate(part, whole)), shown(part, whole)) == (value, eye)


def test_rate_of_nothing_is_unknown():
    assert (rate(0, 0), shown(0, 0)) == (None, "-")


def test_roll_up_is_sum_over_sum_and_no_mean_of_rates():
    other = DailyReport("33103002", DAY, total=50, resumed=50, above_total=10, above_resumed=9)
    sums = roll_up([REPORT, other])
    assert (sums.resumed, sums.total, str(sums.rate)) == (208, 250, "0.8320")
    assert (sums.zones, sums.all_resumed, str(sums.above_rate)) == (2, 1, "0.9000")


def test_roll_up_takes_the_newest_revision_of_each_zone():
    revised = replace(REPORT, resumed=180, revision=2)
    assert latest([revised, REPORT]) == latest([REPORT, revised]) == [revised]
    assert roll_up([revised, REPORT]).resumed == 180


REPORTS = st.builds(
    DailyReport,
    zone=st.sampled_from([zone.code for zone in editions.REGISTER.zones]),
    data_date=st.just(DAY),
    total=st.integers(0, 10_000),
    resumed=st.integers(0, 10_000),
)


@given(st.lists(REPORTS, unique_by=lambda r: r.zone, max_size=20), st.randoms())
def test_roll_up_of_any_parts_adds_up(reports, chance):
    mixed = chance.sample(reports, len(reports))
    assert roll_up(mixed) == roll_up(reports)
    one, two = roll_up(reports[:5]), roll_up(reports[5:])
    assert one.total + two.total == roll_up(reports).total
    assert one.resumed + two.resumed == roll_up(reports).resumed


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2020-02-27T11:59:59+08:00", "ON_TIME"),
        ("2020-02-27T11:59:59.999999+08:00", "ON_TIME"),
        ("2020-02-27T12:00:00+08:00", "LATE"),
        ("2020-02-27T12:00:01+08:00", "LATE"),
        ("2020-02-27T03:59:59+00:00", "ON_TIME"),
        ("2020-02-27T04:00:00+00:00", "LATE"),
        ("2020-02-26T23:00:00+08:00", "ON_TIME"),
    ],
)
def test_report_is_on_time_before_noon_of_the_next_day(moment, expected):
    assert punctuality(DAY, datetime.fromisoformat(moment)) is Punctuality(expected)


def test_moment_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="zone of time"):
        punctuality(DAY, datetime(2020, 2, 27, 11))  # noqa: DTZ001  # what is tested
    assert deadline(DAY) == datetime(2020, 2, 27, 4, tzinfo=UTC)


def test_coverage_and_late_zones_are_of_the_zones_in_force():
    codes = [zone.code for zone in editions.REGISTER.zones]
    assert str(coverage(DAY, codes[:158])) == "0.9349"
    assert [zone.code for zone in late_zones(DAY, codes[:158])] == codes[158:]
    assert coverage(DAY, {"99103001"}) == 0


@pytest.mark.parametrize(
    ("principal", "market", "charged", "days", "relief"),
    [
        ("5000000.00", "4.35", "1.60", 90, "34375.00"),
        ("5000000.00", "4.35", "0", 90, "54375.00"),
        ("5000000.00", "4.35", "4.35", 90, "0.00"),
        ("5000000.00", "4.35", "4.36", 90, "0.00"),
        ("5000000.00", "4.35", "1.60", 0, "0.00"),
        ("0.36", "5", "0", 100, "0.01"),
        ("0.35", "5", "0", 100, "0.00"),
    ],
)
def test_interest_relief_to_the_fen(principal, market, charged, days, relief):
    assert interest_relief(D(principal), D(market), D(charged), days) == D(relief)


def test_day_basis_is_a_term():
    terms = replace(editions.TERMS_2020, day_basis=365)
    assert interest_relief(D(5_000_000), D("4.35"), D("1.60"), 90, terms) == D("33904.11")


def test_relief_of_a_loan_counts_its_days():
    loan = Measure(
        MeasureKind.BRIDGE_FUND, "某文件", D(5_000_000), D("4.35"), D("1.60"),
        date(2020, 2, 10), date(2020, 5, 10),
    )  # fmt: skip
    assert relief_of(loan) == D("34375.00")
    for unknown in ("principal", "market_percent", "charged_percent", "begins", "ends"):
        assert relief_of(replace(loan, **{unknown: None})) is None


@pytest.mark.parametrize(
    ("before", "now", "told"), [(100, 90, False), (100, 89, True), (0, 0, False), (9, 8, True)]
)
def test_fall_of_more_than_a_tenth_is_told(before, now, told):
    assert dropped(before, now) is told
    day_before = replace(REPORT, resumed=before, data_date=DAY - timedelta(days=1))
    findings = check_report(replace(REPORT, resumed=now), at=AT, before=day_before)
    assert found(findings) == ([("F-Z6", "resumed", "warn")] if told else [])


@given(st.fractions(0, 10**9))
def test_fen_are_rounded_half_up(amount):
    fen = to_the_fen(amount)
    assert Fraction(-1, 200) < Fraction(fen) - amount <= Fraction(1, 200)


# --- findings ---------------------------------------------------------------------------------

FULL = replace(
    REPORT, above_total=100, above_resumed=90, staff_total=5000, staff_back=4000, needs="缺口罩"
)


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({}, []),
        ({"resumed": 200}, []),
        ({"resumed": 201}, [("ZR-01", "resumed")]),
        ({"above_total": 200}, []),
        ({"above_total": 201}, [("ZR-02", "above_total")]),
        ({"above_resumed": 100}, []),
        ({"above_resumed": 101}, [("ZR-03", "above_resumed")]),
        ({"above_resumed": 90, "resumed": 89}, [("ZR-03", "above_resumed")]),
        ({"staff_back": 5001}, [("ZR-S1", "staff_back")]),
        ({"resumed": -1, "above_resumed": None}, [("ZR-N1", "resumed")]),
        ({"zone": "33101001"}, [("ZR-Z1", "zone")]),
        ({"needs": "请联系13800138000"}, [("ZR-06", "needs")]),
        ({"needs": "请联系１３８ ００１３ ８０００"}, [("ZR-06", "needs")]),
    ],
)
def test_report_out_of_order_is_found_at_its_entry(change, findings):
    told = found(check_report(replace(FULL, **change), at=AT))
    assert told == [(*each, "block") for each in findings]


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [
        ((2020, 2, 27), "", None),
        ((2020, 2, 28), "", "data_date"),
        ((2020, 2, 20), "", None),
        ((2020, 2, 19), "", "reason"),
        ((2020, 2, 19), "  ", "reason"),
        ((2020, 2, 19), "系统故障", None),
    ],
)
def test_day_has_come_and_is_not_too_old(day, reason, field):
    told = check_report(replace(REPORT, data_date=date(*day), reason=reason), at=AT)
    assert found(told) == ([("ZR-04", field, "block")] if field else [])


def test_day_is_that_of_shanghai():
    late_evening = datetime(2020, 2, 26, 16, 0, tzinfo=UTC)
    tomorrow = replace(REPORT, data_date=date(2020, 2, 27))
    assert found(check_report(tomorrow, at=late_evening)) == []
    before = late_evening - timedelta(seconds=1)
    assert found(check_report(tomorrow, at=before)) == [("ZR-04", "data_date", "block")]


@pytest.mark.parametrize(("before", "told"), [(20, True), (21, False), (1999, False), (2000, True)])
def test_total_of_another_size_is_asked_about(before, told):
    day_before = replace(REPORT, total=before, resumed=100)
    findings = check_report(REPORT, at=AT, before=day_before)
    assert found(findings) == ([("ZR-U1", "total", "warn")] if told else [])


LOAN = Measure(MeasureKind.LOW_INTEREST, "某文件", D(1000), D("4.35"), D("4.35"))


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({}, []),
        ({"charged_percent": D("4.36")}, [("ZR-05", "charged_percent")]),
        ({"kind": MeasureKind.INTEREST_FREE}, [("ZR-07", "charged_percent")]),
        ({"kind": MeasureKind.INTEREST_FREE, "charged_percent": D(0)}, []),
        ({"legal_basis": " "}, [("ZR-08", "legal_basis")]),
        ({"principal": None}, [("ZR-L1", "principal")]),
        ({"kind": MeasureKind.TAX_FEE, "principal": None}, []),
        ({"principal": D(-1)}, [("ZR-L1", "principal")]),
        ({"begins": DAY, "ends": DAY}, []),
        ({"begins": DAY, "ends": DAY - timedelta(days=1)}, [("ZR-L1", "ends")]),
        ({"text": "电话0571-87654321"}, [("ZR-06", "text")]),
    ],
)
def test_measure_out_of_order_is_found_at_its_entry(change, findings):
    told = found(check_measure(replace(LOAN, **change)))
    assert told == [(*each, "block") for each in findings]


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        ({}, []),
        ({"confirmed": -1}, [("ZR-06", "confirmed", "block")]),
        ({"suspected": Decimal("1.5")}, [("ZR-06", "suspected", "block")]),
        ({"confirmed": True}, [("ZR-06", "confirmed", "block")]),
        ({"place": "某厂"}, []),
        ({"text": "患者张伟，男"}, [("ZR-06", "text", "warn")]),
        ({"text": "11010519491231002X"}, [("ZR-06", "text", "block")]),
    ],
)
def test_outbreak_is_told_in_numbers_without_persons(change, findings):
    outbreak = Outbreak(confirmed=0, suspected=2, happened_at=AT)
    assert found(check_outbreak(replace(outbreak, **change))) == findings


def test_messages_can_be_read_and_rules_have_clauses():
    broken = check_report(replace(FULL, resumed=201, zone="x"), at=AT)
    broken += check_measure(replace(LOAN, charged_percent=D("4.36")))
    assert all(f.text() and f.clause for f in broken)
    assert "4.36" in broken[-1].text()
    assert {f"ZR-0{n}" for n in range(1, 9)} <= {rule.code for rule in ALL_RULES}
    assert all(rule.clause and str(rule.sentence).endswith(".") for rule in ALL_RULES)
