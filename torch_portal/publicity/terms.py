"""What a service line hands to the publicity of its filings. It is handed in; nothing registers."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.publicity.models import Batch, Entry


@dataclass(frozen=True)
class Row:
    """A filing to be listed, with the content that everybody may read."""

    filing_id: int
    name: str
    credit_code: str
    division: str
    note: str = ""


# (batch, entries, by, at) -> {filing id: the number it got, "" for none}.
#
# Moves the filings of these entries (engine.fire_many) within the transaction of the caller and
# answers for those it moved; an entry that it does not name is left out of the list. `at` is now;
# where a day counts (year of a number, date of entry) it is that of `batch.step_at`, since a step
# can go on past midnight.
StepFunction = Callable[[Batch, list[Entry], User, datetime.datetime], Mapping[int, str]]


@dataclass(frozen=True)
class Publicity:
    """How one line publicises: `PUBLICITY` in the line's room `line`.

    title: the public title of a new list of a jurisdiction, from year and serial number.
    pool: the filings of a jurisdiction that wait for a list (jurisdiction code -> rows); those
    taken in stay in the pool until they are publicised, `add` skips them.
    steps: what moves the filings, for "publicise" and "announce"; also handed to `work.carry` by
    the line's own beat task.
    uphold: (entry, by, at, note) moves the filing whose entry was struck off, in the transaction
    that upholds the objection.
    days: working days of publicity. clause: the regulation that asks for them.
    """

    title: Callable[[Jurisdiction, int, int], str]
    pool: Callable[[str], Iterable[Row]]
    steps: Mapping[str, StepFunction]
    uphold: Callable[[Entry, User, datetime.datetime, str], None]
    days: int
    clause: str
