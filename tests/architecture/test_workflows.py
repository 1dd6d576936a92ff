"""Every workflow table is complete: owners, stages, labels, ways out, one action a move."""

import importlib
import inspect

import pytest

from torch_portal.desk.lines import LINES
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.models import Event, Filing
from torch_portal.papers import actions as paper_actions
from torch_portal.papers.enums import PaperState
from torch_portal.papers.workflow import MOVES as PAPER_MOVES

FLOWS = [pytest.param(line.workflow, id=code) for code, line in LINES.items()]
MOVES = [
    pytest.param(line.workflow, move, id=f"{code}-{move.name}")
    for code, line in LINES.items()
    for move in line.workflow.moves.values()
]

# Steps of whole lists take what publicity.terms.StepFunction says, by place.
STEPS_OF_LISTS = {
    name
    for line in LINES.values()
    for name in getattr(getattr(line, "PUBLICITY", None), "steps", ())
}
# Moves that nobody makes: a day comes.
BY_THE_CLOCK = {"hitech_cert": {"expire"}}
# Edits of a draft that note no time: the answer gets its moment when the filing comes in again.
WITHOUT_CLOCK = {"answer_correction", "load_editions"}


def actions_of(line):
    """The line's actions."""
    return importlib.import_module(f"{line}.actions")


def states_of(line):
    """The line's vocabulary of states."""
    return importlib.import_module(f"{line}.enums").State


@pytest.mark.parametrize("flow", FLOWS)
def test_workflow_maps_every_state_and_no_other(flow):
    states = set(states_of(flow.line).values)
    assert set(flow.stages) == set(flow.owners) == set(flow.labels) == states
    assert set(flow.stages.values()) <= set(Stage.values)
    assert set(flow.owners.values()) <= set(Turn.values)
    assert all(str(label).strip() for label in flow.labels.values())


@pytest.mark.parametrize("flow", FLOWS)
def test_workflow_starts_as_a_draft_of_the_filer(flow):
    assert flow.stages[flow.start] == Stage.DRAFT
    assert flow.owners[flow.start] == Turn.FILER


@pytest.mark.parametrize("flow", FLOWS)
def test_workflow_reaches_every_state(flow):
    reached, waiting = set(), {flow.start}
    while waiting:
        reached |= waiting
        waiting = {
            m.target for m in flow.moves.values() if m.target and m.sources & reached
        } - reached
    assert reached == set(flow.stages)


@pytest.mark.parametrize("flow", FLOWS)
def test_workflow_owner_can_always_move_on(flow):
    stuck = [
        state
        for state, owner in flow.owners.items()
        if owner != Turn.NOBODY
        and not any(m.target not in (None, state) for m in flow.moves_from(state, owner))
    ]
    assert stuck == []


@pytest.mark.parametrize("flow", FLOWS)
def test_workflow_state_without_owner_is_decided(flow):
    open_stages = {Stage.DRAFT, Stage.SUBMITTED, Stage.IN_REVIEW, Stage.CORRECTING}
    assert [s for s, o in flow.owners.items() if o == Turn.NOBODY and flow.stages[s] in open_stages
            ] == []  # fmt: skip


@pytest.mark.parametrize("flow", FLOWS)
def test_workflow_fits_the_columns(flow):
    def room(model, name):
        return model._meta.get_field(name).max_length

    assert max(map(len, flow.stages)) <= min(
        room(Filing, "state"), room(Event, "from_state"), room(Event, "to_state")
    )
    assert max(map(len, flow.moves)) <= room(Event, "move")
    assert len(flow.line) <= room(Filing, "line")


@pytest.mark.parametrize(("flow", "move"), MOVES)
def test_move_is_told_and_starts_from_known_states(flow, move):
    assert move.sources
    assert move.sources <= set(flow.stages)
    assert move.target is None or move.target in flow.stages
    by_clock = move.name in BY_THE_CLOCK.get(flow.line, ())
    assert move.turn == Turn.NOBODY if by_clock else move.turn in (Turn.FILER, Turn.REVIEWER)
    assert str(move.label).strip()
    assert str(move.consequence).endswith(".")


@pytest.mark.parametrize(("flow", "move"), MOVES)
def test_move_has_an_action_of_the_same_name(flow, move):
    action = getattr(actions_of(flow.line), move.name)
    parameters = inspect.signature(action).parameters
    who = set() if move.turn == Turn.NOBODY else {"by"}
    assert who | {"at"} <= set(parameters)
    by_keyword = all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    assert by_keyword or move.name in STEPS_OF_LISTS
    assert "note" in parameters or not move.note


@pytest.mark.parametrize("flow", FLOWS)
def test_move_that_ends_the_filing_says_so(flow):
    leaving = {s for m in flow.moves.values() if m.target for s in m.sources}
    ending = {m.name for m in flow.moves.values() if m.target and m.target not in leaving}
    assert ending <= {m.name for m in flow.moves.values() if m.final}


@pytest.mark.parametrize("move", PAPER_MOVES.values(), ids=list(PAPER_MOVES))
def test_paper_move_has_an_action_of_the_same_name(move):
    parameters = inspect.signature(getattr(paper_actions, move.name)).parameters
    assert {"paper", "by", "at", "note"} <= set(parameters)
    assert move.sources | {move.target} <= set(PaperState.values)


@pytest.mark.parametrize("code", LINES)
def test_actions_take_keywords_and_the_clock(code):
    actions = actions_of(code)
    wrong = []
    for name in actions.__all__:
        action = getattr(actions, name)
        if not inspect.isfunction(action) or name in STEPS_OF_LISTS:
            continue
        parameters = inspect.signature(action).parameters
        by_keyword = all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
        if not by_keyword or ("at" not in parameters and name not in WITHOUT_CLOCK):
            wrong.append(name)
    assert wrong == []
