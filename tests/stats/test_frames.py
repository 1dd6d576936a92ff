"""The list of respondents: from the registers, from lists, one unit each, re-assigned, exempt."""

import datetime

import pytest

from stats import actions
from stats.enums import RoundState, State
from stats.models import Assignment, Return, Round
from stats.queries.frames import Listed, Units
from tests.factories import accounts
from tests.factories import stats as made
from tests.factories.stats import AT, YEAR
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Qualification
from torch_portal.filings.transitions import Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(house):
    return made.survey_round(RoundState.APPROVED)


def certify(firm, by, day, number="GR202233000001", **fields):
    """A certificate of three years from a day on."""
    last = datetime.date(day.year + 3, day.month, day.day)
    return Qualification.objects.create(
        enterprise=firm, kind="hnte_certificate", number=number, valid_from=day, valid_to=last,
        source="测试", recorded_at=AT, recorded_by=by, **fields,
    )  # fmt: skip


def freeze(survey_round, **more):
    return actions.freeze_frame(survey_round=survey_round, by=made.torch(), at=AT, **more)


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        (datetime.date(YEAR - 2, 1, 1), 1),
        (datetime.date(YEAR - 3, 12, 31), 0),
        (datetime.date(YEAR, 12, 31), 1),
        (datetime.date(YEAR + 1, 1, 1), 0),
    ],
)
def test_certified_of_the_last_three_years_are_on_the_list(house, approved, day, listed):
    certify(house.firm, house.operator, day)
    certify(house.other_firm, house.operator, datetime.date(YEAR, 6, 1), "GR202233000002")
    found = freeze(approved)
    assert found.added == 1 + listed
    row = Assignment.objects.get(enterprise=house.other_firm)
    assert (row.responsible_unit, row.city_unit) == (house.office, None)
    approved.refresh_from_db()
    assert (approved.state, approved.frame_frozen_by) == (RoundState.FRAME_FROZEN, made.torch())


def test_certificate_that_ended_in_the_year_does_not_count(house, approved):
    certify(house.firm, house.operator, datetime.date(YEAR, 6, 1),
            ended_on=datetime.date(YEAR, 12, 31))  # fmt: skip
    with pytest.raises(Refused, match="frame"):
        freeze(approved)


def test_place_without_a_unit_is_named(house, approved):
    lonely = accounts.enterprise(
        "91440300MA5EXAMPL1", name="深圳示例公司", division="440305", jurisdiction_id="4403"
    )
    certify(lonely, house.operator, datetime.date(YEAR, 6, 1))
    with pytest.raises(Refused) as refused:
        freeze(approved)
    text = refused.value.findings[0].text()
    assert "440305" in text
    assert "Give a unit this area first" in text
    assert not Assignment.objects.exists()


def test_smallest_area_is_responsible_and_the_city_stands_above(house):
    district = accounts.agency("330106", "330106", name="西湖区科技局")
    units = Units()
    assert units.of("330106") == (district.pk, house.office.pk)
    assert units.of("330110") == (house.office.pk, None)
    assert units.of("440305") == (None, None)


def test_list_is_frozen_once_and_by_the_torch_center_alone(house, approved):
    certify(house.firm, house.operator, datetime.date(YEAR, 6, 1))
    with pytest.raises(Denied):
        actions.freeze_frame(survey_round=approved, by=house.official, at=AT)
    freeze(approved)
    with pytest.raises(Stale):
        freeze(approved)


def bring(survey_round, *rows):
    return actions.bring_respondents(
        survey_round=survey_round, rows=rows, name="名录.xlsx", by=made.torch(), at=AT
    )


def test_imported_list_is_taken_with_its_units(house, approved):
    other = accounts.agency("330199", "330108", name="滨江区科技局")
    count = bring(
        approved, Listed(2, house.firm.credit_code, "330199"), Listed(3, accounts.LANGTU.lower())
    )
    assert count == 2
    row = Assignment.objects.get(enterprise=house.firm)
    assert (row.responsible_unit, row.city_unit) == (other, house.office)
    assert Assignment.objects.get(enterprise=house.other_firm).responsible_unit == house.office
    assert "名录.xlsx" in row.source
    assert bring(approved, Listed(2, house.firm.credit_code)) == 0


def test_every_bad_row_of_a_list_is_named_and_none_is_taken(house, approved):
    with pytest.raises(Refused) as refused:
        bring(
            approved,
            Listed(2, house.firm.credit_code),
            Listed(3, "91330000000000000X"),
            Listed(4, accounts.LANGTU, "999999"),
            Listed(5, house.firm.credit_code),
        )
    texts = [finding.text() for finding in refused.value.findings]
    assert [text.split(":")[0] for text in texts] == ["Row 3", "Row 4", "Row 5"]
    assert "no unit of the survey has the code 999999" in texts[1]
    assert "stands in row 2 already" in texts[2]
    assert not Assignment.objects.exists()


def test_list_without_rows_is_refused(approved):
    with pytest.raises(Refused) as refused:
        bring(approved)
    assert "统一社会信用代码" in refused.value.findings[0].text()


@pytest.fixture
def listed(house):
    made.open_round({house.firm: house.office})
    return Assignment.objects.get()


@pytest.fixture
def near(house):
    return accounts.agency("330199", "330108", name="滨江区科技局")


def reassign(row, unit, by, day=datetime.date(YEAR + 1, 3, 15)):
    at = datetime.datetime.combine(day, datetime.time(4), tzinfo=datetime.UTC)
    return actions.reassign(assignment=row, unit=unit, by=by, at=at, note="企业迁入滨江区")


def test_respondent_changes_unit_until_the_cut_off(house, listed, near):
    reassign(listed, near, made.province())
    listed.refresh_from_db()
    assert (listed.responsible_unit, listed.reassigned_by) == (near, made.province())
    with pytest.raises(Refused) as refused:
        reassign(listed, house.office, made.province(), datetime.date(YEAR + 1, 3, 16))
    assert "2023-03-15" in refused.value.findings[0].text()


def test_return_goes_with_its_respondent(house, listed, near):
    report = made.return_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    reassign(listed, near, made.province())
    report = Return.objects.select_related("filing").get(pk=report.pk)
    assert (report.unit, report.filing.agency) == (near, near)
    assert report.filing.events.latest("seq").move == "reassign"


def test_approved_return_keeps_its_unit_and_other_provinces_have_no_say(house, listed, near):
    made.return_at(
        State.LOCAL_APPROVED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        reassign(listed, house.far_office, made.province())
    assert [f.code for f in refused.value.findings] == ["unit", "approved"]
    for person in (made.province("32"), house.reviewer, house.filer):
        with pytest.raises(Denied):
            reassign(listed, near, person)


def test_respondent_is_exempt_with_a_reason_and_back(house, listed):
    with pytest.raises(Refused, match="note"):
        actions.exempt(assignment=listed, by=house.reviewer, at=AT, note=" ")
    actions.exempt(assignment=listed, by=house.reviewer, at=AT, note="已注销")
    assert (listed.exempt, listed.reason, listed.exempted_by) == (True, "已注销", house.reviewer)
    with pytest.raises(Refused) as refused:
        actions.start(assignment=listed, by=house.filer, at=AT)
    assert "已注销" in refused.value.findings[0].text()
    actions.end_exemption(assignment=listed, by=house.reviewer, at=AT)
    assert actions.start(assignment=listed, by=house.filer, at=AT).pk


def test_who_has_submitted_is_not_exempt_before_the_return_is_cancelled(house, listed):
    made.return_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.exempt(assignment=listed, by=house.reviewer, at=AT, note="已注销")
    assert [f.code for f in refused.value.findings] == ["submitted"]


def design(**fields):
    days = {
        "opens_on": datetime.date(2024, 1, 15), "closes_on": datetime.date(2024, 3, 25),
        "reassign_until": datetime.date(2024, 3, 15), "scan_until": datetime.date(2024, 4, 30),
    }  # fmt: skip
    values = {"version": made.version(), "year": 2023, "title": "2023年度年报"} | days | fields
    return actions.design_round(values=values, by=made.torch(), at=AT)


def test_round_is_laid_out_once_for_a_version_and_year(house):
    row = design()
    assert Round.objects.get() == row
    with pytest.raises(Refused, match="twice"):
        design()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"closes_on": datetime.date(2024, 1, 14), "reassign_until": datetime.date(2024, 1, 14)},
         "window"),
        ({"opens_on": datetime.date(2023, 12, 31)}, "year"),
        ({"scan_until": datetime.date(2024, 3, 24)}, "scan"),
        ({"reassign_until": datetime.date(2024, 3, 26)}, "reassign"),
        ({"closes_on": datetime.date(2025, 3, 1), "scan_until": datetime.date(2025, 3, 1)},
         "approval"),
    ],
)  # fmt: skip
def test_days_that_make_no_sense_are_refused(house, fields, code):
    with pytest.raises(Refused) as refused:
        design(**fields)
    assert [f.code for f in refused.value.findings] == [code]
