"""Rules of the SME evaluation against worked examples: both sides of every edge, exactly."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sme_eval import editions, rules
from sme_eval.enums import CLASS_I, CLASS_II, IpKind, Onsite
from sme_eval.rules.score import rights as rights_of
from sme_eval.rules.score import share as share_of
from torch_portal.common.codes import CodeError
from torch_portal.common.findings import Level
from torch_portal.common.ratios import percent
from torch_portal.common.workdays import published_calendar

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
BASE = VECTORS["base"]
DAY = date(2020, 5, 6)
SHANGHAI = timezone(timedelta(hours=8))
AMOUNT = st.decimals(min_value="0.01", max_value=20_000, places=2)
COUNT = st.integers(min_value=0, max_value=6)


def facts_of(**overrides):
    """The base facts with some of them replaced by JSON values."""
    return rules.facts_from_json(BASE | overrides)


def case_of(**overrides):
    """The case of the base facts with some of them replaced."""
    facts = facts_of(**overrides)
    return rules.examine(facts, editions.on(facts.filed_on))


def codes(findings, level=None):
    """Codes of findings, of one level."""
    return [f.code for f in findings if level is None or f.level is level]


# --- worked examples --------------------------------------------------------------------------


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in VECTORS["cases"]])
def test_worked_example(case):
    examined = case_of(**case["facts"])
    found = rules.check(examined)
    assert list(rules.points(examined.score).values()) == case["points"]
    assert codes(found, Level.BLOCK) == case["blocks"]
    assert rules.verdict(examined, found) == (case["eligible"], case["by"])


@pytest.mark.parametrize(("whole", "part", "points"), VECTORS["personnel"])
def test_edge_of_personnel(whole, part, points):
    assert case_of(staff_total=whole, staff_st=part).score.personnel.band.points == points


@pytest.mark.parametrize(("whole", "part", "points"), VECTORS["revenue"])
def test_edge_of_rd_by_revenue(whole, part, points):
    assert case_of(revenue=whole, rd_cost=part).score.rd.band.points == points


@pytest.mark.parametrize(("whole", "part", "points"), VECTORS["cost"])
def test_edge_of_rd_by_cost(whole, part, points):
    case = case_of(cost_total=whole, rd_cost=part, rd_basis="cost")
    assert case.score.rd.band.points == points


@pytest.mark.parametrize(("first", "second", "points"), VECTORS["rights"])
def test_rights(first, second, points):
    case = case_of(ip_class1=first, ip_class2=second)
    assert case.score.achievements.band.points == points


def test_every_kind_of_right_is_of_one_class():
    assert set(IpKind) == CLASS_I | CLASS_II
    assert not CLASS_I & CLASS_II


def test_every_rule_has_a_clause_and_a_code_of_its_own():
    listed = [rule.code for rule in rules.RULES]
    assert len(listed) == len(set(listed))
    assert all(rule.clause and "\n" not in rule.clause for rule in rules.RULES)


# --- properties -------------------------------------------------------------------------------


@given(part=AMOUNT, whole=AMOUNT)
def test_rounding_never_decides_a_band(part, whole):
    """The band is that of whole numbers multiplied crosswise, however near the edge."""
    share = share_of(part, whole, editions.PERSONNEL_BANDS)
    hundredths = [int(part * 100), int(whole * 100)]
    reached = next(
        points
        for least, points in ((30, 20), (25, 16), (20, 12), (15, 8), (10, 4), (0, 0))
        if hundredths[0] * 100 >= least * hundredths[1]
    )
    assert share.band.points == reached


def test_share_that_rounds_up_to_an_edge_stays_below_it():
    share = share_of(Decimal("599.99"), Decimal("2000.00"), editions.PERSONNEL_BANDS)
    rounded = (share.ratio.numerator / Decimal(share.ratio.denominator)).quantize(
        Decimal("0.01"), rounding=ROUND_HALF_UP
    )
    assert rounded == Decimal("0.30")
    assert (percent(share.ratio), share.band.letter) == ("30.00", "B")


@given(total=AMOUNT, less=AMOUNT, more=AMOUNT)
def test_more_personnel_never_lowers_the_score(total, less, more):
    less, more = sorted((less, more))
    one, other = (share_of(p, total, editions.PERSONNEL_BANDS) for p in (less, more))
    assert one.band.points <= other.band.points


@given(
    rd=AMOUNT, more=AMOUNT, revenue=AMOUNT, cost=AMOUNT, basis=st.sampled_from(["revenue", "cost"])
)
def test_more_rd_never_lowers_the_score(rd, more, revenue, cost, basis):
    facts = replace(facts_of(rd_basis=basis), rd_cost=rd, revenue=revenue, cost_total=cost)
    assert rules.score(facts).total <= rules.score(replace(facts, rd_cost=rd + more)).total


@given(first=COUNT, second=COUNT)
def test_one_more_right_never_lowers_the_score(first, second):
    now = rights_of(first, second).band.points
    assert now <= rights_of(first + 1, second).band.points
    assert now <= rights_of(first, second + 1).band.points


@given(part=AMOUNT, whole=AMOUNT)
def test_what_is_missing_is_just_enough(part, whole):
    share = share_of(part, whole, editions.COST_BANDS)
    if share.next_band is None:
        return
    cent = Decimal("0.01")
    for grown, missing in ((Decimal(0), share.missing), (Decimal(1), share.missing_if_added)):
        enough = share_of(part + missing, whole + grown * missing, editions.COST_BANDS)
        assert enough.ratio * 100 >= share.next_band.least
        less = missing - cent
        short = share_of(part + less, whole + grown * less, editions.COST_BANDS)
        assert short.ratio * 100 < share.next_band.least


# --- entries ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"staff_total": Decimal("499.755")}, "decimals", "staff_total"),
        ({"rd_cost": Decimal("-0.01")}, "negative", "rd_cost"),
        ({"staff_total": Decimal(0), "staff_st": Decimal(0)}, "staff_zero", "staff_total"),
        ({"staff_st": Decimal("50.01")}, "staff_st_above_total", "staff_st"),
        ({"established_on": date(2020, 5, 7)}, "established_late", "established_on"),
        ({"revenue": None}, "missing", "revenue"),
        ({"ip_class1": None}, "missing", "ip_class1"),
    ],
)
def test_entry_that_cannot_be_true(change, code, field):
    case = rules.examine(replace(facts_of(), **change), editions.on(DAY))
    assert [(f.code, f.field, f.level) for f in rules.check_entries(case)] == [
        (code, field, Level.BLOCK)
    ]


def test_entries_at_the_edge_are_accepted():
    case = case_of(staff_st="50", rd_cost="0", established_on="2020-05-06", revenue="100.500")
    assert rules.check_entries(case) == []


def test_every_wrong_entry_is_told_at_once():
    facts = replace(
        facts_of(), staff_total=Decimal("0"), rd_cost=Decimal("-1"), revenue=Decimal("1.001")
    )
    found = rules.check_entries(rules.examine(facts, editions.on(DAY)))
    assert codes(found) == ["negative", "decimals", "staff_zero"]


def test_draft_is_not_asked_for_what_is_missing():
    case = rules.examine(rules.Facts(filed_on=DAY), editions.on(DAY))
    assert rules.check(case, complete=False) == []
    assert rules.verdict(case, []) == (None, None)
    assert len(rules.check_entries(case)) == 9


@pytest.mark.parametrize("name", ["restricted_industry", "misconduct", "abnormal_list"])
def test_unknown_conduct_leaves_the_answer_open(name):
    case = rules.examine(replace(facts_of(), **{name: None}), editions.on(DAY))
    assert rules.verdict(case, rules.check(case)) == (None, None)


def test_direct_route_still_needs_the_size():
    facts = replace(
        facts_of(direct=[{"route": "rd_institution", "level": "national"}]), assets_total=None
    )
    case = rules.examine(facts, editions.on(DAY))
    assert rules.verdict(case, rules.check(case, complete=False)) == (None, None)


# --- hints ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"revenue": "200000"}, "unit", "revenue"),
        ({"assets_total": "0.99"}, "unit", "assets_total"),
        ({"rd_cost": "4000.01"}, "rd_above_cost", "rd_cost"),
        ({"rd_cost": "80", "cost_total": "200"}, "better_basis", "rd_basis"),
        ({"established_on": "2020-01-01"}, "founded_this_year", "established_on"),
        ({"filed_on": "2020-10-21"}, "window", "filed_on"),
    ],
)
def test_hint(change, code, field):
    found = [f for f in rules.check(case_of(**change)) if f.code == code]
    assert [f.field for f in found] == [field]
    assert found[0].level is not Level.BLOCK


@pytest.mark.parametrize(
    "change",
    [
        {"revenue": "20000", "rd_cost": "1200"},
        {"assets_total": "1"},
        {"rd_cost": "4000"},
        {"filed_on": "2020-10-20"},
        {"established_on": "2019-12-31"},
    ],
)
def test_nothing_is_said_at_the_edge(change):
    assert rules.check(case_of(**change)) == []


CERTIFICATE = {"route": "hnte_certificate", "valid_from": "2018-01-01", "valid_to": "2021-01-01"}
AWARD = {"route": "national_award", "awarded_on": "2019-01-08", "unit_rank": 1}
STANDARD = {"route": "standard", "published_on": "2019-05-06", "unit_rank": 1, "level": "national"}


@pytest.mark.parametrize(
    ("route", "field"),
    [
        (CERTIFICATE | {"valid_to": "2020-05-05"}, "valid_to"),
        (CERTIFICATE | {"valid_from": "2020-05-07"}, "valid_from"),
        (AWARD | {"unit_rank": 4}, "unit_rank"),
        (AWARD | {"unit_rank": 0}, "unit_rank"),
        (AWARD | {"awarded_on": "2020-05-07"}, "awarded_on"),
        ({"route": "rd_institution", "level": "municipal"}, "level"),
        (STANDARD | {"published_on": "2014-05-06"}, "published_on"),
        (STANDARD | {"unit_rank": 6}, "unit_rank"),
        (STANDARD | {"level": "local"}, "level"),
    ],
)
def test_route_that_does_not_hold_says_why(route, field):
    (finding,) = rules.check(case_of(direct=[route]))
    assert finding.field == f"direct[0].{field}"
    assert finding.level is Level.WARN
    assert "第八条" in finding.clause


def test_route_of_which_something_is_missing_asks_for_it():
    facts = replace(facts_of(), direct=(rules.Claim("standard", level="national"),))
    found = rules.check(rules.examine(facts, editions.on(DAY)))
    assert [f.field for f in found] == ["direct[0].published_on", "direct[0].unit_rank"]


def test_five_years_before_leap_day():
    award = AWARD | {"awarded_on": "2015-02-28"}
    assert case_of(filed_on="2020-02-29", direct=[award]).direct


@pytest.mark.parametrize(
    ("change", "triggers"),
    [
        ({"filed_on": "2020-05-06", "staff_total": "5", "staff_st": "5"}, []),
        ({"filed_on": "2024-07-01", "staff_total": "5", "staff_st": "5"}, [Onsite.FEW_STAFF]),
        ({"filed_on": "2024-07-01", "staff_total": "5.01", "staff_st": "5"}, []),
        ({"filed_on": "2025-07-01", "staff_total": "50", "staff_st": "45"}, [Onsite.HIGH_SHARE]),
        ({"filed_on": "2025-07-01", "staff_total": "49.99", "staff_st": "49.99"}, []),
        ({"filed_on": "2025-07-01", "staff_total": "50", "staff_st": "44.99"}, []),
        ({"filed_on": "2025-07-01", "first_time": True}, [Onsite.FIRST_TIME]),
        ({"filed_on": "2026-07-01", "rd_cost": "9.99"}, [Onsite.SMALL_RD]),
        ({"filed_on": "2026-07-01", "rd_cost": "10"}, []),
        ({"filed_on": "2026-07-01", "ip_class1": 0}, [Onsite.NO_IP]),
        ({"filed_on": "2026-07-01", "recent_dishonesty": True}, [Onsite.DISHONESTY]),
        ({"filed_on": "2024-07-01", "recent_dishonesty": True}, []),
    ],
)
def test_onsite_triggers_are_those_of_the_year(change, triggers):
    case = case_of(**change)
    assert list(rules.onsite_triggers(case)) == triggers
    found = [f for f in rules.check(case) if f.code == "onsite"]
    assert [f.level for f in found] == [Level.INFO] * len(triggers)


# --- conditions -------------------------------------------------------------------------------


def test_conditions_have_values_limits_and_margins():
    rows = rules.conditions(case_of(staff_total="500.25", resident_enterprise=True))
    assert [row.no for row in rows] == [1, 2, 3, 4, 5]
    assert [row.ok for row in rows] == [True, False, True, True, False]
    staff = rows[1].measures[0]
    assert (staff.value, staff.limit, staff.margin) == (
        Decimal("500.25"),
        Decimal(500),
        Decimal("-0.25"),
    )


def test_condition_five_is_not_needed_with_a_direct_route():
    route = {"route": "rd_institution", "level": "national"}
    last = rules.conditions(case_of(staff_st="0", direct=[route]))[4]
    assert (last.ok, last.needed) == (False, False)


@pytest.mark.parametrize(
    ("filed", "blocks"), [("2021-05-06", []), ("2022-05-06", ["not_resident"])]
)
def test_tax_by_audit_is_asked_from_2022_on(filed, blocks):
    found = rules.check(case_of(filed_on=filed, audit_collection=False))
    assert codes(found, Level.BLOCK) == blocks


def test_exact_ratio_is_kept():
    assert case_of(staff_total="30", staff_st="9.99").score.personnel.ratio == Fraction(333, 1000)


# --- rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "ends", "average"),
    [
        ("40", ("44", "46", "50", "52"), "46.50"),
        ("0", ("0", "6", "9", "13"), "5.38"),
        ("10", ("20",), "15.00"),
        ("0", ("10", "20"), "10.00"),
    ],
)
def test_quarterly_average(start, ends, average):
    found = rules.quarterly_average(Decimal(start), [Decimal(end) for end in ends])
    assert str(found) == average


@pytest.mark.parametrize("quarters", [0, 5])
def test_year_has_one_to_four_quarters(quarters):
    with pytest.raises(ValueError, match="quarters"):
        rules.quarterly_average(Decimal(1), [Decimal(1)] * quarters)


def projects(*costs):
    """Projects with these costs."""
    return [rules.Project(f"项目{n}", Decimal(cost)) for n, cost in enumerate(costs)]


def test_projects_add_up_to_the_hundredth():
    assert rules.check_projects(projects("100.10", "199.90"), Decimal("300.00")) == []
    (found,) = rules.check_projects(projects("100.10", "199.89"), Decimal("300.00"))
    assert (found.code, found.field, found.level) == ("projects_sum", "rd_cost", Level.BLOCK)
    assert found.values["difference"] == "0.01"


def test_cost_of_a_project_is_a_figure_of_the_form():
    found = rules.check_projects(projects("-1", "1.001"), None)
    assert [f.field for f in found] == ["projects[0].cost", "projects[1].cost"]


def right(kind=IpKind.INVENTION_PATENT, **changes):
    """A right that counts, changed."""
    given_ = {"product": "红外测温仪", "granted_on": date(2018, 1, 1), "expires_on": DAY}
    return rules.Right(name="测温方法", kind=kind, **given_ | changes)


def test_rights_that_count_are_counted_by_class():
    listed = [right(), right(IpKind.SOFTWARE, expires_on=None), right(IpKind.UTILITY_MODEL)]
    assert rules.count_rights(listed, DAY, {"红外测温仪"}) == (1, 2)
    assert rules.check_rights(listed, DAY, {"红外测温仪"}) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"expires_on": DAY - timedelta(days=1)},
        {"granted_on": DAY + timedelta(days=1)},
        {"granted_on": None},
        {"disputed": True},
        {"product": "无人机"},
    ],
)
def test_right_that_does_not_count_says_why(changes):
    listed = [right(), right(**changes)]
    assert rules.count_rights(listed, DAY, {"红外测温仪"}) == (1, 0)
    (found,) = rules.check_rights(listed, DAY, {"红外测温仪"})
    assert (found.code, found.field, found.level) == ("ip_not_counted", "rights[1]", Level.WARN)


# --- numbers, publicity, spot check -----------------------------------------------------------


def moment(text):
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("established", "submitted", "letter"),
    [
        (date(2019, 7, 1), "2020-05-31T23:59:59", "0"),
        (date(2019, 7, 1), "2020-06-01T00:00:00", "A"),
        (date(2020, 1, 1), "2020-05-06T09:00:00", "B"),
        (date(2019, 12, 31), "2020-05-06T09:00:00", "0"),
        (date(2018, 3, 1), "2020-06-02T10:00:00", "A"),  # first on 20 May, corrected on 2 June
    ],
)
def test_timing_letter(established, submitted, letter):
    assert rules.timing_letter(established, moment(submitted), 2020) == letter


def test_timing_letter_looks_at_the_clock_of_shanghai():
    assert rules.timing_letter(date(2019, 7, 1), datetime(2020, 5, 31, 16, tzinfo=UTC), 2020) == "A"


def test_number_is_taken_apart_and_put_together():
    number = rules.parse_number("202161010300004959")
    assert number == rules.Number(2021, "610103", "0", "0", 4959)
    assert rules.compose_number(number) == "202161010300004959"


@pytest.mark.parametrize(
    "text",
    [
        "20216101030000495",
        "2021610103000049590",
        "2021610103C00004959",
        "2021610103C0004959",
        "2021610103a0004959",
        "20216101030z004959",
        "192161010300004959",
        " 20216101030000495",
        "２02161010300004959",
    ],
)
def test_number_of_another_form_is_refused(text):
    with pytest.raises(CodeError):
        rules.parse_number(text)


@pytest.mark.parametrize(
    "parts", [{"serial": 0}, {"serial": 1_000_000}, {"timing": "C"}, {"division": "61010"}]
)
def test_number_is_not_put_together_from_what_does_not_fit(parts):
    whole = rules.Number(2021, "610103", "0", "0", 1)
    with pytest.raises(ValueError, match=r"serial|not a registration"):
        rules.compose_number(replace(whole, **parts))


def test_route_letter_is_a_table_of_the_edition():
    edition = replace(editions.on(DAY), route_letters={"hnte_certificate": "8"})
    assert rules.route_letter(edition, "hnte_certificate") == "8"
    assert rules.route_letter(edition, "standard") == "0"
    assert rules.route_letter(edition, None) == "0"
    assert rules.route_letter(editions.on(DAY), "hnte_certificate") == "0"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2018-06-06", "2018-06-20"),
        ("2020-01-20", "2020-02-10"),
        ("2020-03-11", "2020-03-24"),
        ("2021-09-13", "2021-09-26"),
        ("2024-04-26", "2024-05-11"),
        ("2026-02-10", "2026-02-28"),
    ],
)
def test_publicity_counts_its_first_day(first, last):
    day = date.fromisoformat(first)
    end = rules.publicity_end(day, editions.on(day), calendar=published_calendar())
    assert end == date.fromisoformat(last)


@pytest.mark.parametrize(("count", "drawn"), [(0, 0), (1, 1), (20, 1), (21, 2), (100, 5), (101, 6)])
def test_sample_is_never_below_five_percent(count, drawn):
    numbers = [f"20206101030{n:07d}" for n in range(count)]
    assert len(rules.draw(numbers, "seed", Fraction(5, 100))) == drawn


def test_draw_can_be_repeated_from_its_seed():
    numbers = [f"20206101030{n:07d}" for n in range(400)]
    drawn = rules.draw(numbers, "2020-10-28", Fraction(5, 100))
    assert drawn == rules.draw(reversed(numbers), "2020-10-28", Fraction(5, 100))
    assert drawn != rules.draw(numbers, "2020-10-29", Fraction(5, 100))
    assert drawn[:2] == ["202061010300000082", "202061010300000266"]


@pytest.mark.parametrize(
    ("revoked", "fraud", "through"),
    [
        (date(2020, 7, 1), True, date(2020, 12, 31)),
        (date(2024, 7, 1), False, date(2024, 12, 31)),
        (date(2024, 7, 1), True, date(2027, 7, 1)),
        (date(2024, 2, 29), True, date(2027, 2, 28)),
    ],
)
def test_revocation_bars_the_year_and_fraud_three_from_2024_on(revoked, fraud, through):
    assert rules.barred_through(revoked, editions.on(revoked), fraud=fraud) == through
