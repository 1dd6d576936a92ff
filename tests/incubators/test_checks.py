"""Findings RR-M* with field and clause, eligibility of carriers and tenants, tax relief."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from incubators import editions
from incubators.enums import CarrierKind, CarrierLevel, Ownership, WaiverKind
from incubators.rules import (
    ALL_RULES,
    Carrier,
    HeadLease,
    IncubatorFacts,
    MakerspaceFacts,
    Title,
    check,
    check_taken,
    incubator_conditions,
    makerspace_conditions,
    shortfall,
    tax_relief,
    tenancy,
)
from tests.incubators.building import TERMS, claim, line, tenant
from torch_portal.common.findings import Level

D = Decimal
CODE, OTHER = "91330106MA2CFRPX4T", "91110108MA01KPGY7C"
DOCUMENTS = frozenset(code for code, _name in editions.DOCUMENTS)


def found(told, **options):
    """Code, field and level of each finding."""
    return [(f.code, f.field, f.level.value) for f in check(told, **options)[1]]


def test_claim_in_order_has_no_finding():
    assert found(claim(typed_total=D("10000.00"), documents=DOCUMENTS)) == []


SZ = editions.programme("P-SZ")
FITTING = Carrier(name="某众创空间", kind=CarrierKind.MAKERSPACE, level=CarrierLevel.MUNICIPAL)


@pytest.mark.parametrize(
    ("programme", "carrier", "fields"),
    [
        ("P-SZ", FITTING, []),
        ("P-SZ", replace(FITTING, kind=CarrierKind.SCIENCE_PARK), ["carrier.kind"]),
        ("P-SZ", replace(FITTING, level=CarrierLevel.DISTRICT), ["carrier.level"]),
        ("P-SZ", replace(FITTING, state_premises=True), ["carrier.state_premises"]),
        ("P-JN", replace(FITTING, ownership=Ownership.STATE), ["ownership"]),
        ("P-JN", replace(FITTING, ownership=Ownership.INSTITUTION), ["ownership"]),
        ("P-JN", replace(FITTING, ownership=Ownership.NON_STATE), []),
    ],
)
def test_carrier_fits_the_programme(programme, carrier, fields):
    told = claim(programme=editions.programme(programme), carrier=carrier)
    assert found(told) == [("RR-M1", field, "block") for field in fields]


def test_finding_on_the_programme_cites_the_programme():
    told = claim(programme=SZ, carrier=replace(FITTING, state_premises=True))
    assert check(told)[1][0].clause == SZ.source


AT = "tenants[0].lines[0]"
ONE_LINE = [
    (line("2021-01"), ("RR-M2", f"{AT}.month", "block")),
    (line(ratio="1.01"), ("RR-M3", f"{AT}.ratio", "block")),
    (line(ratio="0"), ("RR-M3", f"{AT}.ratio", "block")),
    (line(kind=WaiverKind.DEFER), ("RR-M4", f"{AT}.kind", "warn")),
    (line(asked=True, confirmed=D(1)), ("RR-C1", f"{AT}.confirmed_yuan", "warn")),
    (line(asked=True), ("RR-C2", f"{AT}.confirmed_yuan", "warn")),
]


@pytest.mark.parametrize(("told", "finding"), ONE_LINE)
def test_line_out_of_order_is_found_at_its_place(told, finding):
    assert found(claim(tenant(told))) == [finding]


def test_month_outside_the_window_is_found():
    programme = replace(TERMS, window_from=date(2020, 3, 1))
    assert found(claim(programme=programme)) == [("RR-M2", f"{AT}.month", "block")]
    assert found(claim(tenant(line("2020-03")), programme=programme)) == []


def test_month_claimed_twice_is_found_at_both_lines():
    places = ["tenants[0].lines[0].month", "tenants[1].lines[0].month"]
    assert found(claim(tenant(), tenant())) == [("RR-M5", place, "block") for place in places]
    assert found(claim(tenant(), tenant(name="乙公司"))) == []
    assert found(claim(tenant(credit_code=CODE), tenant(name="乙", credit_code=CODE)))


def test_month_relieved_elsewhere_names_the_other_application_to_the_reviewer_only():
    told = claim(tenant(credit_code=CODE))
    taken = {(CODE, date(2020, 2, 1)): "RR2020000017"}
    (for_carrier,) = check_taken(told, taken)
    assert (for_carrier.code, for_carrier.field) == ("RR-M5", f"{AT}.month")
    assert "RR2020000017" not in for_carrier.text() + str(for_carrier.values)
    (for_reviewer,) = check_taken(told, taken, for_reviewer=True)
    assert "RR2020000017" in for_reviewer.text()
    assert check_taken(told, {(CODE, date(2020, 3, 1)): "RR2020000017"}) == []


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        ({"credit_code": OTHER}, []),
        ({"credit_code": CODE}, [("RR-M6", "tenants[0].tenant", "block")]),
        ({"name": "某孵化器"}, [("RR-M6", "tenants[0].tenant", "block")]),
        ({"legal_representative": "王某"}, [("RR-M6", "tenants[0].tenant", "warn")]),
    ],
)
def test_carrier_is_not_its_own_tenant(values, findings):
    carrier = Carrier(name="某孵化器", credit_code=CODE, legal_representative="王某")
    assert found(claim(tenant(**values), carrier=carrier)) == findings


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"arrears": D(0), "in_litigation": False}, []),
        ({"arrears": D("0.01")}, ["arrears"]),
        ({"in_litigation": True}, ["in_litigation"]),
    ],
)
def test_tenants_in_arrears_or_at_law_are_out_where_the_programme_says_so(values, fields):
    programme = replace(TERMS, exclude_arrears=True, arrears_on=date(2020, 1, 1))
    told = found(claim(tenant(**values), programme=programme))
    assert told == [("RR-M7", f"tenants[0].{field}", "block") for field in fields]
    assert found(claim(tenant(**values))) == []


@pytest.mark.parametrize(
    ("entered", "claimed", "special", "young", "staying"),
    [
        ((2018, 3, 31), (2020, 2, 6), False, True, True),
        ((2018, 4, 1), (2020, 2, 6), False, False, True),
        ((2018, 3, 31), (2022, 3, 30), False, True, True),
        ((2018, 3, 31), (2022, 3, 31), False, True, False),
        ((2018, 3, 31), (2023, 3, 30), True, True, True),
        ((2018, 3, 31), (2023, 3, 31), True, True, False),
    ],
)
def test_tenancy_test(entered, claimed, special, young, staying):
    told = tenant(
        established_on=date(2016, 3, 31), entered_on=date(*entered), special_field=special
    )
    answer = tenancy(told, date(*claimed))
    assert (answer.young, answer.staying) == (young, staying)
    broken = [young, staying].count(False)
    findings = found(claim(told, claimed_on=date(*claimed)))
    assert findings == [("RR-M8", "tenants[0].entered_on", "warn")] * broken
    strict = replace(TERMS, tenancy_blocks=True)
    findings = found(claim(told, claimed_on=date(*claimed), programme=strict))
    assert findings == [("RR-M8", "tenants[0].entered_on", "block")] * broken


def test_tenancy_of_unknown_days_is_unknown():
    answer = tenancy(tenant(), date(2020, 2, 6))
    assert (answer.young, answer.staying, answer.until) == (None, None, None)


def test_documents_and_total_are_asked_for_at_submission():
    told = claim(documents=DOCUMENTS - {"pledge"}, typed_total=D("10000.01"))
    assert found(told) == [
        ("RR-M9", "documents.pledge", "block"), ("RR-M12", "typed_total", "block")
    ]  # fmt: skip
    assert found(told, complete=False) == []


def test_total_is_without_deferrals():
    lines = (line(), line("2020-03", kind=WaiverKind.DEFER))
    counted = claim(tenant(*lines), typed_total=D("20000.00"))
    assert [code for code, _field, _level in found(counted)] == ["RR-M4", "RR-M12"]


def test_account_belongs_to_the_carrier():
    carrier = Carrier(name="某孵化器", account_name="某某公司")
    assert found(claim(carrier=carrier)) == [("RR-M10", "carrier.account_name", "block")]
    assert found(claim(carrier=replace(carrier, account_name="某孵化器"))) == []


@pytest.mark.parametrize(("most", "over"), [("300", False), ("299.99", True), ("200", True)])
def test_leases_of_a_day_fit_into_the_area(most, over):
    early = tenant(name="甲", area=D(200), lease_to=date(2020, 6, 30))
    late = tenant(line("2020-07"), name="乙", area=D(100), lease_from=date(2020, 6, 30))
    carrier = Carrier(tenant_area=D(most))
    expected = [("RR-M11", "carrier.tenant_area", "warn")] if over else []
    assert found(claim(early, late, carrier=carrier)) == expected


def test_leases_that_follow_each_other_share_the_area():
    early = tenant(name="甲", area=D(200), lease_to=date(2020, 6, 29))
    late = tenant(line("2020-07"), name="乙", area=D(100), lease_from=date(2020, 6, 30))
    assert found(claim(early, late, carrier=Carrier(tenant_area=D(200)))) == []


def test_relief_on_state_premises_is_passed_on_building_by_building():
    leases = [
        HeadLease(True, D("10000.00"), frozenset({"甲公司"})),
        HeadLease(True, D("500.00"), frozenset({"乙公司"})),
        HeadLease(False, D("9000.00")),
    ]
    assert shortfall(leases, {"甲公司": D(12000), "乙公司": D("499.99")}) == D("0.01")
    told = claim(tenant(), head_leases=(HeadLease(True, D("10000.01"), frozenset({"甲公司"})),))
    assert found(told) == [("RR-F7", "head_leases", "warn")]
    strict = replace(TERMS, require_pass_through=True)
    assert found(replace(told, programme=strict)) == [("RR-F7", "head_leases", "block")]
    passed = claim(tenant(), head_leases=(HeadLease(True, D(10000), frozenset({"甲公司"})),))
    assert found(passed) == []


@pytest.mark.parametrize(("rent", "odd"), [("9999999.99", False), ("10000000", True)])
def test_rent_that_looks_like_another_unit_is_told(rent, odd):
    findings = found(claim(tenant(rent=rent)))
    assert findings == ([("RR-U1", "tenants[0].rent_yuan", "warn")] if odd else [])


def test_every_rule_has_a_code_a_sentence_and_a_clause():
    codes = {rule.code for rule in ALL_RULES}
    assert {f"RR-M{n}" for n in range(1, 13)} <= codes
    assert all(rule.clause and str(rule.sentence).endswith(".") for rule in ALL_RULES)
    assert all(rule.level in (Level.BLOCK, Level.WARN) for rule in ALL_RULES)


# --- titles -----------------------------------------------------------------------------------

DAY = date(2020, 2, 6)
NATIONAL = IncubatorFacts(
    legal_person=True, registered_on=date(2017, 2, 6), statistics_years=2, area=D(10_000),
    tenant_area=D(7_500), fund_yuan=D(5_000_000), invested=5, fund_cases=3, staff=10,
    professional_staff=8, mentors=5, tenants=50, patent_applicants=25, rights=0, graduates=20,
)  # fmt: skip


def unmet(facts):
    """Numbers of the conditions that are not met."""
    return [c.no for c in incubator_conditions(facts, DAY) if c.ok is not True]


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"legal_person": False}, 1),
        ({"registered_on": date(2017, 2, 7)}, 1),
        ({"statistics_years": 1}, 1),
        ({"area": D("9999.99"), "tenant_area": D(9000)}, 2),
        ({"tenant_area": D("7499.99")}, 2),
        ({"fund_yuan": D("4999999.99")}, 3),
        ({"invested": 4}, 3),
        ({"fund_cases": 2}, 3),
        ({"professional_staff": 7}, 4),
        ({"mentors": 4}, 4),
        ({"patent_applicants": 24, "rights": 14}, 5),
        ({"tenants": 49}, 6),
        ({"graduates": 19}, 7),
    ],
)
def test_national_incubator_fails_just_below_each_limit(change, number):
    assert unmet(NATIONAL) == []
    assert unmet(replace(NATIONAL, **change)) == [number]


def test_density_of_tenants_is_by_a_thousand_square_metres():
    large = replace(NATIONAL, area=D(20_000), tenant_area=D(15_000), tenants=60)
    others = {"invested": 6, "mentors": 6, "patent_applicants": 30}
    assert unmet(replace(large, **others)) == []
    assert unmet(replace(large, **others | {"area": D(20_001), "tenant_area": D(15_001)})) == [6]


def test_rights_do_instead_of_applications():
    assert unmet(replace(NATIONAL, patent_applicants=0, rights=15)) == []


def test_professional_incubator_needs_fewer_and_one_field():
    facts = replace(
        NATIONAL, professional=True, tenants=30, graduates=15, mentors=3, patent_applicants=15,
        invested=3, one_field=23, platform=True,
    )  # fmt: skip
    assert unmet(facts) == []
    assert unmet(replace(facts, one_field=22)) == [8]
    assert unmet(replace(facts, platform=False)) == [8]
    assert unmet(replace(facts, graduates=14)) == [7]
    assert unmet(replace(facts, tenants=29, one_field=22)) == [6]


def test_what_is_not_known_is_not_met_and_not_failed():
    conditions = incubator_conditions(IncubatorFacts(), DAY)
    assert [c.ok for c in conditions] == [None] * 7
    assert all(c.clause == "国科发区〔2018〕300号" for c in conditions)


MAKER = MakerspaceFacts(
    legal_person=True, runs_since=date(2018, 8, 6), area=D(500), places=0, work_area=D(375),
    residents=20, new_enterprises=10, financed=0, cases=3, full_time=3, mentors=3, events=10,
    statistics=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "numbers"),
    [
        ({}, []),
        ({"runs_since": date(2018, 8, 7)}, [2]),
        ({"area": D("499.99")}, [3]),
        ({"area": D(400), "places": 30}, []),
        ({"work_area": D("374.99")}, [3]),
        ({"residents": 19}, [4]),
        ({"new_enterprises": 9}, [5]),
        ({"new_enterprises": 9, "financed": 5}, []),
        ({"cases": 2}, [6]),
        ({"mentors": 2}, [7]),
        ({"events": 9}, [8]),
        ({"statistics": None}, [9]),
    ],
)
def test_makerspace_filed_nationally(change, numbers):
    conditions = makerspace_conditions(replace(MAKER, **change), DAY)
    assert [c.no for c in conditions if not c.ok] == numbers


# --- tax --------------------------------------------------------------------------------------


def title(**values):
    """A provincial incubator."""
    told = {"kind": CarrierKind.INCUBATOR, "level": CarrierLevel.PROVINCIAL,
            "recognised_on": date(2020, 1, 31)}  # fmt: skip
    return Title(**told | values)


@pytest.mark.parametrize(
    ("recognised", "begins"),
    [
        ((2020, 1, 31), (2020, 2, 1)),
        ((2020, 2, 1), (2020, 3, 1)),
        ((2018, 12, 31), (2019, 1, 1)),
        ((2019, 1, 1), (2019, 2, 1)),
        ((2019, 12, 15), (2020, 1, 1)),
    ],
)
def test_tax_relief_begins_with_the_month_after_recognition(recognised, begins):
    answer = tax_relief(title(recognised_on=date(*recognised)))
    assert (answer.exempt_from, answer.exempt_to) == (date(*begins), date(2021, 12, 31))
    assert answer.covers(date(*begins))
    assert not answer.covers(date.fromordinal(date(*begins).toordinal() - 1))


@pytest.mark.parametrize(
    ("cancelled", "ends"),
    [((2020, 6, 1), (2020, 6, 30)), ((2020, 6, 30), (2020, 6, 30)), ((2022, 3, 1), (2021, 12, 31))],
)
def test_tax_relief_ends_with_the_month_of_cancellation(cancelled, ends):
    assert tax_relief(title(cancelled_on=date(*cancelled))).exempt_to == date(*ends)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"level": CarrierLevel.MUNICIPAL}, "title"),
        ({"kind": CarrierKind.MAKERSPACE}, "title"),
        ({"kind": CarrierKind.MAKERSPACE, "level": CarrierLevel.FILED}, ""),
        ({"separate_accounts": False}, "accounts"),
        ({"separate_accounts": True}, ""),
        ({"recognised_on": date(2021, 12, 1)}, "period"),
        ({"cancelled_on": date(2020, 1, 31)}, "period"),
    ],
)
def test_tax_relief_needs_title_accounts_and_period(values, reason):
    answer = tax_relief(title(**values))
    assert (answer.reason, answer.exempt_from is None) == (reason, bool(reason))


# --- editions ---------------------------------------------------------------------------------


def test_five_programmes_have_their_terms_and_say_what_is_not_confirmed():
    terms = {p.code: (p.rate, max(p.caps.values(), default=None)) for p in editions.PROGRAMMES}
    assert terms == {
        "P-SN": (D("0.10"), 200_000), "P-SZ": (D("0.50"), 300_000), "P-JN": (D("0.30"), 500_000),
        "P-WH": (D("0.50"), 2_000_000), "P-BJ22": (D("0.50"), None),
    }  # fmt: skip
    assert all(p.source and p.title_zh and p.unconfirmed for p in editions.PROGRAMMES)
    assert editions.programme("P-BJ22").months(risk=True) == 6
    assert editions.programme("P-BJ22").months() == 3
    assert editions.programme("P-JN").months(risk=True) == 3
    with pytest.raises(editions.NoProgramme):
        editions.programme("P-XX")
