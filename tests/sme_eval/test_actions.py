"""The acts: what they write, whom they tell, what they refuse."""

import pytest

from sme_eval.enums import State
from tests.factories.sme_eval import evaluation_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_state(house):
    def make(state, **values):
        return evaluation_at(
            state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
            **values,
        )  # fmt: skip

    return make


@pytest.mark.parametrize("state", State.values)
def test_every_state_is_reached(at_state, state):
    assert at_state(state).filing.state == state


def test_entry_gives_number_day_and_message(at_state):
    evaluation = at_state(State.ENTERED)
    assert evaluation.number == "202033010600000001"
