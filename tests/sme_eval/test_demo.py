"""The demonstration's evaluations: every state, by the real acts, whatever day it is."""

import datetime

import pytest
from django.core.management import call_command

from sme_eval.enums import CheckState, State
from sme_eval.management import demo as demonstration
from sme_eval.models import Change, Draw, Evaluation, Revocation, SpotCheck
from sme_eval.queries import consistency, edition_of
from torch_portal.accounts import demo
from torch_portal.accounts.models import User
from torch_portal.filings import queries as filings
from torch_portal.filings.models import Event, Filing
from torch_portal.publicity.enums import BatchState, EntryState
from torch_portal.publicity.models import Batch, Objection

pytestmark = pytest.mark.django_db
UTC = datetime.UTC
# The first day of a demonstration in 2020, one after the window of 2026, and one before it.
DAYS = (
    datetime.datetime(2020, 3, 2, 1, 0, tzinfo=UTC),
    datetime.datetime(2026, 11, 27, 9, 0, tzinfo=UTC),
    datetime.datetime(2026, 5, 20, 9, 0, tzinfo=UTC),
)


def seeded(at, count=30):
    demo.load()
    return demonstration.seed(filings=count, seed=38, at=at)


@pytest.mark.parametrize("at", DAYS, ids=str)
def test_every_state_is_there_in_its_window(at):
    made = seeded(at)
    assert set(made) == set(State)
    counted = {s: Filing.objects.filter(line="sme_eval", state=s).count() for s in State}
    assert counted == made
    for evaluation in Evaluation.objects.exclude(filing__state=State.DRAFT):
        assert edition_of(evaluation).takes(evaluation.filed_at)
    assert not Event.objects.filter(at__gt=at).exists()
    assert consistency() == []
    assert filings.problems() == []


def test_one_list_of_each_kind_with_an_objection():
    seeded(DAYS[1])
    assert set(Batch.objects.values_list("state", flat=True)) == {
        BatchState.PREPARING,
        BatchState.OPEN,
        BatchState.ANNOUNCED,
    }
    announced = Batch.objects.get(state=BatchState.ANNOUNCED)
    numbers = sorted(announced.entries.values_list("number", flat=True), key=lambda n: n[-6:])
    assert [int(n[-6:]) for n in numbers] == list(range(1, 12))
    public = Batch.objects.get(state=BatchState.OPEN)
    assert public.is_open(DAYS[1])
    assert Objection.objects.open().get().entry.state == EntryState.HELD
    assert public.entries.filter(state=EntryState.PUBLICISED).count() == 4


def test_everybody_who_signs_in_finds_something():
    seeded(DAYS[1])
    checks = SpotCheck.objects.filter(draw=Draw.objects.get())
    states = set(checks.values_list("state", flat=True))
    assert states == {CheckState.ASKED, CheckState.GIVEN, CheckState.AGREES}
    assert Change.objects.get().state == "open"
    assert Revocation.objects.get(state="noticed").due_on >= DAYS[1].date()
    decided = Revocation.objects.get(state="revoked")
    assert decided.statement
    assert decided.noticed_by_id != decided.decided_by_id
    standing = {
        name: Filing.objects.visible_to(User.objects.get(username=name)).get().state
        for name in ("enterprise", "buyer")
    }
    assert standing == {"enterprise": State.ENTERED, "buyer": State.CORRECTING}
    examiner = User.objects.get(username="examiner")
    assert Evaluation.objects.visible_to(examiner).count() == 29


def test_more_can_be_added():
    seeded(DAYS[1], 3)
    seeded(DAYS[1], 14)
    assert Evaluation.objects.count() == 17
    assert consistency() == []


def test_command_seeds_every_line_and_once(capsys):
    for _time in range(2):
        call_command("seed_demo", filings=2, once=True)
    told = capsys.readouterr().out.splitlines()
    lines = ["contracts", "hitech_cert", "sme_eval", "stats"]
    assert [line.partition(":")[0] for line in told] == lines
    assert Filing.objects.filter(line="sme_eval").count() == 2
    call_command("seed_demo", line="sme_eval", filings=1)
    assert Filing.objects.filter(line="sme_eval").count() == 3
