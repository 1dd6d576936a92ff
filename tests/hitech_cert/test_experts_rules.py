"""Rules of the expert review, without a database: the draw, qualification, sheets, the leader."""

import datetime
import hashlib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from hitech_cert import editions, rules
from hitech_cert.enums import Exclusion
from hitech_cert.rules.sheets import Sheet
from torch_portal.common.findings import Level

DAY = datetime.date(2026, 11, 27)
EDITION = editions.on(DAY)
D = Decimal


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def candidate(n, role="tech", **more):
    fields = frozenset({"8.3.2"}) if role == "tech" else frozenset()
    return rules.Candidate(f"E{n:06d}", role, **{"fields": fields} | more)


def pool(tech, fin):
    made = [candidate(n) for n in range(1, tech + 1)]
    return made + [candidate(n, "fin") for n in range(tech + 1, tech + fin + 1)]


def subject(**more):
    values = {
        "number": "GX-2026-000001", "enterprise": frozenset({"91330106MAGUJ65R6B", "知微"}),
        "core_field": "8.3.2", "day": DAY, "years": 3,
    }  # fmt: skip
    return rules.Subject(**values | more)


def test_draw_takes_the_smallest_lots_so_anybody_can_repeat_it():
    drawn = rules.draw(pool(10, 6), subject(), "seed", rules.Wish())

    def lot(code):
        return hashlib.sha256(f"seed\nGX-2026-000001\n{code}".encode()).hexdigest()

    assert list(drawn.tech) == sorted(drawn.tech, key=lot)
    assert rules.draw(list(reversed(pool(10, 6))), subject(), "seed", rules.Wish()) == drawn
    assert rules.draw(pool(10, 6), subject(), "other", rules.Wish()).tech != drawn.tech
    assert rules.draw(pool(10, 6), subject(number="2"), "seed", rules.Wish()).tech != drawn.tech


def test_digest_of_a_pool_is_over_its_codes_in_order():
    assert rules.digest(["E2", "E1"]) == hashlib.sha256(b"E1\nE2").hexdigest()


@pytest.mark.parametrize(("tech", "fin", "fits"), [(9, 6, True), (8, 6, False)])
def test_panel_of_three_and_two_needs_fifteen_candidates(tech, fin, fits):
    drawn = rules.draw(pool(tech, fin), subject(), "s", rules.Wish(3, 2))
    found = rules.check_panel(drawn.composition, EDITION)
    assert bool(found) is not fits
    if not fits:
        assert found[0].text() == "14 candidates are fewer than 3 times the 5 experts."
        assert "一(四)2" in found[0].clause


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"ties": frozenset({"91330106MAGUJ65R6B"})}, Exclusion.EMPLOYER),
        ({"ties": frozenset({"知微"})}, Exclusion.EMPLOYER),
        ({"interests": frozenset({"知微"})}, Exclusion.DECLARED),
        ({"worked": {"知微": datetime.date(2023, 11, 28)}}, Exclusion.COOPERATION),
        ({"worked": {"知微": datetime.date(2023, 11, 27)}}, ""),
        ({"worked": {"另一家": DAY}, "interests": frozenset({"另一家"})}, ""),
    ],
)
def test_who_has_a_tie_is_excluded_with_the_reason(more, why):
    assert rules.why_excluded(candidate(1, **more), subject()) == why
    drawn = rules.draw([candidate(1, **more), *pool(9, 6)[1:]], subject(), "s", rules.Wish())
    assert dict(drawn.excluded) == ({"E000001": why} if why else {})
    assert ("E000001" in drawn.tech) is not bool(why)


def test_who_scored_on_a_dissolved_panel_is_not_drawn_again():
    drawn = rules.draw(pool(10, 6), subject(apart=frozenset({"E000003"})), "s", rules.Wish())
    assert dict(drawn.excluded) == {"E000003": Exclusion.SERVED}


@pytest.mark.parametrize(
    ("fields", "level", "fits"),
    [
        (["8.3.2"], 2, True),
        (["8.3.5"], 2, True),
        (["8.3"], 2, True),
        (["8"], 2, True),
        (["8.4.1"], 2, False),
        (["8.4.1"], 1, True),
        (["1.1.1"], 1, False),
        ([], 1, False),
    ],
)
def test_fields_are_compared_at_a_level(fields, level, fits):
    assert rules.fits(fields, "8.3.2", level) is fits


def test_draw_widens_to_the_first_level_when_the_second_is_too_small():
    near = [candidate(n) for n in range(1, 9)]
    far = [candidate(n, fields=frozenset({"8.4.1"})) for n in range(9, 12)]
    fin = [candidate(n, "fin") for n in range(12, 18)]
    drawn = rules.draw([*near, *far, *fin], subject(), "s", rules.Wish())
    assert (drawn.level, len(drawn.tech)) == (1, 11)
    enough = rules.draw([*near, candidate(20), *far, *fin], subject(), "s", rules.Wish())
    assert (enough.level, len(enough.tech)) == (2, 9)


def applicant(**more):
    values = {
        "role": "fin", "licence": "cpa", "since": datetime.date(2016, 11, 27), "resident": True,
        "fields": (), "employer": "浙江正衡会计师事务所",
    }  # fmt: skip
    return rules.Applicant(**values | more)


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({}, []),
        ({"since": datetime.date(2016, 11, 28)}, ["since"]),
        ({"since": None}, ["since"]),
        ({"resident": False}, ["resident"]),
        ({"licence": ""}, ["licence"]),
        ({"employer": ""}, ["employer"]),
        ({"role": "tech", "fields": ("8.3",)}, ["licence"]),
        ({"role": "tech", "licence": "senior", "fields": ("8.3",)}, []),
        ({"role": "tech", "licence": "senior"}, ["fields"]),
        ({"role": "tech", "licence": "senior", "fields": ("9.1",)}, ["fields"]),
    ],
)
def test_expert_has_a_title_or_ten_years(more, fields):
    assert [f.field for f in rules.check_expert(applicant(**more), DAY)] == fields


TABLES = rules.Tables(
    credit_code="91330106MAGUJ65R6B",
    registered_on=datetime.date(2012, 3, 1),
    applied_on=datetime.date(2020, 6, 1),
    rights=(
        rules.Right("IP01", "invention_patent", datetime.date(2019, 6, 4)),
    ),
    staff=(rules.StaffRow("total", D(60), D(12)),),
    projects=tuple(
        rules.Project(
            f"RD0{n}", "8.3.2", datetime.date(2017, 1, 1), datetime.date(2019, 12, 31), {}
        )
        for n in (1, 2)
    ),
    costs=tuple(
        rules.Cost(f"RD0{n}", year, personnel=D(60), direct=D(40))
        for n in (1, 2)
        for year in (2017, 2018, 2019)
    ),
    products=(
        rules.ProductRow("PS01", "8.3.2", D(1400), main=True, rights=("IP01",)),
        rules.ProductRow("PS02", "8.3.2", D(300), main=False),
    ),
    main=rules.Main(
        core_field_code="8.3.2",
        sales=(D(1500), D(1800), D(2200)),
        net_assets=(D(900), D(1100), D(1400)),
        gross_income=D(2300),
        non_taxable_income=D(0),
        ht_income=D(1700),
        accident=False,
        transformations=12,
        standards=1,
    ),
)  # fmt: skip
CASE = rules.examine(rules.facts_of(TABLES), editions.on(datetime.date(2020, 6, 1)))
POINTS = {
    "adv": 6, "sup": 6, "cnt": 7, "way": 5, "std": 1, "transfer": 20,
    "m1": 5, "m2": 5, "m3": 3, "m4": 3,
}  # fmt: skip
TECH = Sheet(
    role="tech",
    points=POINTS,
    answers=dict.fromkeys(("complete", "one_year", "owns_rights", "staff_share"), True),
    figures={"rd_total": D(600), "rd_domestic": D(600), "income": D(1700)},
    field_code="8.3.2",
    comment="同意",
)
FIN = Sheet(
    role="fin",
    points={"growth_net_assets": 6, "growth_sales": 5},
    answers=dict.fromkeys(
        ("complete", "intermediary", "report", "rd_grouped", "income_grouped"), True
    ),
    figures={
        "sales_1": D(1500), "sales_2": D(1800), "sales_3": D(2200), "net_assets_1": D(900),
        "net_assets_2": D(1100), "net_assets_3": D(1400), "total_income": D(2300),
    },
    comment="同意",
)  # fmt: skip


def found(sheet):
    return {(f.field, f.level) for f in rules.check_sheet(sheet, TABLES, CASE)}


@pytest.mark.parametrize("sheet", [TECH, FIN], ids=["technical", "finance"])
def test_a_whole_sheet_that_agrees_with_the_figures_has_no_findings(sheet):
    assert found(sheet) == set()


def test_an_empty_sheet_is_told_everything_at_once():
    missing = {field for field, _level in found(Sheet(role="tech"))}
    assert missing == {
        *TECH.answers, *map(str, POINTS), "rd_total", "rd_domestic", "income", "field_code",
        "comment",
    }  # fmt: skip
    assert {level for _field, level in found(Sheet(role="fin"))} == {Level.BLOCK}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cnt": 6}, {("cnt", Level.WARN)}),
        ({"cnt": 9}, {("cnt", Level.BLOCK), ("cnt", Level.WARN)}),
        ({"std": 0}, {("std", Level.WARN)}),
        ({"transfer": 18}, {("transfer", Level.WARN)}),
        ({"transfer": 19}, set()),
        ({"transfer": 24}, set()),
        ({"transfer": 25}, {("transfer", Level.WARN)}),
        ({"adv": -1}, {("adv", Level.BLOCK)}),
    ],
)
def test_points_off_the_figures_need_a_reason_and_above_the_most_are_refused(changes, expected):
    assert found(replace(TECH, points=POINTS | changes)) == expected


def test_growth_is_banded_on_what_the_finance_expert_accepts():
    figures = dict(FIN.figures) | {"sales_3": D(1800)}
    assert found(replace(FIN, figures=figures)) == {("growth_sales", Level.WARN)}
    fitting = {"growth_net_assets": 6, "growth_sales": 3}
    assert found(replace(FIN, figures=figures, points=fitting)) == set()


def test_a_struck_out_activity_must_not_be_counted():
    struck = replace(TECH, struck_projects=frozenset({"RD02"}))
    assert found(struck) == {("rd_total", Level.WARN), ("rd_domestic", Level.WARN)}
    message = next(iter(rules.check_sheet(struck, TABLES, CASE))).text()
    assert message == "RD02 is struck out, so at most 300.00 万元 remain; you accept 600."
    figures = dict(TECH.figures) | {"rd_total": D(300), "rd_domestic": D(300)}
    assert found(replace(struck, figures=figures)) == set()
    more = dict(figures) | {"rd_total": D("300.01")}
    assert found(replace(struck, figures=more)) == {("rd_total", Level.WARN)}


def test_a_struck_out_product_must_not_be_counted():
    struck = replace(TECH, struck_products=frozenset({"PS02"}))
    assert found(struck) == {("income", Level.WARN)}
    figures = dict(TECH.figures) | {"income": D(1400)}
    assert found(replace(struck, figures=figures)) == set()


def test_unknown_ids_and_domestic_above_total_are_refused():
    assert ("struck_projects", Level.BLOCK) in found(
        replace(TECH, struck_projects=frozenset({"RD09"}))
    )
    figures = dict(TECH.figures) | {"rd_total": D(500), "rd_domestic": D(501)}
    assert found(replace(TECH, figures=figures)) == {("rd_domestic", Level.BLOCK)}


def test_another_field_than_declared_needs_a_reason_and_a_title_above_is_refused():
    assert found(replace(TECH, field_code="8.3.1")) == {("field_code", Level.WARN)}
    assert found(replace(TECH, field_code="8.3")) == {("field_code", Level.BLOCK)}


def tech_sheet(**changes):
    return rules.TechSheet(**POINTS | changes)


TECHS = (tech_sheet(), tech_sheet(adv=7), tech_sheet(adv=7, m1=6))
FINS = (rules.FinSheet(7, 5), rules.FinSheet(8, 5))


def test_averages_are_exact_fractions():
    exact = rules.averages(TECHS, FINS, EDITION)
    assert exact.items["adv"] == Fraction(20, 3)
    assert exact.parts["rights"] == Fraction(77, 3)
    assert exact.total == Fraction(61 + 62 + 63, 3) + Fraction(25, 2)
    assert all(isinstance(value, Fraction) for value in exact.named().values())


def test_rights_are_limited_for_each_expert_before_the_average():
    most = tech_sheet(adv=8, sup=8, cnt=8, way=6, std=2)
    exact = rules.averages((most, tech_sheet()), FINS, EDITION)
    assert exact.parts["rights"] == Fraction(30 + 25, 2)
    assert sum(exact.items[n] for n in ("adv", "sup", "cnt", "way", "std")) > exact.parts["rights"]


LEADER = rules.LeaderSheet(
    figures={"staff_st": D(12), "rd_total": D(600), "rd_domestic": D(600), "income": D(1700)},
    recognise=True,
    reason="符合",
)


def led(**changes):
    return rules.check_leader(replace(LEADER, **changes), TECHS, FINS, CASE)


def test_a_leaders_sheet_that_agrees_has_no_findings():
    assert led() == []
    assert led(stated={"adv": D("6.67"), "total": D("74.5")}) == []


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"adv": D("6.66")}, "You state 6.66; the sheets of the experts give 20/3 (6.67)."),
        ({"total": D(75)}, "You state 75; the sheets of the experts give 149/2 (74.50)."),
    ],
)
def test_stated_averages_that_do_not_match_are_refused_naming_both(stated, message):
    (finding,) = led(stated=stated)
    assert finding.field == f"stated_{next(iter(stated))}"
    assert finding.text() == message


def test_opinion_against_the_score_is_refused():
    low = tuple(replace(sheet, transfer=15) for sheet in TECHS)
    (finding,) = rules.check_leader(LEADER, low, FINS, CASE)
    assert (finding.field, finding.text()) == (
        "recognise", "The average is 139/2; above 70 is needed.",
    )  # fmt: skip
    assert rules.check_leader(replace(LEADER, recognise=False), low, FINS, CASE) == []


@pytest.mark.parametrize(("staff", "stands"), [(D(6), True), (D("5.99"), False)])
def test_opinion_against_a_ratio_is_refused(staff, stands):
    figures = dict(LEADER.figures) | {"staff_st": staff}
    assert (led(figures=figures) == []) is stands


def test_a_total_far_from_the_others_has_to_be_explained():
    far = (*TECHS[:2], tech_sheet(transfer=20, adv=0, sup=0, m1=0, m2=3))
    (finding,) = rules.check_leader(replace(LEADER, recognise=False), far, FINS, CASE)
    assert finding.field == "explained"
    told = replace(LEADER, recognise=False, explained="第三位专家从严掌握")
    assert rules.check_leader(told, far, FINS, CASE) == []


def test_leader_needs_opinion_reason_and_figures():
    fields = {f.field for f in led(figures={}, recognise=None, reason="")}
    assert fields == {"staff_st", "rd_total", "rd_domestic", "income", "reason", "recognise"}
