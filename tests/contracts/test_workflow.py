"""The whole matrix: who may make which move in which state, and nothing else changes anything."""

import inspect
from decimal import Decimal

import pytest
from django.db import transaction

from contracts import actions, permissions
from contracts.enums import State
from contracts.models import Contract, ExpertOpinion, FollowUp
from contracts.workflow import WORKFLOW
from tests.factories.contracts import AT, ITEMS, answer_all, contract_at
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.models import Certificate
from torch_portal.filings.engine import Stale
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.models import CorrectionItem, Event, Filing, NumberSeries
from torch_portal.notices.models import Message
from torch_portal.papers.models import Paper

ROLES = ("filer", "reader", "stranger", "reviewer", "far_reviewer", "official", "operator")
SIDES = {Turn.FILER: {"filer"}, Turn.REVIEWER: {"reviewer"}}
NEVER_SUBMITTED = {State.DRAFT}
ARGUMENTS = {
    "return_for_correction": {"items": ITEMS},
    "decline": {"note": "不属于本登记机构受理范围"},
    "fix_technical_amount": {"amount_yuan": Decimal("100.00"), "note": "按合同文本"},
    "refuse": {"grounds": ["RF-2"]},
    "deregister": {"note": "当事人解除合同"},
    "notify_revocation": {"grounds": ["RV-1"], "note": "买方未签订该合同"},
    "revoke": {"note": "虚假合同"},
    "drop_revocation": {"note": "经核实不属实"},
    "request_expert_opinion": {"experts": [{"expert": "王教授"}], "note": "是否属于技术开发"},
    "record_expert_opinion": {"expert": "王教授", "view": "for", "note": "属于"},
    "reopen": {"note": "原决定依据不足"},
    "reinstate": {"note": "原决定依据不足"},
}
OF_OFFICIALS = {"reopen", "reinstate"}
ROWS = (
    Filing, Contract, Event, Certificate, CorrectionItem, Message, Paper, NumberSeries, FollowUp,
    ExpertOpinion,
)  # fmt: skip


def everything():
    """Every row that a move could touch."""
    return [list(model.objects.order_by("pk").values()) for model in ROWS]


def attempt(name, contract, by):
    """Make the move on a fresh copy; the state it led to, or the exception that refused it."""
    copy = Contract.objects.select_related("filing").get(pk=contract.pk)
    try:
        with transaction.atomic():
            getattr(actions, name)(contract=copy, by=by, at=AT, **ARGUMENTS.get(name, {}))
            return Filing.objects.get(pk=contract.pk).state
    except (Denied, Stale) as error:
        return type(error)


def expected(move, state, role):
    """What the table and the permissions say."""
    if role not in ({"official"} if move.name in OF_OFFICIALS else SIDES[move.turn]):
        return Denied
    if role in {"reviewer", "official"} and state in NEVER_SUBMITTED:
        return Denied  # it lies with no agency yet
    if state not in move.sources:
        return Stale
    return state if move.target is None else move.target


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", list(State))
def test_matrix_of_state_role_and_move(house, state, role):
    contract = contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer
    )
    answer_all(contract, house.filer)
    before = everything()
    got = {}
    for name in WORKFLOW.moves:
        point = transaction.savepoint()
        got[name] = attempt(name, contract, getattr(house, role))
        if isinstance(got[name], type):
            assert everything() == before, name
        else:
            assert Event.objects.filter(filing=contract.pk).latest("seq").move == name
        transaction.savepoint_rollback(point)
    assert got == {name: expected(move, state, role) for name, move in WORKFLOW.moves.items()}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", list(State))
def test_buttons_are_exactly_the_moves_that_work(house, state, role):
    contract = contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer
    )
    user = getattr(house, role)
    shown = {
        move.name
        for turn in (Turn.FILER, Turn.REVIEWER)
        for move in WORKFLOW.moves_from(state, turn)
        if permissions.may_move(user, contract.filing, move)
    }
    works = {n for n, m in WORKFLOW.moves.items() if isinstance(expected(m, state, role), str)}
    assert shown == works


def test_nobody_decides_for_the_own_enterprise(house):
    """A reviewer who also belongs to the enterprise sees it and may do nothing on the desk."""
    house.firm.memberships.create(user=house.reviewer, role="reader")
    for state in (State.SUBMITTED, State.ACCEPTED, State.SECOND_REVIEW, State.RECOGNISED):
        contract = contract_at(
            state, firm=house.firm, by=house.filer, office=house.office, examiner=house.second,
            project_name=f"项目{state}",
        )  # fmt: skip
        before = everything()
        for move in WORKFLOW.moves_from(state, Turn.REVIEWER):
            assert attempt(move.name, contract, house.reviewer) is Denied
        assert everything() == before


def test_every_state_has_owner_stage_and_label():
    assert set(WORKFLOW.stages) == set(WORKFLOW.owners) == set(WORKFLOW.labels) == set(State)
    assert set(WORKFLOW.stages.values()) <= set(Stage)
    assert set(WORKFLOW.owners.values()) <= set(Turn)
    assert all(str(label).strip() for label in WORKFLOW.labels.values())


def test_every_state_that_is_somebodys_turn_has_a_way_out_for_them():
    for state in State:
        owner = WORKFLOW.owners[state]
        ways = [m for m in WORKFLOW.moves_from(state, owner) if m.target not in (None, state)]
        assert bool(ways) is (owner != Turn.NOBODY), state


def test_every_state_can_be_left_only_by_listed_moves_and_reached_from_the_start():
    reached, waiting = set(), [WORKFLOW.start]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        targets = {m.target for m in WORKFLOW.moves.values() if state in m.sources} - {None}
        waiting += targets - reached
    assert reached == set(State)


@pytest.mark.parametrize("name", list(WORKFLOW.moves))
def test_every_move_has_an_action_of_the_same_name(name):
    parameters = inspect.signature(getattr(actions, name)).parameters
    assert {"contract", "by", "at"} <= set(parameters)
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    assert bool(WORKFLOW.moves[name].note) is (name in ARGUMENTS and name != ITEMS_MOVE)


ITEMS_MOVE = "return_for_correction"
