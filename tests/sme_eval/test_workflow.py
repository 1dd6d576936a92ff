"""The whole matrix: who may make which move in which state, and nothing else changes anything."""

import datetime
import inspect

import pytest
from django.db import transaction

from sme_eval import actions, permissions
from sme_eval.enums import NUMBERED, TAKES_THE_YEAR, State
from sme_eval.models import Evaluation, IntegrityEntry, Revocation
from sme_eval.workflow import OF_BATCHES, PROVINCIAL, WORKFLOW
from tests.factories.sme_eval import AT, ITEMS, answer_all, evaluation_at
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.models import Document
from torch_portal.common.findings import Refused
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.models import CorrectionItem, Event, Filing, NumberSeries
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

ROLES = ("filer", "reader", "stranger", "reviewer", "far_reviewer", "official", "operator")
NEVER_SUBMITTED = {State.DRAFT}
# After the factories' last act, so that the time for a statement is over.
LATER = AT + datetime.timedelta(days=90)
ARGUMENTS = {
    "return_for_correction": {"items": ITEMS},
    "refuse": {"note": "属于限制类行业"},
    "send_back": {"note": "请核对研发费用"},
    "strike": {"note": "异议成立"},
    "resign": {"note": "自查不再符合条件"},
    "notify_revocation": {"grounds": ["fraud"], "note": "伪造知识产权证书"},
    "revoke": {"note": "经核实属实"},
    "drop_revocation": {"note": "经核实不属实"},
}
ITEMS_MOVE = "return_for_correction"
STEPS = frozenset(actions.STEPS)
MOVES = {name: move for name, move in WORKFLOW.moves.items() if name not in STEPS}
ROWS = (
    Filing, Evaluation, Event, Revocation, IntegrityEntry, CorrectionItem, Message, Document,
    NumberSeries,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_state(house):
    def make(state, **people):
        people = {"examiner": house.reviewer, **people}
        return evaluation_at(state, firm=house.firm, by=house.filer, office=house.office, **people)

    return make


def everything():
    """Every row that a move could touch."""
    return [list(model.objects.order_by("pk").values()) for model in ROWS]


def attempt(name, evaluation, by):
    """Make the move on a fresh copy; the state it led to, or the exception that refused it."""
    copy = Evaluation.objects.select_related("filing").get(pk=evaluation.pk)
    at = AT if name in ("submit", "withdraw") else LATER
    try:
        with transaction.atomic():
            getattr(actions, name)(evaluation=copy, by=by, at=at, **ARGUMENTS.get(name, {}))
            return Filing.objects.get(pk=evaluation.pk).state
    except (Denied, Stale, Refused) as error:
        return type(error)


def side(move):
    """The role whose move it is."""
    if move.turn == Turn.FILER:
        return "filer"
    return "official" if move.name in PROVINCIAL else "reviewer"


def expected(move, state, role):
    """What the table and the permissions say."""
    if move.name in ("revoke", "drop_revocation") and state != State.REVOCATION_NOTICED:
        return Stale  # without an announced case nobody is asked who they are
    if role != side(move):
        return Denied
    if role == "reviewer" and state in NEVER_SUBMITTED:
        return Denied  # it lies with no agency yet
    if (move.name, state) == ("submit", State.REVOKED):
        return Refused  # told until when it is barred
    if state not in move.sources:
        return Stale
    return state if move.target is None else move.target


@pytest.mark.parametrize("state", list(State))
def test_matrix_of_state_role_and_move(house, at_state, state):
    evaluation = at_state(state)
    answer_all(evaluation, house.filer)
    before = everything()
    got = {}
    for role in ROLES:
        for name in MOVES:
            point = transaction.savepoint()
            got[role, name] = attempt(name, evaluation, getattr(house, role))
            if isinstance(got[role, name], type):
                assert everything() == before, name
            else:
                assert Event.objects.filter(filing=evaluation.pk).latest("seq").move == name
            transaction.savepoint_rollback(point)
    assert got == {(r, n): expected(m, state, r) for r in ROLES for n, m in MOVES.items()}


@pytest.mark.parametrize("state", list(State))
def test_buttons_are_exactly_the_moves_that_work(house, at_state, state):
    evaluation = at_state(state)
    for role in ROLES:
        user = getattr(house, role)
        shown = {
            move.name
            for turn in (Turn.FILER, Turn.REVIEWER)
            for move in WORKFLOW.moves_from(state, turn)
            if move.name in MOVES and permissions.may_move(user, evaluation.filing, move)
        }
        works = {n for n, m in MOVES.items() if isinstance(expected(m, state, role), str)}
        assert shown == works, role


def test_nobody_decides_for_the_own_enterprise(house, at_state):
    """A reviewer or official who also belongs to the enterprise sees it and may do nothing."""
    for person in (house.reviewer, house.official):
        house.firm.memberships.create(user=person, role="reader")
    evaluation = at_state(State.SUBMITTED, examiner=house.second)
    states = (State.SUBMITTED, State.PASSED, State.IN_PUBLICITY, State.ENTERED)
    for state in states:
        Filing.objects.filter(pk=evaluation.pk).update(state=state)
        before = everything()
        for move in WORKFLOW.moves_from(state, Turn.REVIEWER):
            if move.name in MOVES:
                for person in (house.reviewer, house.official):
                    assert attempt(move.name, evaluation, person) is Denied
        assert everything() == before


@pytest.mark.parametrize("name", ["refuse", "send_back", "strike", "resign", "notify_revocation"])
def test_moves_that_need_a_reason_are_refused_without_one(house, at_state, name):
    move = WORKFLOW.moves[name]
    evaluation = at_state(min(move.sources & set(NUMBERED) or move.sources))
    person = getattr(house, side(move))
    arguments = {**ARGUMENTS[name], "note": "  "}
    before = everything()
    with pytest.raises(Refused) as refused, transaction.atomic():
        getattr(actions, name)(evaluation=evaluation, by=person, at=LATER, **arguments)
    assert [f.field for f in refused.value.findings] == ["note"]
    assert everything() == before


def test_every_state_has_owner_stage_and_label():
    assert set(WORKFLOW.stages) == set(WORKFLOW.owners) == set(WORKFLOW.labels) == set(State)
    assert set(WORKFLOW.stages.values()) <= set(Stage)
    assert set(WORKFLOW.owners.values()) <= set(Turn)


def test_every_state_that_is_somebodys_turn_has_a_way_out_for_them():
    for state in State:
        owner = WORKFLOW.owners[state]
        ways = [m for m in WORKFLOW.moves_from(state, owner) if m.target not in (None, state)]
        assert bool(ways) is (owner != Turn.NOBODY), state


def test_every_state_can_be_reached_from_the_start():
    reached, waiting = set(), [WORKFLOW.start]
    while waiting:
        state = waiting.pop()
        reached.add(state)
        targets = {m.target for m in WORKFLOW.moves.values() if state in m.sources} - {None}
        waiting += targets - reached
    assert reached == set(State)


def test_states_with_a_number_and_those_that_take_the_year_fit_the_stages():
    with_number = {Stage.GRANTED, Stage.ENDED}
    assert {s for s in State if WORKFLOW.stages[s] in with_number} == set(NUMBERED)
    assert set(TAKES_THE_YEAR) >= {State.REVOKED, State.ENTERED, State.IN_PUBLICITY}
    assert State.WITHDRAWN not in TAKES_THE_YEAR
    assert State.NOT_ENTERED not in TAKES_THE_YEAR


@pytest.mark.parametrize("name", list(MOVES))
def test_every_move_has_an_action_of_the_same_name(name):
    parameters = inspect.signature(getattr(actions, name)).parameters
    assert {"evaluation", "by", "at"} <= set(parameters)
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    assert bool(WORKFLOW.moves[name].note) is (name in ARGUMENTS and name != ITEMS_MOVE) or (
        name == "resign"
    )


def test_moves_of_lists_are_the_departments():
    assert OF_BATCHES < PROVINCIAL
    assert STEPS < OF_BATCHES
