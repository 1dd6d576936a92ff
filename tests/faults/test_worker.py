"""Workers that are killed, brokers that forget or do not answer: nothing is lost or doubled."""

import datetime
import signal
import time

import pytest
import redis
from django.db import connection
from django.utils import timezone

from contracts import actions as contracts
from contracts.enums import State
from tests.factories.contracts import AT, contract_at
from tests.faults.together import wait_until
from tests.torch_portal.certificates.sample import CONTENT
from torch_portal.certificates import actions, queries, tasks
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate
from torch_portal.filings.models import Filing
from torch_portal.notices.enums import MessageState
from torch_portal.notices.models import Message

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.xdist_group("workers"),
]
PATIENCE = 60


@pytest.fixture
def contract(house):
    """A contract about to be recognised."""
    return contract_at(
        State.ACCEPTED,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
    )


def issue(contract, by, count):
    """So many certificates issued now, each queued as its commit does it."""
    at = timezone.now()
    for number in range(count):
        actions.issue(
            filing=contract.filing,
            template="technical_contract",
            number=f"20203301010{number:05d}",
            content=CONTENT,
            by=by,
            at=at,
        )


def queued(broker):
    with redis.Redis.from_url(broker.url) as client:
        return client.llen("celery")


def making(state):
    return Certificate.objects.filter(making=state)


def all_ready():
    return not Certificate.objects.exclude(making=Making.READY).exists()


def let_time_pass():
    """Leases and waits of unfinished certificates are over, as after some minutes."""
    past = timezone.now() - datetime.timedelta(seconds=1)
    Certificate.objects.filter(claimed_until__isnull=False).update(claimed_until=past)
    Certificate.objects.exclude(making=Making.READY).update(due_at=past)


def stop_while_rendering(worker):
    """Stop the worker's processes at a moment when a certificate is in its hands."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        wait_until(making(Making.RENDERING).exists, seconds=PATIENCE, every=0.001)
        worker.send(signal.SIGSTOP)
        time.sleep(0.05)  # what the database had in hand is written
        if held := making(Making.RENDERING).first():
            return held
        worker.send(signal.SIGCONT)
    raise AssertionError("no certificate was ever seen in work")


def check_each_came_once(folder, count):
    """One file, one message and one mail for each certificate, and every digest fits."""
    assert Certificate.objects.count() == count
    assert queries.problems() == []
    files = list((folder / "media" / "certificates").rglob("*.pdf"))
    assert len(files) == count
    keys = {f"certificate-ready-{c.pk}" for c in Certificate.objects.all()}
    letters = Message.objects.filter(key__startswith="certificate-ready-")
    assert {m.key for m in letters} == keys
    wait_until(
        lambda: not letters.exclude(state=MessageState.SENT).exists(),
        seconds=PATIENCE,
        what="the last mail",
    )
    mails = "\n".join(p.read_text() for p in (folder / "mail").iterdir())
    assert [mails.count(f"Message-ID: <message-{m.pk}@") for m in letters] == [1] * count


def test_worker_killed_while_rendering_loses_and_doubles_nothing(
    contract, house, folder, broker, worker
):
    issue(contract, house.reviewer, 8)
    assert queued(broker) == 8
    first = worker()
    held = stop_while_rendering(first)
    first.kill()

    assert tasks.retry_unrendered() == 0  # the lease still holds, the others are not due yet
    let_time_pass()
    assert tasks.retry_unrendered() == making(Making.READY).count() * -1 + 8
    worker()
    wait_until(all_ready, seconds=PATIENCE, what="the last certificate")

    held.refresh_from_db()
    assert (held.attempts, held.last_error) == (2, "")
    check_each_came_once(folder, 8)


def test_broker_emptied_before_any_worker_came_loses_nothing(
    contract, house, folder, broker, worker
):
    issue(contract, house.reviewer, 5)
    with redis.Redis.from_url(broker.url) as client:
        client.flushall()
    assert queued(broker) == 0
    assert tasks.retry_unrendered() == 0  # not due yet: a worker may be at it
    let_time_pass()
    assert tasks.retry_unrendered() == 5
    assert queued(broker) == 5
    assert tasks.retry_unrendered() == 0  # beat heaps up no copies

    worker()
    wait_until(all_ready, seconds=PATIENCE, what="the last certificate")
    assert set(Certificate.objects.values_list("attempts", flat=True)) == {1}
    check_each_came_once(folder, 5)


def test_broker_down_at_the_commit_the_certificate_comes_later(
    contract, house, folder, broker, worker
):
    broker.stop()
    begun = time.monotonic()
    certificate = contracts.recognise(contract=contract, by=house.reviewer, at=AT)
    assert time.monotonic() - begun < 10
    assert connection.in_atomic_block is False
    assert Filing.objects.get(pk=contract.pk).state == "recognised"
    assert Certificate.objects.get().making == Making.PENDING
    assert tasks.retry_unrendered() == 1  # beat, too, comes away unharmed

    broker.start()
    let_time_pass()
    assert tasks.retry_unrendered() == 1
    worker()
    wait_until(all_ready, seconds=PATIENCE, what="the certificate")
    certificate.refresh_from_db()
    assert certificate.attempts == 1
    check_each_came_once(folder, 1)


def test_every_task_delivered_twice_to_two_workers_is_done_once(
    contract, house, folder, broker, worker
):
    issue(contract, house.reviewer, 4)
    for certificate in Certificate.objects.all():
        tasks.render.delay(certificate_id=certificate.pk)
        tasks.render.delay(certificate_id=certificate.pk)
    assert queued(broker) == 12
    worker()
    worker()
    wait_until(all_ready, seconds=PATIENCE, what="the last certificate")
    wait_until(lambda: queued(broker) == 0, seconds=PATIENCE, what="an empty queue")
    assert set(Certificate.objects.values_list("attempts", flat=True)) == {1}
    check_each_came_once(folder, 4)
