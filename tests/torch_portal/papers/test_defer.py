"""What a recognised filing owes on paper."""

import datetime

import pytest

from tests.torch_portal.papers.conftest import moment
from torch_portal.papers import actions
from torch_portal.papers.enums import PaperMode
from torch_portal.papers.models import Emergency, Paper, PaperPolicy, Reminder
from torch_portal.papers.queries import Named


def test_defer_in_the_emergency_sets_no_due_date(house):
    paper = house.paper("2020-02-20")
    assert (paper.state, paper.due_on) == ("deferred", None)
    assert paper.source == "国科火字〔2020〕38号 二"
    actions.remind(day=datetime.date(2020, 12, 31), at=moment("2020-12-31"))
    assert not Reminder.objects.exists()


def test_defer_with_sub_system_asks_for_no_paper(house):
    PaperPolicy.objects.create(
        jurisdiction=house.hubei, mode=PaperMode.NOT_REQUIRED, source="国科火字〔2020〕38号 二"
    )
    paper = house.paper("2020-02-20")
    assert (paper.state, paper.due_on, paper.emergency) == ("not_required", None, None)
    assert house.paper("2020-02-20", agency=house.jinan).state == "deferred"


@pytest.mark.parametrize(
    ("day", "state", "due_on"),
    [
        ("2020-02-05", "due", datetime.date(2020, 3, 6)),
        ("2020-02-06", "deferred", None),
    ],
)
def test_defer_from_the_day_of_the_notice(house, day, state, due_on):
    paper = house.paper(day)
    assert (paper.state, paper.due_on) == (state, due_on)


def test_defer_not_for_others_than_resident_enterprises(house):
    foreign = house.new_enterprise("境外某公司", house.hubei, resident=False)
    paper = house.paper("2020-02-20", enterprise=foreign)
    assert (paper.state, paper.due_on) == ("due", datetime.date(2020, 3, 23))


@pytest.mark.parametrize(
    ("day", "due_on"),
    [
        ("2020-04-29", datetime.date(2020, 6, 1)),
        ("2020-05-06", datetime.date(2020, 6, 5)),
    ],
)
def test_defer_when_the_end_is_set_counts_from_the_later_day(house, day, due_on):
    end(house, "2020-04-30")
    paper = house.paper(day)
    assert (paper.state, paper.due_on) == ("due", due_on)


def end(house, day):
    actions.end_emergency(
        emergency=Emergency.objects.get(jurisdiction=None),
        ended_on=datetime.date.fromisoformat(day),
        by=house.national,
        at=moment(day),
    )


def test_defer_takes_the_grace_of_the_jurisdiction(house):
    end(house, "2020-04-30")
    PaperPolicy.objects.create(
        jurisdiction=house.hubei, mode=PaperMode.DEFERRED, source="x", grace_days=10
    )
    assert house.paper("2020-05-08").due_on == datetime.date(2020, 5, 18)
    assert house.paper("2020-05-08", agency=house.jinan).due_on == datetime.date(2020, 6, 8)


def test_defer_twice_is_once(house):
    paper = house.paper("2020-02-20")
    again = actions.defer(
        filing=paper.filing, kind="contract_text", by=house.reviewer, at=moment("2020-03-01")
    )
    assert again.pk == paper.pk
    assert again.recognised_on == datetime.date(2020, 2, 20)
    assert Paper.objects.count() == 1


def test_defer_in_a_budget_of_statements(house, django_assert_num_queries):
    filing = house.recognised()
    with django_assert_num_queries(5):
        actions.defer(
            filing=filing, kind="contract_text", by=house.reviewer, at=moment("2020-02-20")
        )


def test_defer_keeps_each_kind_apart(house):
    paper = house.paper()
    other = actions.defer(
        filing=paper.filing, kind="application", by=house.reviewer, at=moment("2020-02-20")
    )
    assert other.pk != paper.pk


def test_defer_by_the_day_in_shanghai(house):
    filing = house.recognised("2020-02-06")
    just_after_midnight = datetime.datetime(2020, 2, 5, 16, 5, tzinfo=datetime.UTC)
    paper = actions.defer(
        filing=filing, kind="contract_text", by=house.reviewer, at=just_after_midnight
    )
    assert (paper.recognised_on, paper.state) == (datetime.date(2020, 2, 6), "deferred")


def test_load_policies_twice_and_what_they_say(house):
    PaperPolicy.objects.filter(jurisdiction_id="31").update(grace_days=5)
    actions.load_policies()
    assert Emergency.objects.get().ended_on is None
    rows = PaperPolicy.objects.order_by("jurisdiction_id")
    assert [(p.jurisdiction_id, p.mode, p.grace_days) for p in rows] == [
        ("11", "deferred", 30),
        ("31", "not_required", 5),
        (None, "deferred", 30),
    ]
    assert "第二十二条第二款" in rows[0].source


NAMED = Named(datetime.date(2020, 10, 9), "浙高企认〔2020〕1号")


def application(house, day, named=NAMED):
    """The paper of an application recognised on this day, with a day that its own notice names."""
    return actions.defer(
        filing=house.recognised(day),
        kind="application",
        by=house.reviewer,
        at=moment(day),
        named=named,
    )


def test_day_of_the_line_stands_in_for_the_days_of_grace(house):
    paper = application(house, "2020-02-05")
    assert (paper.state, paper.due_on, paper.source) == ("due", NAMED.due_on, NAMED.source)


def test_emergency_defers_whatever_day_the_line_names(house):
    assert application(house, "2020-02-20").state == "deferred"


def test_day_of_the_line_that_is_over_does_not_count(house):
    over = Named(datetime.date(2020, 2, 4), NAMED.source)
    assert application(house, "2020-02-05", over).due_on == datetime.date(2020, 3, 6)


def test_put_off_moves_what_is_awaited_and_nothing_else(house):
    first, received = application(house, "2020-02-05"), application(house, "2020-02-05")
    at = moment("2020-10-08")
    actions.receive(paper=received, by=house.reviewer, at=at)
    later = Named(datetime.date(2020, 10, 20), "浙高企认〔2020〕9号")
    filings = [first.filing, received.filing]
    asked = {"filings": filings, "kind": "application", "named": later, "by": house.reviewer}
    assert actions.put_off(**asked, at=at) == 1
    assert actions.put_off(**asked, at=at) == 0
    first.refresh_from_db()
    assert (first.due_on, first.source, first.due_set_on) == (
        later.due_on, later.source, datetime.date(2020, 10, 8)
    )  # fmt: skip
    assert first.filing.events.filter(move="paper_due").count() == 1
