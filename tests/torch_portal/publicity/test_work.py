"""The work on whole lists: part by part, resumable, by several workers, told when it fails."""

import contextlib
import datetime

import pytest

from tests.faults.together import at_once
from tests.torch_portal.publicity.sample import (
    AT,
    CLOSED,
    PROBE,
    STEPS,
    carry,
    listed,
    opened,
    pooled,
    public,
    row,
    state,
    states,
)
from torch_portal.filings import engine
from torch_portal.filings.models import Event, Filing
from torch_portal.filings.queries import problems
from torch_portal.filings.transitions import Stale
from torch_portal.publicity import actions, work
from torch_portal.publicity.enums import Step


class Died(BaseException):
    """A worker that is killed: nothing of ours catches it."""


def publicised(house, count=1, at=AT):
    """A list whose publicity a person began, before any worker came."""
    batch = listed(house, count, at)
    actions.publicise(batch=batch, opens_on=at.date(), by=house.official, at=at)
    return batch


def failing(after, error):
    """The steps of the sample line, failing in the part after so many."""
    done = []

    def publicise(batch, entries, by, at):
        moved = STEPS[Step.PUBLICISE](batch, entries, by, at)
        done.append(batch)
        if len(done) > after:
            raise error
        return moved

    return {**STEPS, Step.PUBLICISE: publicise}


def moved_once():
    """Whether no filing was publicised twice."""
    rows = Event.objects.filter(move="publicise").values_list("filing", flat=True)
    return len(rows) == len(set(rows))


def test_work_is_done_in_parts_and_only_once(house):
    batch = publicised(house, 5)
    assert carry(AT, chunk=2) == 5
    assert carry(AT, chunk=2) == 0
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.left_out, batch.expected) == ("open", 5, 0, 5)
    assert moved_once()


def test_time_is_bounded_and_the_next_call_goes_on(house):
    batch = publicised(house, 3)
    assert carry(AT, seconds=0) == 0
    assert states(batch) == ["listed"] * 3
    assert carry(AT) == 3


@pytest.mark.parametrize("error", [Died(), RuntimeError("the disk is full")])
def test_part_that_breaks_off_leaves_nothing_behind(house, error):
    batch = publicised(house, 5)
    steps = failing(1, error)
    with contextlib.suppress(Died):
        work.carry(line="probe", steps=steps, at=AT, chunk=2)
    assert states(batch) == ["publicised"] * 2 + ["listed"] * 3
    assert Filing.objects.filter(state="public").count() == 2
    later = AT + datetime.timedelta(minutes=10)
    assert carry(later, chunk=2) == 3
    assert state(batch) == "open"
    assert moved_once()
    assert Event.objects.filter(move="publicise").count() == 5


def test_failure_is_told_and_tried_again_a_few_times(house):
    batch = publicised(house)
    steps, at = failing(0, RuntimeError("no numbers left")), AT
    for attempt in range(1, 6):
        assert work.carry(line="probe", steps=steps, at=at) == 0
        batch.refresh_from_db()
        assert batch.attempts == attempt
        at = batch.due_at
    assert batch.last_error == "RuntimeError: no numbers left"
    assert carry(at) == 0  # it is left to a person
    actions.try_again(batch=batch, by=house.official, at=at)
    assert carry(at) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.attempts, batch.last_error) == ("open", 0, "")


def test_attempt_waits_for_its_time(house):
    batch = publicised(house)
    work.carry(line="probe", steps=failing(0, RuntimeError()), at=AT)
    assert carry(AT) == 0
    assert carry(AT + datetime.timedelta(seconds=9)) == 0
    assert carry(AT + datetime.timedelta(seconds=10)) == 1
    assert state(batch) == "open"


def test_try_again_needs_a_running_step(house):
    with pytest.raises(Stale):
        actions.try_again(batch=public(house), by=house.official, at=AT)


def test_filing_that_went_elsewhere_is_left_out_with_the_reason(house):
    batch = publicised(house, 3)
    gone = batch.entries.order_by("ordinal").first()
    engine.fire_many([gone.filing], PROBE, "publicise", by=house.official, at=AT)
    carry(AT)
    gone.refresh_from_db()
    assert (gone.state, bool(gone.reason)) == ("left_out", True)
    batch.refresh_from_db()
    assert (batch.done, batch.left_out) == (2, 1)


def test_other_lines_are_left_alone(house):
    batch = publicised(house)
    assert work.carry(line="another", steps=STEPS, at=AT) == 0
    assert states(batch) == ["listed"]


def test_day_of_the_announcement_is_that_of_the_act(house):
    batch = public(house, 2)
    evening = CLOSED.replace(hour=23, minute=59)
    actions.announce(batch=batch, by=house.official, at=evening)
    carry(evening + datetime.timedelta(minutes=5))
    assert set(batch.entries.values_list("announced_on", flat=True)) == {evening.date()}


@pytest.mark.parametrize("count", [1, 3])
def test_part_costs_as_much_for_one_as_for_three(house, count, django_assert_num_queries):
    batch = public(house, count)
    actions.announce(batch=batch, by=house.official, at=CLOSED)
    # batch, entries; lock, update, events of the filings (with savepoint); state and number of
    # the entries; record and row of the list; begin and end; nothing more to do.
    with django_assert_num_queries(14):
        assert carry(CLOSED) == count


@pytest.mark.parametrize("count", [1, 3])
def test_adding_costs_as_much_for_one_as_for_three(house, count, django_assert_num_queries):
    batch = opened(house)
    rows = [row(f) for f in pooled(house, count)]
    with django_assert_num_queries(8):
        assert actions.add(batch=batch, rows=rows, by=house.official, at=AT) == count


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_every_part_once(live_house):
    batches = [publicised(live_house, 40), publicised(live_house, 40)]
    answers = at_once(lambda: carry(AT, chunk=5), lambda: carry(AT, chunk=5), lambda: carry(AT))
    assert sum(answers) <= 80
    carry(AT)  # what was left when all of them met one locked list
    assert [state(b) for b in batches] == ["open", "open"]
    assert moved_once()
    assert Event.objects.filter(move="publicise").count() == 80
    assert set(Filing.objects.values_list("state", flat=True)) == {"public"}


@pytest.mark.django_db(transaction=True)
def test_announcement_twice_at_once_begins_once(live_house):
    batch = public(live_house)

    def announce():
        return actions.announce(batch=batch, by=live_house.official, at=CLOSED)

    answers = at_once(announce, announce)
    assert sorted(type(a) for a in answers if a) == [Stale]
    assert carry(CLOSED) == 1


def test_chain_holds_after_parts(house):
    publicised(house, 7)
    carry(AT, chunk=3)
    assert problems() == []
