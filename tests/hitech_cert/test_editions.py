"""Rule sets by day and region; where the text is not plain, a reading is taken openly."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from hitech_cert import editions, rules
from hitech_cert.enums import FieldGroup
from tests.architecture.test_rules import CITES
from tests.hitech_cert.test_worked import EDITION, case_of, codes, shown

PILOT_DAY = date(2022, 9, 1)


@pytest.mark.parametrize(
    ("day", "code", "online"),
    [
        (date(2016, 1, 1), "HNTE2016", False),
        (date(2020, 2, 5), "HNTE2016", False),
        (date(2020, 2, 6), "HNTE2020", True),
        (date(2023, 12, 31), "HNTE2020", True),
        (date(2024, 1, 1), "HNTE2024", True),
    ],
)
def test_day_of_the_application_chooses_the_edition(day, code, online):
    edition = editions.on(day)
    assert (edition.code, edition.online) == (code, online)
    assert edition.unconfirmed


def test_day_before_the_measures_is_refused():
    with pytest.raises(editions.NoEdition, match="2015-12-31"):
        editions.on(date(2015, 12, 31))


def test_lead_ministry_is_data():
    assert editions.on(date(2023, 12, 31)).lead != editions.on(date(2024, 1, 1)).lead


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2021, 7, 29), "HNTE2020-BJ2021"),
        (date(2022, 5, 18), "HNTE2020-BJ2021"),
        (date(2022, 5, 19), "HNTE2020-BJ2022"),
        (date(2022, 11, 15), "HNTE2020-BJ2022"),
    ],
)
def test_pilot_of_beijing_lies_over_the_rules_of_the_day(day, code):
    edition = editions.on(day, "11", pilot=True)
    assert edition.code == code
    assert edition.limits.domestic.value == Fraction(1, 2)
    assert edition.limits.domestic.clause.startswith("京科")
    assert editions.on(day, "11").limits.domestic.value == Fraction(3, 5)


@pytest.mark.parametrize(
    ("day", "place"),
    [(date(2021, 7, 28), "11"), (date(2022, 11, 16), "11"), (PILOT_DAY, "12"), (PILOT_DAY, "")],
)
def test_pilot_elsewhere_or_on_another_day_is_refused(day, place):
    with pytest.raises(editions.NoPilot):
        editions.on(day, place, pilot=True)


@pytest.mark.parametrize(
    ("overseas", "ordinary", "pilot"),
    [
        ("50.00", [], []),
        ("50.01", ["V12"], []),
        ("75.00", ["V12"], []),
        ("75.01", ["V12"], ["V12"]),
    ],
)
def test_domestic_share_of_60_and_in_the_pilot_50_percent(overseas, ordinary, pilot):
    facts = {
        "applied_on": "2022-09-01",
        "jurisdiction": "11",
        "rd_years": [{"personnel": "60", "ext_overseas": overseas}],
        "sales": ["1000"],
    }
    assert codes(case_of(**facts)) == ordinary
    assert codes(case_of(**facts, pilot=True)) == pilot


def test_finding_of_the_pilot_cites_the_pilot():
    rd = [{"personnel": "60", "ext_overseas": "76"}]
    facts = {"applied_on": "2022-09-01", "jurisdiction": "11", "pilot": True, "sales": ["1000"]}
    found = {f.code: f for f in rules.check(case_of(**facts, rd_years=rd))}
    assert found["V12"].clause == "京科高发〔2022〕117号"
    assert "50%" in found["V12"].text()


# --- the catalogue ----------------------------------------------------------------------------


def test_catalogue_has_8_52_and_254_titles():
    levels = [field.level for field in editions.FIELDS.values()]
    assert [levels.count(n) for n in (1, 2, 3)] == [8, 52, 254]


def test_three_titles_of_level_2_can_be_named():
    leaves = [f.name for f in editions.FIELDS.values() if f.leaf and f.level == 2]
    assert leaves == ["高技术专业化服务", "知识产权与成果转化服务", "生态环境建设与保护技术"]


@pytest.mark.parametrize(
    ("code", "valid"),
    [("1.1.1", True), ("5.4", True), ("1.1", False), ("1", False), ("9.1.1", False), ("", False)],
)
def test_only_leaves_can_be_named(code, valid):
    assert (editions.leaf(code) is not None) is valid
    assert codes(case_of(core_field_code=code)) == ([] if valid else ["V08"])


# --- readings ---------------------------------------------------------------------------------


def test_every_reading_has_a_clause_and_takes_one_of_its_choices():
    for reading in editions.READINGS:
        assert CITES.search(reading.clause)
        assert reading.taken in reading.choices
        assert str(reading.question).endswith((".", "。"))


def test_reading_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="one_year"):
        EDITION.taking(one_year="guess")
    with pytest.raises(ValueError, match="colour"):
        EDITION.taking(colour="red")


@pytest.mark.parametrize(
    ("reading", "values", "band"),
    [
        ({}, [400, 420, 441], ["D", 3, 4]),
        ({"growth_five": "annex4"}, [400, 420, 441], ["E", 1, 2]),
        ({"growth_five": "annex4"}, [400, 420, "441.01"], ["D", 3, 4]),
        ({}, [300], ["F", 0, 0]),
        ({"one_year": "manual"}, [300], ["MANUAL", 0, 0]),
        ({}, [100, 50, -20], ["MANUAL", 0, 0]),
        ({"negative_base": "zero"}, [100, 50, -20], ["F", 0, 0]),
        ({}, [-100, 0, 50], ["F", 0, 0]),
        ({}, [0, 0, 50], ["F", 0, 0]),
        ({}, [0, 50], ["F", 0, 0]),
        ({}, [50, 0], ["F", 0, 0]),
    ],
)
def test_reading_of_growth(reading, values, band):
    found = rules.growth([Decimal(value) for value in values], EDITION.taking(**reading))
    assert shown(found.band) == band


@pytest.mark.parametrize(
    ("reading", "results", "years", "band"),
    [
        ({}, 2, 3, "GAP"),
        ({"transformation_gap": "zero"}, 2, 3, "F"),
        ({}, 5, 1, "E"),
        ({"transformation_years": "operating"}, 5, 1, "A"),
        ({"transformation_years": "operating"}, 5, 2, "D"),
        ({}, 0, 3, "F"),
    ],
)
def test_reading_of_transformation(reading, results, years, band):
    edition = EDITION.taking(**reading)
    assert rules.transformation_band(results, edition, years).letter == band


@pytest.mark.parametrize(
    ("totals", "above", "from_71"),
    [([60], False, False), ([60, 61], True, False), ([61], True, True)],
)
def test_reading_of_the_least_total(totals, above, from_71):
    scores = {"tech_totals": totals, "fin_totals": [10]}
    for reading, passed in (("above_70", above), ("from_71", from_71)):
        case = case_of(edition=EDITION.taking(least_total=reading), expert_scores=scores)
        assert case.conditions[6].ok is passed
        assert codes(case) == ([] if passed else ["score"])


def test_reading_of_outside_work_in_the_domestic_share():
    rd = [{"personnel": "60", "ext_overseas": "50"}]
    counted, paid = (
        case_of(edition=EDITION.taking(domestic_outside=r), rd_years=rd, sales=["1000"])
        for r in ("counted", "paid")
    )
    assert counted.research.domestic_share == Fraction(3, 5)
    assert paid.research.domestic_share == Fraction(60, 110)


def test_the_eight_fields_have_the_titles_of_the_annex():
    titles = {code: field.name for code, field in editions.FIELDS.items() if field.level == 1}
    with translation.override("zh-hans"):
        assert {group.value: str(group.label) for group in FieldGroup} == titles
