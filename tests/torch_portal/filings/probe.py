"""A small line of its own, so that the engine is tested without any service line."""

import datetime

from torch_portal.filings import engine
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.transitions import Move, workflow

AT = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=datetime.UTC)


def _move(name, sources, target, turn):
    return Move(name, frozenset(sources), target, turn, name, name)


PROBE = workflow(
    "probe",
    start="draft",
    states={
        "draft": (Stage.DRAFT, Turn.FILER, "a draft"),
        "handed_in": (Stage.SUBMITTED, Turn.REVIEWER, "handed in"),
        "granted": (Stage.GRANTED, Turn.NOBODY, "granted at last"),
        "withdrawn": (Stage.WITHDRAWN, Turn.NOBODY, "withdrawn"),
    },
    moves=(
        _move("hand_in", ["draft"], "handed_in", Turn.FILER),
        _move("remark", ["handed_in"], None, Turn.REVIEWER),
        _move("grant", ["handed_in"], "granted", Turn.REVIEWER),
        _move("withdraw", ["draft", "handed_in"], "withdrawn", Turn.FILER),
    ),
)


def opened(house, at=AT):
    """A new filing in draft."""
    return engine.open_filing(PROBE, enterprise=house.firm, by=house.filer, at=at)


def handed_in(house, number="P-1", at=AT):
    """A filing that lies with the agency, after two events."""
    filing = opened(house, at)
    engine.fire(
        filing, PROBE, "hand_in", by=house.filer, at=at,
        number=number, agency=house.office, submitted_at=at,
    )  # fmt: skip
    return filing
