"""Which cells of a table are not published, so that no respondent can be told or inferred.

统计法 第二十五条. A cell of fewer than three respondents is hidden. Where the hidden ones could be
computed from the total and the cells that are told, further ones are hidden, the smallest first,
until two are hidden together and at least three respondents stand behind one of them, or behind
the total when every cell is hidden; where that cannot be, the total goes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stats.editions.quality import FEWEST

TOTAL = "total"
FEW, BESIDE = "few", "beside"


@dataclass(frozen=True)
class Cell:
    """One row of a table: its key, how many respondents stand behind it, its value."""

    key: str
    respondents: int
    value: Decimal


def suppressed(cells: Sequence[Cell], total: Cell) -> dict[str, str]:
    """The keys to hide with the reason: `few` for too few respondents, `beside` to protect these.

    Cells without respondents say nothing of anybody and are told. TOTAL is the key of the total.
    """
    told = [cell for cell in cells if cell.respondents]
    found = {cell.key: FEW for cell in told if cell.respondents < FEWEST}
    if 0 < total.respondents < FEWEST:
        return {cell.key: found.get(cell.key, BESIDE) for cell in told} | {TOTAL: FEW}
    if not found:
        return {}
    by_key = {cell.key: cell for cell in told}
    others = sorted(
        (cell for cell in told if cell.key not in found),
        key=lambda cell: (cell.respondents, abs(cell.value), cell.key),
    )
    while others and not _safe(found, by_key):
        found[others.pop(0).key] = BESIDE
    whole = len(found) > 1 and len(found) == len(told)
    return found if whole or _safe(found, by_key) else found | {TOTAL: BESIDE}


def _safe(found: Mapping[str, str], by_key: Mapping[str, Cell]) -> bool:
    """Two at least, and behind one of them so many that none of them can work out the other."""
    return len(found) > 1 and any(by_key[key].respondents >= FEWEST for key in found)
