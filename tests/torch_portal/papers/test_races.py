"""Two people at the same paper, two runs of the clock: one wins, the other is told."""

import threading

import pytest
from django.db import connection

from tests.torch_portal.papers.conftest import moment
from torch_portal.accounts.enums import OfficeRole
from torch_portal.notices.models import Message
from torch_portal.papers import actions
from torch_portal.papers.models import Emergency, Paper, Reminder

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run these in threads of their own from one starting line; what each answered or raised."""
    line = threading.Barrier(len(acts))
    answers = [None] * len(acts)

    def run(number, act):
        try:
            line.wait(10)
            answers[number] = act()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return answers


def test_receive_by_two_people_at_once(house):
    paper = house.paper()
    other = house.official("second", OfficeRole.REVIEWER, agency=house.agency)

    def receive(person):
        mine = Paper.objects.get(pk=paper.pk)
        return lambda: actions.receive(paper=mine, by=person, at=moment("2020-03-01"))

    answers = at_once(receive(house.reviewer), receive(other))
    assert sorted(type(a).__name__ for a in answers) == ["NoneType", "TooLate"]
    winner = (house.reviewer, other)[answers.index(None)]
    assert Paper.objects.get(pk=paper.pk).received_by == winner
    assert paper.filing.events.filter(move="paper_receive").count() == 1


def test_remind_from_two_workers_at_once(house):
    paper = house.paper("2020-01-10")

    def remind():
        return actions.remind(day=paper.due_on, at=moment(paper.due_on))

    assert sorted(at_once(remind, remind)) == [0, 1]
    assert Reminder.objects.count() == 1
    assert Message.objects.count() == 1


def test_defer_while_the_emergency_ends_leaves_no_paper_behind(house):
    emergency = Emergency.objects.get()
    filing = house.recognised("2020-04-29")
    day = moment("2020-04-29")
    at_once(
        lambda: actions.defer(filing=filing, kind="contract_text", by=house.reviewer, at=day),
        lambda: actions.end_emergency(
            emergency=emergency, ended_on=moment("2020-04-30").date(), by=house.national, at=day
        ),
    )
    paper = Paper.objects.get()
    assert (paper.state, str(paper.due_on)) == ("due", "2020-06-01")
