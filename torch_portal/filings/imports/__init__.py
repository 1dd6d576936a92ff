"""Tables that are brought in, the same for every line: acts on them, and the work that follows.

The line says what a column means and whether a row is good, and makes the filings.
"""

from torch_portal.filings.imports.acts import (
    Closed,
    drop,
    habit_of,
    hold,
    learn_words,
    map_columns,
    mend,
    open_run,
    skip,
    want_drafts,
)
from torch_portal.filings.imports.line import Changed, Columns, Line, Result
from torch_portal.filings.imports.results import STANDS
from torch_portal.filings.imports.work import WORKING, go_on, proceed, sweep

__all__ = [
    "STANDS",
    "WORKING",
    "Changed",
    "Closed",
    "Columns",
    "Line",
    "Result",
    "drop",
    "go_on",
    "habit_of",
    "hold",
    "learn_words",
    "map_columns",
    "mend",
    "open_run",
    "proceed",
    "skip",
    "sweep",
    "want_drafts",
]
