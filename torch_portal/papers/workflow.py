"""The moves of a paper original that a reviewer makes, as a table."""

from django.utils.translation import gettext_lazy as _

from torch_portal.filings.enums import Turn
from torch_portal.filings.transitions import Move
from torch_portal.papers.enums import PaperState

AWAITED = frozenset({PaperState.DEFERRED, PaperState.DUE, PaperState.OVERDUE, PaperState.MISMATCH})

MOVES = {
    move.name: move
    for move in (
        Move(
            name="receive",
            sources=AWAITED,
            target=PaperState.RECEIVED,
            turn=Turn.REVIEWER,
            label=_("Confirm receipt"),
            consequence=_("Records that the paper has arrived and stops the reminders."),
        ),
        Move(
            name="verify",
            sources=frozenset({PaperState.RECEIVED}),
            target=PaperState.VERIFIED,
            turn=Turn.REVIEWER,
            label=_("Confirm that it agrees"),
            consequence=_("Records that the paper agrees with what was filed and closes the case."),
            final=True,
        ),
        Move(
            name="report_mismatch",
            sources=frozenset({PaperState.RECEIVED}),
            target=PaperState.MISMATCH,
            turn=Turn.REVIEWER,
            label=_("Report a difference"),
            consequence=_("Sends your note to the enterprise and asks for the right paper."),
            note=True,
        ),
        Move(
            name="waive",
            sources=AWAITED,
            target=PaperState.WAIVED,
            turn=Turn.REVIEWER,
            label=_("Waive the paper"),
            consequence=_("The enterprise need not hand in this paper any more."),
            note=True,
            final=True,
        ),
    )
}


def moves_from(state: str) -> list[Move]:
    """The moves that a reviewer may make in this state, in the order of the table."""
    return [move for move in MOVES.values() if state in move.sources]
