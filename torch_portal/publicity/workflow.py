"""The moves of a list as a table, and what a worker does to its entries in each step."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from torch_portal.filings.enums import Turn
from torch_portal.filings.transitions import Move
from torch_portal.publicity.enums import BatchState, EntryState, Step

# Entries that bind their filing to the list; the others set it free for another one.
LIVE = (EntryState.LISTED, EntryState.PUBLICISED, EntryState.HELD, EntryState.ANNOUNCED)
# What everybody may read, once the list itself is public.
PUBLIC_ENTRIES = (EntryState.PUBLICISED, EntryState.HELD, EntryState.ANNOUNCED)
PUBLIC_BATCHES = (BatchState.OPEN, BatchState.ANNOUNCING, BatchState.ANNOUNCED)

MOVES = {
    move.name: move
    for move in (
        Move(
            name="publicise",
            sources=frozenset({BatchState.PREPARING}),
            target=BatchState.PUBLICISING,
            turn=Turn.REVIEWER,
            label=_("Publicise the list"),
            consequence=_(
                "Every filing of the list is publicised. Names and credit codes are public from "
                "the first day of the period, and anybody can object until its last."
            ),
        ),
        Move(
            name="announce",
            sources=frozenset({BatchState.OPEN, BatchState.ANNOUNCED}),
            target=BatchState.ANNOUNCING,
            turn=Turn.REVIEWER,
            label=_("Announce the list"),
            consequence=_(
                "Every filing without an open objection gets its number and is announced. Those "
                "held back stay; announce again when their objections are settled."
            ),
            final=True,
        ),
        Move(
            name="cancel",
            sources=frozenset({BatchState.PREPARING}),
            target=BatchState.CANCELLED,
            turn=Turn.REVIEWER,
            label=_("Cancel the list"),
            consequence=_("The list ends. Its filings wait for another list."),
            note=True,
            final=True,
        ),
    )
}


def moves_from(state: str) -> list[Move]:
    """The moves that can be made with a list in this state, in the order of the table."""
    return [move for move in MOVES.values() if state in move.sources]


@dataclass(frozen=True)
class Work:
    """What a step does: entries from one state to another, then the list to `ends`."""

    takes: EntryState
    makes: EntryState
    ends: BatchState


WORK = {
    Step.PUBLICISE: Work(EntryState.LISTED, EntryState.PUBLICISED, BatchState.OPEN),
    Step.ANNOUNCE: Work(EntryState.PUBLICISED, EntryState.ANNOUNCED, BatchState.ANNOUNCED),
}
