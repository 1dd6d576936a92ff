"""Lists under workers that are killed in the middle, and two lists of one place at once."""

import datetime
import time

import pytest
import redis
from django.core.management import call_command
from django.db.models import Count, Q
from django.utils import timezone

from sme_eval.enums import State
from sme_eval.line import PUBLICITY
from sme_eval.management.load import load_passed
from sme_eval.models import Evaluation
from sme_eval.queries import consistency
from sme_eval.tasks import carry_lists
from tests.factories import accounts
from tests.factories.sme_eval import LINE
from tests.faults.together import wait_until
from torch_portal.accounts.models import Jurisdiction
from torch_portal.common import clock
from torch_portal.filings import queries as filings
from torch_portal.filings.models import Filing
from torch_portal.publicity import actions
from torch_portal.publicity.enums import BatchState, EntryState
from torch_portal.publicity.models import Batch

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.xdist_group("workers"),
    pytest.mark.timeout(600),
]
PLACE = "33"
PART = 500  # entries of one transaction of the worker
PATIENCE = 120


@pytest.fixture
def official(house):
    return accounts.official(PLACE, name="keeper-of-lists")


def passed(count, by):
    """A list of so many forms that passed the review, not public yet."""
    at = clock.now()
    load_passed(place=PLACE, filings=count, seed=count + Batch.objects.count(), at=at)
    batch = actions.open_batch(
        line=LINE,
        publicity=PUBLICITY,
        jurisdiction=Jurisdiction.objects.get(pk=PLACE),
        contact="0571-80000000",
        by=by,
        at=at,
    )
    assert actions.add(batch=batch, rows=PUBLICITY.pool(PLACE), by=by, at=at) == count
    return batch


def publicise(batch, by):
    at = clock.now()
    actions.publicise(batch=batch, opens_on=timezone.localdate(at), by=by, at=at)


def announce(batch, by):
    """After the period, which is over as after three weeks."""
    past = clock.today() - datetime.timedelta(days=20)
    ends = past + datetime.timedelta(days=14)
    Batch.objects.filter(pk=batch.pk).update(opens_on=past, ends_on=ends)
    actions.announce(batch=batch, by=by, at=clock.now())


def carried(batch, *, parts=0, state=""):
    """Wait until so many parts of the step are done, or the list stands in this state.

    Like the clock it queues the work again and again.
    """
    end, again = time.monotonic() + PATIENCE, 0.0
    while not (batch.state == state if state else batch.done >= parts * PART):
        now = time.monotonic()
        assert now < end, f"{batch.state}, {batch.done} done"
        if now > again:
            carry_lists.apply_async(expires=5)
            again = now + 1
        time.sleep(0.02)
        batch.refresh_from_db()


def carried_by_workers_that_die(batch, state, worker):
    """Two are killed in the middle of the step, each after a part of it; a third ends it."""
    for parts in (1, 2):
        doomed = worker()
        carried(batch, parts=parts)
        doomed.kill()
        batch.refresh_from_db()
        assert batch.step
    last = worker()
    carried(batch, state=state)
    last.kill()


def listening(broker):
    """How many workers wait for work."""
    with redis.Redis.from_url(broker.url) as client:
        return sum(one["cmd"] == "brpop" for one in client.client_list())


def check_once_each(count):
    """Every filing moved once by each step, numbered from 1 without gap, chains whole."""
    assert Filing.objects.filter(state=State.ENTERED).count() == count
    moved = Filing.objects.annotate(
        publicised=Count("events", filter=Q(events__move="publicise")),
        announced=Count("events", filter=Q(events__move="announce")),
    )
    assert moved.filter(publicised=1, announced=1).count() == count
    numbers = Evaluation.objects.values_list("number", flat=True)
    assert sorted(int(number[-6:]) for number in numbers) == list(range(1, count + 1))
    assert consistency() == []
    assert filings.problems() == []
    call_command("check_consistency")


def test_list_of_workers_killed_twice_in_each_step_loses_and_doubles_nothing(
    official, broker, worker
):
    count = 3 * PART
    batch = passed(count, official)
    publicise(batch, official)
    carried_by_workers_that_die(batch, BatchState.OPEN, worker)
    assert (batch.done, batch.left_out, batch.size) == (count, 0, count)
    assert batch.entries.filter(state=EntryState.PUBLICISED).count() == count
    announce(batch, official)
    carried_by_workers_that_die(batch, BatchState.ANNOUNCED, worker)
    assert (batch.done, batch.left_out, batch.attempts) == (count, 0, 0)
    in_order = [e.number[-6:] for e in batch.entries.order_by("ordinal")]
    assert in_order == sorted(in_order)
    check_once_each(count)


def test_two_lists_of_one_place_are_announced_at_once(official, broker, worker):
    count = 2 * PART
    batches = [passed(count, official) for _n in range(2)]
    for batch in batches:
        publicise(batch, official)
    for _n in range(2):
        worker()
    wait_until(lambda: listening(broker) == 2, seconds=PATIENCE, what="both workers")
    for batch in batches:
        carried(batch, state=BatchState.OPEN)
        announce(batch, official)
    for batch in batches:
        carried(batch, state=BatchState.ANNOUNCED)
    check_once_each(2 * count)
    first = [int(e.number[-6:]) for e in batches[0].entries.all()]
    assert max(first) - min(first) >= count, "the lists were not announced at once"
