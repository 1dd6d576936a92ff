"""The official acts: what they change, what they refuse."""

import pytest

from contracts import actions
from contracts.enums import State
from contracts.models import Contract
from tests.factories.contracts import AT, contract_at


def at_state(house, state, **values):
    return contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
        **values,
    )


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_reached(house, state):
    contract = at_state(house, state)
    assert Contract.objects.get(pk=contract.pk).filing.state == state
