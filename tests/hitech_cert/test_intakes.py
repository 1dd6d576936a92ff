"""Batches: opened, extended with their history, closed; what the public calendar shows."""

import datetime

import pytest

from hitech_cert import actions, queries
from hitech_cert.models import Extension, Intake
from tests.factories import accounts
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused

pytestmark = pytest.mark.django_db
CST = datetime.timezone(datetime.timedelta(hours=8))
AT = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=CST)
CLOSES = datetime.datetime(2020, 9, 20, 18, 0, tzinfo=CST)
SOURCE = "浙高企认〔2020〕1号"


def terms(**changes):
    """The terms of a batch of 2020; changes differ from the sample."""
    sample = {
        "year": 2020,
        "number": 1,
        "title": "2020年第一批",
        "opens_at": datetime.datetime(2020, 3, 1, 9, 0, tzinfo=CST),
        "closes_at": CLOSES,
        "recommend_by": datetime.date(2020, 9, 26),
        "source": SOURCE,
    }
    return actions.Terms(**sample | changes)


def opened(by, **changes):
    """A batch of Zhejiang."""
    place = Jurisdiction.objects.get(pk="33")
    return actions.open_intake(jurisdiction=place, terms=terms(**changes), by=by, at=AT)


def said(refusal):
    """Field and words of every finding."""
    return {f.field: f.text() for f in refusal.value.findings}


def test_batch_is_opened_with_a_time_of_day(house):
    intake = opened(house.official)
    assert intake.closes_at == CLOSES
    assert queries.intake_for("33", CLOSES) == intake
    assert queries.intake_for("33", CLOSES + datetime.timedelta(seconds=1)) is None
    assert queries.intake_for("32", AT) is None


@pytest.mark.parametrize("person", ["reviewer", "filer", "operator"])
def test_batch_is_kept_by_the_certification_body_alone(house, person):
    with pytest.raises(Denied):
        opened(getattr(house, person))
    assert not Intake.objects.exists()


def test_batch_of_another_province_is_denied(house):
    with pytest.raises(Denied):
        opened(accounts.official("32"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_at": datetime.datetime(2020, 2, 1, tzinfo=CST)}, "closes_at"),
        ({"year": 2019}, "closes_at"),
        ({"recommend_by": datetime.date(2020, 9, 19)}, "recommend_by"),
        ({"recommend_by": datetime.date(2020, 12, 1)}, "recommend_by"),
        ({"paper_by": datetime.date(2020, 9, 19)}, "paper_by"),
        ({"title": " "}, "title"),
        ({"source": ""}, "source"),
    ],
)
def test_deadlines_out_of_order_are_refused_by_name(house, changes, field):
    with pytest.raises(Refused) as refusal:
        opened(house.official, **changes)
    assert field in said(refusal)


@pytest.mark.parametrize(
    "changes",
    [
        {"recommend_by": datetime.date(2020, 9, 20)},
        {"recommend_by": datetime.date(2020, 11, 30)},
        {"paper_by": datetime.date(2020, 9, 20)},
    ],
)
def test_the_day_itself_is_in_order(house, changes):
    assert opened(house.official, **changes).pk


def test_everything_wrong_is_said_at_once(house):
    opened(house.official)
    with pytest.raises(Refused) as refusal:
        opened(house.official, source="", recommend_by=datetime.date(2020, 12, 1))
    assert set(said(refusal)) == {"number", "source", "recommend_by"}
    assert "2020年第一批" in said(refusal)["number"]


def test_extension_keeps_what_the_deadlines_were(house):
    intake = opened(house.official)
    later = CLOSES + datetime.timedelta(days=5)
    row = actions.extend(
        intake=intake,
        deadlines={"closes_at": later, "recommend_by": datetime.date(2020, 10, 1)},
        source="粤科函高字〔2020〕516号",
        by=house.official,
        at=AT,
    )
    intake.refresh_from_db()
    assert (intake.closes_at, intake.recommend_by) == (later, datetime.date(2020, 10, 1))
    assert queries.changes(row.before, row.after) == [
        ("closes_at", "2020-09-20 18:00", "2020-09-25 18:00"),
        ("recommend_by", "2020-09-26", "2020-10-01"),
    ]


def test_extension_of_a_deadline_that_passed_opens_the_batch_again(house):
    intake = opened(house.official)
    after = CLOSES + datetime.timedelta(hours=1)
    assert queries.intake_for("33", after) is None
    later = CLOSES + datetime.timedelta(days=1)
    actions.extend(
        intake=intake, deadlines={"closes_at": later}, source=SOURCE, by=house.official, at=after
    )
    assert queries.intake_for("33", after) == intake


@pytest.mark.parametrize(
    ("deadlines", "field"),
    [
        ({}, ""),
        ({"closes_at": CLOSES}, ""),
        ({"closes_at": CLOSES - datetime.timedelta(minutes=1)}, "closes_at"),
        ({"closes_at": CLOSES + datetime.timedelta(days=7)}, "recommend_by"),
    ],
)
def test_deadline_moves_later_and_the_others_with_it(house, deadlines, field):
    intake = opened(house.official)
    with pytest.raises(Refused) as refusal:
        actions.extend(intake=intake, deadlines=deadlines, source=SOURCE, by=house.official, at=AT)
    assert field in said(refusal)
    assert not Extension.objects.exists()
    assert Intake.objects.get().closes_at == CLOSES


def test_extension_without_a_document_is_refused(house):
    intake = opened(house.official)
    later = {"recommend_by": datetime.date(2020, 9, 30)}
    with pytest.raises(Refused) as refusal:
        actions.extend(intake=intake, deadlines=later, source=" ", by=house.official, at=AT)
    assert set(said(refusal)) == {"source"}


def test_batch_is_closed_after_its_last_moment(house):
    intake = opened(house.official)
    with pytest.raises(Refused):
        actions.close_intake(intake=intake, by=house.official, at=CLOSES - datetime.timedelta(1))
    after = CLOSES + datetime.timedelta(minutes=1)
    closed = actions.close_intake(intake=intake, by=house.official, at=after)
    assert (closed.closed_at, closed.closed_by) == (after, house.official)
    again = actions.close_intake(intake=intake, by=house.official, at=after)
    assert again.closed_at == after


def test_closed_batch_is_not_extended(house):
    intake = opened(house.official)
    after = CLOSES + datetime.timedelta(minutes=1)
    actions.close_intake(intake=intake, by=house.official, at=after)
    later = {"closes_at": CLOSES + datetime.timedelta(days=2)}
    with pytest.raises(actions.Stale):
        actions.extend(intake=intake, deadlines=later, source=SOURCE, by=house.official, at=after)


def test_calendar_says_what_is_open_and_what_was_moved(house):
    first = opened(house.official)
    opened(
        house.official,
        number=2,
        title="2020年第二批",
        opens_at=CLOSES + datetime.timedelta(days=1),
        closes_at=CLOSES + datetime.timedelta(days=10),
        recommend_by=datetime.date(2020, 10, 8),
    )
    actions.extend(
        intake=first,
        deadlines={"recommend_by": datetime.date(2020, 9, 28)},
        source=SOURCE,
        by=house.official,
        at=AT,
    )
    [place] = queries.calendar(AT)
    assert [b["status"] for b in place["batches"]] == ["open", "planned"]
    assert place["batches"][0]["moved"][0]["changes"] == [
        ("recommend_by", "2020-09-26", "2020-09-28")
    ]
