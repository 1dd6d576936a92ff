"""A process that is killed in the middle of a list, twice: nothing is lost or doubled."""

import os
import subprocess
import sys

import pytest

from tests.faults.together import wait_until
from tests.faults.workers import BASE, database_url
from tests.torch_portal.publicity.sample import CLOSED, carry, public, state
from torch_portal.filings.models import Event, Filing
from torch_portal.filings.queries import problems
from torch_portal.publicity import actions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ENTRIES = 600
CARRY = """
import django
django.setup()
from tests.torch_portal.publicity.sample import CLOSED, carry
carry(CLOSED, chunk=5)
"""


def working(batch):
    """Another process that goes on with the list, and how many entries it found announced."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "torch_portal.settings",
        "DATABASE_URL": database_url(),
    }
    process = subprocess.Popen([sys.executable, "-c", CARRY], cwd=BASE, env=environment)
    return process, batch.entries.filter(state="announced").count()


def test_list_survives_a_process_killed_twice(live_house):
    batch = public(live_house, ENTRIES)
    actions.announce(batch=batch, by=live_house.official, at=CLOSED)
    entered = batch.entries.filter(state="announced")
    for _time in range(2):
        process, before = working(batch)
        wait_until(lambda before=before: entered.count() >= before + 15, what="some parts")
        process.kill()
        process.wait()
        assert state(batch) == "announcing"
    assert 30 <= entered.count() < ENTRIES
    wait_until(lambda: carry(CLOSED), what="the server to let go of the killed one's list")
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.left_out) == ("announced", ENTRIES, 0)
    numbers = sorted(entered.values_list("number", flat=True))
    assert numbers == [f"2020{n:06}" for n in range(1, ENTRIES + 1)]
    assert Event.objects.filter(move="announce").count() == ENTRIES
    assert Filing.objects.filter(state="entered").count() == ENTRIES
    assert problems() == []
