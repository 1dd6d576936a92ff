"""The demonstration and the load: every state, figures that hang together, safe to repeat."""

import datetime

import pytest

from stats.enums import RoundState, State
from stats.management import demo, load
from stats.models import Aggregate, PublicationTable, Return, Round
from stats.queries.consistency import problems
from torch_portal.accounts import demo as accounts
from torch_portal.filings.models import Event, Filing

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 28, 2, tzinfo=datetime.UTC)


def test_demonstration_has_every_state_and_a_published_year():
    accounts.load()
    made = demo.seed(filings=30, seed=38, at=NOW)
    assert set(made) == {*State, "exempt", "not begun"}
    states = set(Filing.objects.filter(line="stats").values_list("state", flat=True))
    assert states == set(State)
    assert list(Round.objects.order_by("year").values_list("state", flat=True)) == [
        RoundState.PUBLISHED, RoundState.OPEN,
    ]  # fmt: skip
    assert PublicationTable.objects.exists()
    assert Aggregate.objects.filter(round__state=RoundState.OPEN).exists()
    assert problems() == []
    demo.seed(filings=2, seed=39, at=NOW)


def test_load_writes_whole_returns_with_their_history():
    accounts.load()
    made = load.load(filings=120, seed=38, at=NOW)
    assert sum(made.values()) == 120
    assert Return.objects.count() == 120
    accepted = Return.objects.filter(filing__state=State.ACCEPTED).first()
    assert accepted.data["qc05_0"]
    moves = Event.objects.filter(filing=accepted.pk).order_by("seq").values_list("move", flat=True)
    assert list(moves)[-1] == "accept"
    assert problems() == []
    with pytest.raises(ValueError, match="another seed"):
        load.load(filings=120, seed=38, at=NOW)
