"""Local publicity, the report, the national publicity and its objections."""

import datetime

import pytest

from hitech_cert.actions import lists
from hitech_cert.enums import State
from hitech_cert.models import Report
from hitech_cert.queries.decided import NATIONAL_HEADS, national_rows, report_warning
from tests.factories import accounts
from tests.factories.hitech_after import (
    DAY,
    NATIONAL,
    SESSION,
    fresh,
    proposed,
    province,
    reported,
    scored,
    states,
)
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale
from torch_portal.publicity import actions as publicity
from torch_portal.publicity.enums import EntryState
from torch_portal.publicity.work import carry

LINE = "hitech_cert"
pytestmark = pytest.mark.django_db


@pytest.fixture
def body(house):
    return province()


@pytest.fixture
def application(house, body):
    return proposed(house.firm, house.filer, house.office)


def moment(day, hour=4):
    return datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)


def publicise(jurisdiction, by, at=SESSION):
    batch = publicity.open_batch(
        line=LINE,
        publicity=lists.PUBLICITY,
        jurisdiction=jurisdiction,
        contact="0571-80000000",
        by=by,
        at=at,
    )
    publicity.add(batch=batch, rows=lists.PUBLICITY.pool(jurisdiction.pk), by=by, at=at)
    publicity.publicise(batch=batch, opens_on=at.date(), by=by, at=at)
    carry(line=LINE, steps=lists.STEPS, at=at)
    batch.refresh_from_db()
    return batch


def announce(batch, by, at):
    publicity.announce(batch=batch, by=by, at=at)
    carry(line=LINE, steps=lists.STEPS, at=at)
    batch.refresh_from_db()


def test_local_publicity_leads_to_the_report(application, body):
    batch = publicise(application.filing.jurisdiction, body)
    assert states(application) == [State.LOCAL_PUBLICITY]
    assert batch.title == "浙江省认定机构2020年第1批拟认定高新技术企业名单"
    assert (batch.opens_on, batch.ends_on) == (
        datetime.date(2020, 10, 12),
        datetime.date(2020, 10, 23),
    )
    announce(batch, body, moment(batch.ends_on + DAY))
    assert states(application) == [State.REPORTED]
    report = Report.objects.get()
    assert (report.batch, report.year, report.number, report.late) == (batch, 2020, 1, False)
    entry = batch.entries.get()
    assert (entry.state, entry.number) == (EntryState.ANNOUNCED, "")


def test_upheld_objection_strikes_from_the_local_list(application, body):
    batch = publicise(application.filing.jurisdiction, body)
    lists.PUBLICITY.uphold(batch.entries.get(), body, SESSION + DAY, "知识产权权属不符")
    assert states(application) == [State.NOT_RECOGNISED]
    assert fresh(application).filing.decided_by == body


@pytest.mark.parametrize(
    ("day", "late"), [(datetime.date(2020, 11, 30), False), (datetime.date(2020, 12, 1), True)]
)
def test_report_after_the_thirtieth_of_november_is_late(application, body, day, late):
    made = lists.report(applications=[application], by=body, at=moment(day))
    assert (made.late, states(application)) == (late, [State.REPORTED])


def test_body_that_publicises_does_not_report_directly(application, body, settings):
    settings.HITECH_LOCAL_PUBLICITY = ["33"]
    with pytest.raises(Refused):
        lists.report(applications=[application], by=body, at=SESSION)
    assert states(application) == [State.PROPOSED]


def test_what_was_publicised_and_then_reopened_is_reported_directly(application, body, settings):
    """A list is announced once for a filing: after a re-examination it needs no second one."""
    settings.HITECH_LOCAL_PUBLICITY = ["33"]
    batch = publicise(application.filing.jurisdiction, body)
    batch.entries.update(state=EntryState.ANNOUNCED, announced_on=SESSION.date())
    Filing.objects.filter(pk=application.pk).update(state=State.PROPOSED)
    lists.report(applications=[fresh(application)], by=body, at=SESSION)
    assert states(application) == [State.REPORTED]


def test_report_of_nothing_or_by_another_body_is_refused(application, body, house):
    with pytest.raises(Refused):
        lists.report(applications=[], by=body, at=SESSION)
    with pytest.raises(Denied):
        lists.report(applications=[application], by=accounts.official("32"), at=SESSION)
    lists.report(applications=[application], by=body, at=SESSION)
    with pytest.raises(Stale):
        lists.report(applications=[fresh(application)], by=body, at=SESSION)


def test_list_in_the_national_order(application, body):
    made = lists.report(applications=[application], by=body, at=SESSION)
    row = dict(zip(NATIONAL_HEADS, national_rows(made)[0], strict=True))
    assert (row["序号"], row["企业名称"]) == ("1", application.enterprise.name)
    assert row["统一社会信用代码"] == application.enterprise.credit_code
    assert row["所属地区"].endswith("西湖区")
    assert "先进制造与自动化" in row["技术领域"]


def test_what_is_left_is_warned_of_until_it_is_reported(application, body):
    warning = report_warning("33", datetime.date(2020, 11, 20))
    assert (warning["left"], warning["days"]) == (1, 10)
    lists.report(applications=[application], by=body, at=SESSION)
    assert report_warning("33", datetime.date(2020, 11, 20)) is None


@pytest.fixture
def report(house, body):
    return lists.report_of(reported(house.firm, house.filer, house.office))


def note(report, body, **more):
    said = {"opens_on": NATIONAL.date()} | more
    return lists.publicise_nationally(report=report, by=body, at=NATIONAL, **said)


def test_national_publicity_is_noted_for_the_whole_list(report, body):
    assert note(report, body, note="http://www.innocom.gov.cn") == 1
    report.refresh_from_db()
    assert report.public_to == datetime.date(2020, 11, 13)
    assert report.rows.get().application.filing.state == State.NATIONAL_PUBLICITY
    with pytest.raises(Stale):
        note(report, body)


@pytest.mark.parametrize(
    ("ends_on", "good"), [(datetime.date(2020, 11, 13), True), (datetime.date(2020, 11, 16), False)]
)
def test_a_period_other_than_ten_working_days_is_refused(report, body, ends_on, good):
    if good:
        assert note(report, body, ends_on=ends_on) == 1
    else:
        with pytest.raises(Refused):
            note(report, body, ends_on=ends_on)


def test_publicity_before_the_report_is_refused(report, body):
    with pytest.raises(Refused) as caught:
        note(report, body, opens_on=datetime.date(2020, 10, 1))
    assert caught.value.findings[0].field == "opens_on"


def enter(application, body, **more):
    said = {
        "objector": "浙江某某仪器有限公司",
        "received_on": datetime.date(2020, 11, 5),
        "facts": "主要产品的专利权属他人",
        "at": NATIONAL + 10 * DAY,
    }
    return lists.enter_objection(application=application, by=body, **said | more)


def test_objection_upheld_strikes_the_enterprise(report, body):
    note(report, body)
    application = fresh(report.rows.get().application)
    made = enter(application, body)
    with pytest.raises(Refused):
        lists.uphold_objection(objection=made, by=body, at=NATIONAL, note=" ")
    lists.uphold_objection(objection=made, by=body, at=NATIONAL, note="经核实，权属不符")
    assert states(application) == [State.NOT_RECOGNISED]
    with pytest.raises(Stale):
        lists.reject_objection(objection=made, by=body, at=NATIONAL, note="重复")


def test_anonymous_and_late_objections_are_not_taken(report, body):
    note(report, body)
    application = fresh(report.rows.get().application)
    with pytest.raises(Refused) as caught:
        enter(
            application, body, objector=" ", facts="", received_on=datetime.date(2020, 11, 14),
            at=NATIONAL + 20 * DAY,
        )  # fmt: skip
    assert [f.field for f in caught.value.findings] == ["objector", "facts", "received_on"]
    last = enter(application, body, received_on=datetime.date(2020, 11, 13), at=NATIONAL + 20 * DAY)
    assert last.state == "open"


def test_objection_to_what_is_not_there_is_stale(house, body):
    one = scored(house.firm, house.filer, house.office)
    with pytest.raises(Stale):
        enter(one, body)
