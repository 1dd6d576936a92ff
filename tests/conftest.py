"""What every test stands on: the seeded regions and the standing people of the house."""

import contextlib
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from pytest_django.plugin import blocking_manager_key

from tests.factories import accounts
from torch_portal.accounts.actions import load_regions
from torch_portal.certificates.signer import make_demo_p12
from torch_portal.common import limits, queueing
from torch_portal.desk.retention import load_rules
from torch_portal.notices.actions import load_notice
from torch_portal.papers.actions import load_policies


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Regions, notice and policies once; TRUNCATE is allowed to the transactional tests."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS event_no_truncate ON filings_event")
        seed()


# Folders whose tests take longest: what begins last would leave the other worker idle.
FIRST = ("faults", "journeys", "upgrade")


def pytest_collection_modifyitems(items):
    """Long files first; one journey before all, to prepare the portal that the others copy.

    Meanwhile the other worker has the faults, which need none.
    """
    items.sort(key=lambda item: _place(item.path))
    journeys = [item for item in items if item.path.parent.name == "journeys"]
    if journeys:
        first = [item for item in journeys if item.path == journeys[0].path]
        items[:] = first + [item for item in items if item.path != first[0].path]


def _place(path):
    folder = path.parent.name
    if folder not in FIRST:
        return len(FIRST), 0
    return FIRST.index(folder), -path.stat().st_size


EMPTIED = pytest.StashKey[bool]()
EMPTYING = {"transactional_db", "live_server", "django_db_reset_sequences"}


def empties_the_database(item):
    """Whether pytest-django empties every table after this test."""
    marker = item.get_closest_marker("django_db")
    transaction = marker is not None and marker.kwargs.get("transaction", False)
    return transaction or not EMPTYING.isdisjoint(item.fixturenames)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Before a test, outside its transaction: bring back what the one before emptied."""
    if item.config.stash.get(EMPTIED, False):
        with item.config.stash[blocking_manager_key].unblock():
            seed()
        item.config.stash[EMPTIED] = False


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    """Remember that the tables are empty now."""
    if empties_the_database(item):
        item.config.stash[EMPTIED] = True


def seed():
    """What every installation has."""
    load_regions()
    load_notice()
    load_policies()
    load_rules()


@pytest.fixture(scope="session", autouse=True)
def signing_key():
    """A signing key of this run, made once whichever worker comes first."""
    path = Path(settings.SIGNING_P12)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_suffix(f".{os.getpid()}")
    make_demo_p12(own, settings.SIGNING_P12_PASSWORD, at=timezone.now())
    with contextlib.suppress(FileExistsError):
        os.link(own, path)
    own.unlink()


@pytest.fixture(autouse=True)
def broker_is_asked_again():
    """A broker or cache that was down in one test is asked again in the next."""
    queueing.silence(0)
    limits.forget()


@pytest.fixture
def house(db):
    """The standing people: filer, reviewer of the agency, stranger, official, operator."""
    return people()


def people():
    """Two enterprises, two agencies and everybody around them."""
    firm = accounts.enterprise()
    other = accounts.enterprise(accounts.LANGTU, name="杭州朗途生物医药有限公司")
    office = accounts.agency()
    far_office = accounts.agency("320101", "3201", "32")
    return SimpleNamespace(
        firm=firm,
        other_firm=other,
        office=office,
        far_office=far_office,
        filer=accounts.member(firm, name="filer"),
        reader=accounts.member(firm, "reader", name="reader"),
        stranger=accounts.member(other, name="stranger"),
        reviewer=accounts.reviewer(office, name="reviewer"),
        second=accounts.reviewer(office, name="second"),
        far_reviewer=accounts.reviewer(far_office, name="far"),
        official=accounts.official(name="official"),
        operator=accounts.operator(name="operator"),
    )
