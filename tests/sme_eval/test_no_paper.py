"""An evaluation is wholly online: no state of it owes paper, and none contradicts itself."""

import io

import pytest
from django.core.management import call_command

from sme_eval.enums import State
from torch_portal.papers.models import Paper


@pytest.mark.parametrize("state", State.values)
def test_no_state_owes_paper_or_is_inconsistent(at_state, state):
    """国科火字〔2020〕38号 第四条: the whole procedure is online."""
    evaluation = at_state(state)
    assert evaluation.filing.state == state
    assert not Paper.objects.exists()
    call_command("check_consistency", stdout=io.StringIO())
