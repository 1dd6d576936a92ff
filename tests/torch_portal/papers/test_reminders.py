"""Reminders: at the right time, to the right people, once."""

import datetime

import pytest
from django.utils import timezone

from tests.torch_portal.papers.conftest import moment
from torch_portal.filings.queries import problems as filing_problems
from torch_portal.notices.models import Message
from torch_portal.papers import actions, tasks
from torch_portal.papers.models import Paper, PaperPolicy, Reminder

# recognised 2020-01-10, before the notice: due 30 days later, Sunday 9 February, so Monday
DUE = datetime.date(2020, 2, 10)


def remind(day):
    return actions.remind(day=day, at=moment(day))


def days(n):
    return datetime.timedelta(days=n)


@pytest.fixture
def paper(house):
    made = house.paper("2020-01-10")
    assert made.due_on == DUE
    return made


@pytest.mark.parametrize(
    ("offset", "occasion"),
    [
        (-16, None),
        (-15, "before-15"),
        (-3, "before-3"),
        (0, "on"),
        (1, "after-1"),
        (15, "after-15"),
        (30, "after-30"),
        (45, "after-30"),
        (120, "after-30"),
        (121, None),
    ],
)
def test_remind_on_its_day(paper, offset, occasion):
    assert remind(DUE + days(offset)) == (1 if occasion else 0)
    assert list(Reminder.objects.values_list("occasion", flat=True)) == (
        [occasion] if occasion else []
    )
    assert Message.objects.count() == (1 if occasion else 0)


def test_remind_every_day_sends_each_occasion_once(paper, house):
    for n in range(-30, 60):
        remind(DUE + days(n))
        remind(DUE + days(n))
    sent = Reminder.objects.order_by("day").values_list("occasion", "day")
    assert list(sent) == [
        ("before-15", DUE - days(15)),
        ("before-3", DUE - days(3)),
        ("on", DUE),
        ("after-1", DUE + days(1)),
        ("after-15", DUE + days(15)),
        ("after-30", DUE + days(30)),
    ]
    assert Message.objects.filter(to_user=house.owner).count() == 6


def test_remind_after_days_without_beat_sends_the_latest_only(paper):
    remind(DUE - days(15))
    remind(DUE + days(5))
    remind(DUE + days(6))
    assert set(Reminder.objects.values_list("occasion", flat=True)) == {"before-15", "after-1"}


@pytest.mark.parametrize("name", ["receive", "waive"])
def test_remind_not_when_the_paper_is_in_or_waived(paper, house, name):
    getattr(actions, name)(paper=paper, by=house.reviewer, at=moment("2020-02-01"), note="x")
    assert remind(DUE) == 0
    assert not Reminder.objects.exists()


def test_remind_one_letter_per_enterprise_and_date(paper, house):
    second = house.paper("2020-01-10")
    third = house.paper("2020-01-13")
    assert third.due_on == datetime.date(2020, 2, 12)
    assert remind(DUE) == 3
    due, later = Message.objects.order_by("pk")
    assert paper.filing.number in due.body
    assert second.filing.number in due.body
    assert third.filing.number not in due.body
    assert third.filing.number in later.body


def test_remind_follows_the_policy_of_the_jurisdiction(paper, house):
    PaperPolicy.objects.create(
        jurisdiction=house.hubei,
        mode="deferred",
        source="x",
        remind_days_before=[7],
        remind_days_after=[],
    )
    there = house.paper("2020-01-10", agency=house.jinan)
    assert remind(DUE - days(15)) == 1
    assert Reminder.objects.get().paper == there
    assert remind(DUE - days(7)) == 1
    assert Reminder.objects.filter(paper=paper).get().occasion == "before-7"


def test_remind_when_the_rhythm_changes_does_not_go_back(paper, house):
    remind(DUE - days(3))
    PaperPolicy.objects.filter(jurisdiction=None).update(remind_days_before=[10])
    assert remind(DUE - days(2)) == 0


def test_flag_overdue_the_day_after(paper):
    assert actions.flag_overdue(day=DUE, at=moment(DUE)) == 0
    assert actions.flag_overdue(day=DUE + days(1), at=moment(DUE + days(1))) == 1
    assert actions.flag_overdue(day=DUE + days(1), at=moment(DUE + days(1))) == 0
    paper.refresh_from_db()
    assert paper.state == "overdue"
    event = paper.filing.events.latest("seq")
    assert (event.move, event.by) == ("paper_overdue", None)
    assert filing_problems() == []


def test_remind_in_a_budget_of_statements(house, django_assert_num_queries):
    for _n in range(3):
        house.paper("2020-01-10")
    with django_assert_num_queries(10):
        assert remind(DUE - days(15)) == 3


def test_remind_task_twice_sends_once(house, settings):
    settings.PORTAL_CLOCK_OFFSET = moment("2020-02-11", 9) - timezone.now()
    paper = house.paper("2020-01-10")
    tasks.remind()
    tasks.remind()
    paper.refresh_from_db()
    assert paper.state == "overdue"
    assert Reminder.objects.get().occasion == "after-1"
    assert Message.objects.count() == 1
    assert Paper.objects.open().count() == 1
