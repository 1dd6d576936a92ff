"""What a line brings so that its tables can be read, checked and taken."""

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from torch_portal.accounts.models import User
from torch_portal.filings.models import ImportRow, ImportRun

Columns = dict[str, dict[str, Any]]


class Changed(Exception):
    """A row, or the draft that it brings back, is not what was checked; the message says which."""


@dataclass(frozen=True)
class Result:
    """What the line says of a row; see ImportRow for each."""

    bad: bool
    warned: bool
    findings: list[dict[str, str]]
    readings: list[list[str]]
    key: str


Check = Callable[[ImportRow], Result]


@dataclass(frozen=True)
class Line:
    """code: of the service line; task: the worker's, by its full name.

    heads: plain heads by which the row of the heads is recognised. columns: what they are taken
    for, {} when the person has to be asked. survey: look over the whole table, keep on the run
    what was found, and give the check of its rows. single: the check of a row by itself after
    that. take: make drafts of rows in the caller's transaction, or raise Changed.
    """

    code: str
    task: str
    heads: Callable[[], Collection[str]]
    columns: Callable[[ImportRun], Columns]
    survey: Callable[[ImportRun, datetime.date], Check]
    single: Callable[[ImportRun, datetime.date], Check]
    take: Callable[[ImportRun, Sequence[ImportRow], User, datetime.datetime], None]
