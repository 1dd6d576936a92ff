"""Bad entries of an application: each is told at its place, with what is wrong and the clause."""

import datetime
from decimal import Decimal

import pytest

from hitech_cert import forms, queries
from tests.factories import hitech_cert as made
from torch_portal.common.findings import Level

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def drafted(house):
    """A draft that differs from one in order; what is said of it, by code and place."""
    made.intake()

    def make(at=made.AT, **changes):
        application = made.draft(house.firm, house.filer, files=False, **changes)
        found = queries.findings(application, at=at)
        places = [forms.place_of(application, f.field) for f in found]
        rows = [(f.code, p.step, p.anchor) for f, p in zip(found, places, strict=True)]
        return [row for row in rows if row[0] != "files"], found

    return make


def blocks(found):
    """The sentences that stop it, files apart."""
    return [f.text() for f in found if f.level is Level.BLOCK and f.code != "files"]


def test_draft_in_order_has_only_its_files_missing(drafted):
    rows, found = drafted()
    assert blocks(found) == []
    assert [row for row in rows if row[0] in ("missing", "unread")] == []


@pytest.mark.parametrize(("days", "told"), [(364, True), (365, False)])
def test_364_days_across_a_leap_day_are_too_few(drafted, days, told):
    registered = made.AT.date() - days * DAY  # 29 February 2020 lies between
    rows, found = drafted(registered_on=registered)
    assert (("V02", "main", "registered_on") in rows) is told
    assert any("364" in text for text in blocks(found)) is told


@pytest.mark.parametrize(("middle", "case"), [("0", "sales_3"), ("-20", "sales_3")])
def test_middle_year_without_sales_is_told_at_sales(drafted, middle, case):
    rows, _found = drafted(sales_2=Decimal(middle))
    assert {("growth", "main", case), ("V25", "main", case)} & set(rows)


def test_negative_net_assets_are_for_a_person(drafted):
    assets = {f"net_assets_{n}": Decimal(-n) for n in (1, 2, 3)}
    rows, _found = drafted(**assets)
    assert ("V25", "main", "net_assets_3") in rows


def test_other_cost_above_its_share_is_told_at_its_year(drafted):
    row = made.cost(2018, "120", personnel=Decimal(40), direct=Decimal(0), other=Decimal(80))
    costs = [made.cost(2017, "100"), row, made.cost(2019, "150")]
    rows, found = drafted(rows={"costs": costs})
    assert ("other_cut", "costs", "costs") in rows
    assert "70.00" in next(f.text() for f in found if f.code == "other_cut")


def test_right_used_before_is_not_counted(drafted):
    rights = [*made.ROWS["rights"], made.right(5, used_before=True)]
    rows, found = drafted(rows={"rights": rights})
    assert ("V06", "rights", "") in rows
    assert "IP05" in next(f.text() for f in found if f.code == "V06")


def test_trade_mark_is_no_kind_of_right(drafted):
    rights = [*made.ROWS["rights"], made.right(5, kind="trade_mark")]
    _rows, found = drafted(rows={"rights": rights})
    assert [f.field for f in found if f.code == "V06"] == ["rights[4]"]


def test_patent_number_with_a_wrong_check_digit_blocks(drafted):
    wrong = made.patent(7)
    wrong = wrong[:-1] + ("1" if wrong[-1] != "1" else "2")
    patent = made.right(5, kind="invention_patent", number=wrong)
    rows, found = drafted(rows={"rights": [*made.ROWS["rights"], patent]})
    assert ("V05", "rights", "number") in rows
    assert any(wrong in text for text in blocks(found))


def test_activity_that_does_not_touch_the_year_blocks_its_cost(drafted):
    late = made.project(1, starts_on=datetime.date(2018, 1, 1))
    rows, found = drafted(rows={"projects": [late]})
    assert ("V10", "costs", "RD01-personnel") in rows
    assert any("RD01" in text and "2017" in text for text in blocks(found))


def test_cost_that_differs_from_what_the_activity_spent_blocks(drafted):
    costs = [made.cost(2017, "100"), made.cost(2018, "120.03"), made.cost(2019, "150")]
    rows, _found = drafted(rows={"costs": costs})
    assert ("V10", "costs", "RD01-personnel") in rows


def test_empty_cells_are_told_at_their_places(drafted):
    product = made.product(2, "300", main=False, name="", source="")
    rows, _found = drafted(
        profit_2=None, rows={"products": [made.ROWS["products"][0], product], "staff": []}
    )
    assert {
        ("missing", "main", "profit_2"),
        ("missing", "products", "name"),
        ("missing", "products", "source"),
        ("missing", "staff", "staff"),
    } <= set(rows)


def test_text_of_401_characters_is_told_and_kept(drafted):
    rows, _found = drafted(text_rights="字" * 401, text_staff="字" * 400)
    assert ("V04", "innovation", "text_rights") in rows
    assert ("V04", "innovation", "text_staff") not in rows


def test_right_that_does_not_exist_is_told_where_it_is_named(drafted):
    result = made.result(1, rights=["IP77"])
    rows, _found = drafted(rows={"results": [result]})
    assert ("V04", "innovation", "rights") in rows


def test_young_intermediary_blocks(drafted):
    rows, _found = drafted(agency_founded_on=datetime.date(2017, 6, 2))
    assert ("V17", "report", "agency_name") in rows


def test_intermediary_of_three_years_suffices(drafted):
    rows, _found = drafted(agency_founded_on=datetime.date(2017, 6, 1))
    assert "V17" not in {row[0] for row in rows}


def test_report_with_another_figure_is_told_at_it(drafted):
    rows, _found = drafted(reported_rd=Decimal("371.00"), rd_domestic=Decimal("300.00"))
    assert ("V15", "report", "reported_rd") in rows
    assert ("V15", "main", "rd_domestic") in rows


def test_draft_of_another_year_has_to_begin_anew(drafted):
    rows, found = drafted(at=made.AT.replace(year=2021))
    assert ("year", "", "") in rows
    assert any("2020" in text for text in blocks(found))


def test_young_enterprise_leaves_the_years_before_it_empty(drafted):
    none = {f"{name}_1": None for name in ("sales", "net_assets", "profit")}
    rows, _found = drafted(registered_on=datetime.date(2018, 3, 1), **none)
    assert [row for row in rows if row[0] == "missing"] == []
