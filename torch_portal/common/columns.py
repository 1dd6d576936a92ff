"""What a list offers for export: its columns, and the list itself. A line declares them.

Nothing here reads a table: an export renders these columns inside the database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

Group = tuple[str, list[tuple[str, str]]]


class ColumnKind(StrEnum):
    """How a value is written: as text, never as a number (CODE), with its code (CHOICE), ..."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"


def full_name(way: str) -> Concat:
    """The way to a person's name as it is written in Chinese, family name first."""
    return Concat(F(f"{way}__last_name"), F(f"{way}__first_name"), Value(""))


@dataclass(frozen=True)
class Column:
    """One column of a list.

    value: the way to it from the list's model ("filing__number"), or an ORM expression.
    choices: (code, label) pairs of a CHOICE, which is written as two columns, code and label.
    personal: says something about a living person; the file is then marked on every row.
    may_see: who may take this column along; None: whoever sees the list.
    offered: ticked for somebody who has not chosen yet.
    """

    name: str
    label: Any
    value: Any
    kind: ColumnKind = ColumnKind.TEXT
    choices: Sequence[tuple[Any, Any]] = ()
    personal: bool = False
    may_see: Callable[[Any], bool] | None = None
    offered: bool = True

    def allowed(self, user: Any) -> bool:
        """Whether this person may take the column along."""
        return self.may_see is None or self.may_see(user)


@dataclass(frozen=True)
class Report:
    """A list that can be exported.

    model: its manager has visible_to(user), and the review desk shows a list of it.
    base: which of its rows the list speaks of at all.
    day, place: the ways to the date and to the jurisdiction by which it can be narrowed; no place
    for a list of the whole installation. by_moment: the day is a moment, not a plain date.
    everything: the query that takes away what the list shows first. archived: every month.
    entries: (title, (label, value) pairs) groups that the page about one row prints; a list of
    filings that has it can leave with its documents, the row's id being that of the filing.
    """

    code: str
    label: Any
    model: Any
    columns: tuple[Column, ...]
    base: Q
    day: str
    day_label: Any
    place: str
    by_moment: bool = True
    everything: str = ""
    archived: bool = True
    entries: Callable[[Any], list[Group]] | None = None

    def column(self, name: str) -> Column | None:
        """The column of this name."""
        return next((c for c in self.columns if c.name == name), None)
