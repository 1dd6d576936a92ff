"""What is counted over many filings: figures by the values of some columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

ZERO = Decimal(0)
Key = tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Items, amounts in yuan (exact to the fen), and how many respondents stand behind them.

    respondents: of a sum it is the larger number, which the true one is not below.
    """

    items: int = 0
    total: Decimal = ZERO
    technical: Decimal = ZERO
    respondents: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.items + other.items,
            self.total + other.total,
            self.technical + other.technical,
            max(self.respondents, other.respondents),
        )

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(
            self.items - other.items,
            self.total - other.total,
            self.technical - other.technical,
        )


# By the name of a grouping, then by the values of its columns.
Cells = dict[str, dict[Key, Figures]]


@dataclass(frozen=True)
class Counts:
    """The cells of a period and of the same period a year before."""

    now: Cells = field(default_factory=dict)
    before: Cells = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A row that a table always shows, with or without figures; `under` is its parent's code."""

    code: str
    label: Any
    under: str = ""


@dataclass(frozen=True)
class Dimension:
    """A column by which a line counts, and its values in the order of the printed table."""

    grouping: str
    entries: tuple[Entry, ...]


Dimensions = Mapping[str, Dimension]
