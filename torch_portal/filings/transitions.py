"""The shape of a workflow: a table of moves that a reviewer can read. No Django here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class Stale(Exception):
    """Somebody was faster, or the move is not possible in this state; str() tells who and what.

    `last` is the event that brought the filing where it stands, None before the first.
    """

    def __init__(self, sentence: str, last: Any = None) -> None:
        super().__init__(sentence)
        self.last = last


@dataclass(frozen=True)
class Move:
    """One row of a workflow table.

    name: the verb; the line has an action of the same name.
    sources: states it starts from. target: the state it leads to; None keeps the state.
    turn: who makes it ("filer" or "reviewer"). note: whether it needs a reason.
    label: the verb on the button. consequence: what will happen, said before it is pressed.
    clause: the regulation it rests on.
    """

    name: str
    sources: frozenset[str]
    target: str | None
    turn: str
    label: Any
    consequence: Any
    clause: str = ""
    note: bool = False
    final: bool = False


@dataclass(frozen=True)
class Workflow:
    """The moves of one line and, for each state, its stage, owner and label."""

    line: str
    moves: Mapping[str, Move]
    stages: Mapping[str, str]
    owners: Mapping[str, str]
    labels: Mapping[str, Any]
    start: str

    def moves_from(self, state: str, turn: str) -> list[Move]:
        """The moves that this side may make in this state, in the order of the table."""
        return [m for m in self.moves.values() if state in m.sources and m.turn == turn]


def workflow(
    line: str,
    *,
    start: str,
    states: Mapping[Any, tuple[str, str, Any]],
    moves: Iterable[Move],
) -> Workflow:
    """Build a workflow from `states` {state: (stage, owner, label)} and a table of moves."""
    return Workflow(
        line=line,
        moves={m.name: m for m in moves},
        stages={s: stage for s, (stage, _owner, _label) in states.items()},
        owners={s: owner for s, (_stage, owner, _label) in states.items()},
        labels={s: label for s, (_stage, _owner, label) in states.items()},
        start=start,
    )
