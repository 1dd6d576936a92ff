"""The demonstration and the load of applications: real acts, and nothing inconsistent."""

import datetime
from collections import Counter

import pytest
from django.core.management import call_command

from hitech_cert import actions, queries
from hitech_cert.enums import Channel, State
from hitech_cert.management import demo as demonstration
from hitech_cert.management import load as loads
from hitech_cert.models import Application, Intake, Panel
from hitech_cert.queries.panels import all_in, own_seats
from tests.factories.hitech_cert import AT
from torch_portal.accounts import demo
from torch_portal.accounts.models import Agency, User
from torch_portal.filings import queries as filings
from torch_portal.filings.management import loading
from torch_portal.filings.models import Event, Filing, search

pytestmark = pytest.mark.django_db
UTC = datetime.UTC
# A day of 2020, the end of a season, the day after it, and one before a batch can be over.
DAYS = (
    datetime.datetime(2020, 6, 2, 1, 0, tzinfo=UTC),
    datetime.datetime(2026, 11, 27, 9, 0, tzinfo=UTC),
    datetime.datetime(2026, 12, 20, 9, 0, tzinfo=UTC),
    datetime.datetime(2027, 1, 20, 9, 0, tzinfo=UTC),
)
WANTED = 1200


def seeded(at, count=30):
    demo.load()
    return demonstration.seed(filings=count, seed=38, at=at)


@pytest.mark.parametrize("at", DAYS, ids=str)
def test_every_state_up_to_acceptance_is_there(at):
    made = seeded(at)
    assert set(made) >= {state for state, _weight in demonstration.PATHS}
    counted = {s: Filing.objects.filter(line="hitech_cert", state=s).count() for s in made}
    assert counted == made
    assert not Event.objects.filter(at__gt=at).exists()
    assert queries.consistency() == []
    assert filings.problems() == []


def test_batches_are_an_extended_one_and_one_that_is_open():
    seeded(DAYS[1])
    first, second = Intake.objects.order_by("number")
    assert first.extensions.count() == 1
    assert (queries.status(first, DAYS[1]), queries.status(second, DAYS[1])) == ("closed", "open")


def test_everybody_who_signs_in_finds_something():
    seeded(DAYS[1])
    mine = Application.objects.visible_to(User.objects.get(username="enterprise"))
    assert mine.get().filing.state == State.SUBMITTED
    other = Application.objects.visible_to(User.objects.get(username="buyer"))
    assert other.get().filing.state == State.CORRECTING
    examiner = User.objects.get(username="examiner")
    assert Application.objects.visible_to(examiner).count() == 28
    assert Application.objects.filter(channel=Channel.EMAIL).exists()


def test_panels_stand_at_every_stage_and_the_expert_finds_work():
    made = seeded(DAYS[1])
    assert made[State.SCORED] == 2
    assert set(Application.objects.values_list("score_passes", flat=True)) == {None, True, False}
    states = Counter(Panel.objects.values_list("state", flat=True))
    assert states == {"closed": 2, "running": 4, "dissolved": 1}
    own = own_seats(User.objects.get(username="expert"))
    assert {seat.state for seat in own["open"]} == {"invited", "accepted"}
    assert any(seat.leader and all_in(seat.panel) for seat in own["submitted"])


def test_more_can_be_added():
    seeded(DAYS[1], 3)
    seeded(DAYS[1], 9)
    assert Application.objects.count() == 12
    assert Intake.objects.count() == 2


@pytest.fixture
def loaded(monkeypatch):
    demo.load()
    monkeypatch.setattr(loading, "CHUNK", 700)
    return loads.load(filings=WANTED, seed=7, at=AT)


def test_load_leaves_every_invariant(loaded):
    assert sum(loaded.values()) == WANTED == Application.objects.count()
    assert set(loaded) == set(loads.STEPS)
    assert queries.consistency() == []
    assert filings.problems() == []
    call_command("check_consistency")


def test_what_was_loaded_is_found(loaded):
    one = Application.objects.filter(certificate_number__isnull=False).first()
    known = (one.certificate_number, one.filing.number, one.enterprise.name)
    for word in (*known, one.enterprise.credit_code):
        found = Filing.objects.filter(search_entry__grams__holds=search.query(word))
        assert one.filing in found, word


def test_loaded_applications_are_worked_on_like_any_other(loaded):
    official = User.objects.get(username="official")
    examiner = User.objects.get(username="examiner")
    here = Application.objects.filter(filing__agency=Agency.objects.get(code="330103"))
    for application in here.filter(filing__state=State.RECOMMENDED):
        actions.send_back(application=application, by=official, at=AT, note="请复核")
    waiting = here.filter(filing__state=State.SUBMITTED).first()
    actions.reject(application=waiting, by=examiner, at=AT, note="不符合条件")
    assert queries.consistency() == []
    assert filings.problems() == []


def test_the_same_seed_does_not_apply_twice(loaded):
    with pytest.raises(ValueError, match="another seed"):
        loads.load(filings=WANTED, seed=7, at=AT)
