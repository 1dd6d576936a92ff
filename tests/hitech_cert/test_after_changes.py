"""Changes of name, major changes, relocation; and the pages that tell of them."""

import datetime

import pytest

from hitech_cert.actions import changes, rechecking, record
from hitech_cert.enums import State
from hitech_cert.models import Cancellation
from hitech_cert.queries import facts
from tests.factories import accounts
from tests.factories.hitech_after import DAY, certified, fresh, province, states
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale

NEW_NAME = "杭州知微新能源股份有限公司"
pytestmark = pytest.mark.django_db


def moment(year, month, day):
    return datetime.datetime(year, month, day, 4, tzinfo=datetime.UTC)


AT = moment(2021, 3, 1)


@pytest.fixture
def body(house):
    return province()


@pytest.fixture
def application(house, body):
    return certified(house.firm, house.filer, house.office)


def report(application, house, kind="name", at=AT, **more):
    after = {"name": NEW_NAME} if kind == "name" else {"what": "与他人合并"}
    said = {"happened_on": datetime.date(2021, 2, 1), "after": after, "reason": "更名"}
    return changes.report_change(
        application=application, kind=kind, by=house.filer, at=at, **said | more
    )


@pytest.mark.parametrize(
    ("happened", "day", "late"),
    [("2020-11-30", (2021, 2, 28), False), ("2020-11-30", (2021, 3, 1), True)],
)
def test_change_is_late_after_three_months(application, house, happened, day, late):
    made = report(
        application, house, happened_on=datetime.date.fromisoformat(happened), at=moment(*day)
    )
    assert made.late is late


def test_everything_wrong_with_a_change_is_said_at_once(application, house):
    with pytest.raises(Refused) as caught:
        report(application, house, after={"name": " "}, reason="", happened_on=None)
    assert [f.field for f in caught.value.findings] == ["happened_on", "after", "reason"]
    with pytest.raises(Refused) as caught:
        report(application, house, happened_on=(AT + DAY).date(), reason="改" * 101)
    assert [f.field for f in caught.value.findings] == ["happened_on", "reason"]
    with pytest.raises(Refused) as caught:
        report(application, house, after={"name": house.firm.name})
    assert [f.field for f in caught.value.findings] == ["after"]
    assert report(application, house, reason="改" * 100).state == "open"


def test_one_change_at_a_time_and_it_bars_a_new_application(application, house):
    report(application, house)
    with pytest.raises(Refused):
        report(application, house, after={"name": "又一个名称"})
    assert facts.standing_of(application).change_open


def test_name_is_publicised_ten_working_days_and_then_confirmed(application, house, body):
    record.issue_record(application=application, by=house.filer, at=AT)
    change = report(application, house)
    with pytest.raises(Refused):
        changes.confirm_change(change=change, by=body, at=AT)
    changes.publicise_change(change=change, by=body, at=AT)
    assert (change.public_from, change.public_to) == (
        datetime.date(2021, 3, 1),
        datetime.date(2021, 3, 12),
    )
    with pytest.raises(Refused):
        changes.confirm_change(change=change, by=body, at=moment(2021, 3, 12))
    changes.confirm_change(change=change, by=body, at=moment(2021, 3, 13))
    now = fresh(application)
    assert (now.enterprise.name, now.certificate_number) == (NEW_NAME, "GR202033008462")
    assert now.valid_to == datetime.date(2023, 11, 30)
    newest = Certificate.objects.order_by("-version").first()
    assert (newest.version, newest.content["enterprise"]) == (2, NEW_NAME)


def test_objection_to_a_change_is_answered_before_the_confirmation(application, house, body):
    change = report(application, house)
    changes.publicise_change(change=change, by=body, at=AT)
    changes.note_objection(change=change, by=body, at=AT, note="张三实名反映：名称侵权")
    with pytest.raises(Refused) as caught:
        changes.confirm_change(change=change, by=body, at=moment(2021, 3, 13))
    assert [f.field for f in caught.value.findings] == ["note"]
    changes.confirm_change(change=change, by=body, at=moment(2021, 3, 13), note="核实不成立")
    assert change.state == "confirmed"


def test_refused_change_leaves_everything(application, house, body):
    change = report(application, house)
    with pytest.raises(Refused):
        changes.refuse_change(change=change, by=body, at=AT, note="")
    changes.refuse_change(change=change, by=body, at=AT, note="材料不符")
    assert fresh(application).enterprise.name == house.firm.name
    with pytest.raises(Stale):
        changes.publicise_change(change=change, by=body, at=AT)


ALL_MET = dict.fromkeys(range(1, 9), True)


def test_major_change_that_meets_the_conditions_keeps_the_certificate(application, house, body):
    change = report(application, house, "major")
    with pytest.raises(Refused):
        changes.publicise_change(change=change, by=body, at=AT)
    with pytest.raises(Refused) as caught:
        rechecking.recheck_change(
            change=change, conditions={1: True, 2: None}, by=body, at=AT, note="核查"
        )
    assert caught.value.findings[0].values["numbers"] == "2, 3, 4, 5, 6, 7, 8"
    rechecking.recheck_change(change=change, conditions=ALL_MET, by=body, at=AT, note="仍符合")
    assert (change.state, states(application)) == ("confirmed", [State.CERTIFIED])


def test_major_change_that_fails_them_announces_a_cancellation(application, house, body):
    change = report(application, house, "major")
    failed = ALL_MET | {5: False}
    rechecking.recheck_change(change=change, conditions=failed, by=body, at=AT, note="第五项不符")
    assert (change.state, change.cancel_from) == ("ended", 2021)
    case = Cancellation.objects.get()
    assert (case.grounds, case.effect_year) == (["change"], 2021)
    assert states(application) == [State.CANCELLATION_NOTICED]


@pytest.fixture
def jiangsu(house):
    return province("32")


def move(application, house, division="320106"):
    return report(application, house, "relocation", after={"division": division}, reason="整体迁移")


def test_whole_relocation_needs_both_bodies_and_keeps_number_and_term(
    application, house, body, jiangsu
):
    change = move(application, house)
    with pytest.raises(Denied):
        changes.release_change(change=change, by=jiangsu, at=AT)
    changes.release_change(change=change, by=body, at=AT)
    with pytest.raises(Denied):
        changes.publicise_change(change=change, by=body, at=AT)
    changes.publicise_change(change=change, by=jiangsu, at=AT)
    changes.confirm_change(change=change, by=jiangsu, at=moment(2021, 3, 13))
    now = fresh(application)
    assert (now.filing.jurisdiction_id, now.enterprise.division) == ("32", "320106")
    assert now.filing.agency == house.far_office
    assert (now.certificate_number, now.filing.state) == ("GR202033008462", State.CERTIFIED)


def test_relocation_inside_the_body_is_none(application, house):
    with pytest.raises(Refused):
        move(application, house, "330108")


def test_partial_relocation_is_known_and_certified_anew(application, house, body):
    change = report(application, house, "partial", after={"division": "320106"}, reason="部分搬迁")
    changes.confirm_change(change=change, by=body, at=AT, note="请重新认定")
    assert fresh(application).filing.jurisdiction_id == "33"


def test_changes_are_reported_by_the_enterprise_and_decided_by_the_body(application, house, body):
    for person in (house.stranger, house.reader, body):
        with pytest.raises(Denied):
            changes.report_change(
                application=application, kind="name", happened_on=AT.date(),
                after={"name": NEW_NAME}, reason="更名", by=person, at=AT,
            )  # fmt: skip
    change = report(application, house)
    for person in (house.reviewer, house.filer, accounts.official("32")):
        with pytest.raises(Denied):
            changes.publicise_change(change=change, by=person, at=AT)
