"""Where a table begins and ends in a sheet that people made for people.

A title may stand above the heads and totals below; both are recognised and left out.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from torch_portal.common.sheets.cells import WAN, text
from torch_portal.common.sheets.reading import Sheet

LOOKED_AT = 20
LONGEST_TOTAL = 6
TOTALS = ("合计", "总计", "小计", "共计", "累计", "total", "sum", "subtotal")
SERIAL = ("序号", "编号", "no", "no.", "#", "行号")
UNIT = re.compile(r"[(\[（【](?:单位[::])?(?P<unit>万?元|万|人民币)[)\]）】]")
NOTES = re.compile(r"[(\[（【].*?[)\]）】]|[*＊:：\s]")


@dataclass(frozen=True)
class Table:
    """The table in a sheet. head: number of the row with the heads; heads: their words.

    rows: (number as the spreadsheet counts, cells). left_out: rows that are no entries, as
    (number, first words): titles, totals, notes.
    """

    head: int
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    left_out: tuple[tuple[int, str], ...] = ()


def plain_head(head: str) -> str:
    """A head without its unit, notes, stars and blanks, for comparison."""
    return NOTES.sub("", unicodedata.normalize("NFKC", head)).casefold()


def unit_of(head: str) -> int | None:
    """The unit in yuan that a head names: 10,000 for 万元, 1 for 元, None when it names none."""
    found = UNIT.search(unicodedata.normalize("NFKC", head))
    if found is None:
        return None
    return WAN if found["unit"].startswith("万") else 1


def is_serial(head: str) -> bool:
    """Whether a column only counts the rows."""
    return plain_head(head) in SERIAL


def find_table(sheet: Sheet, known: Collection[str] = ()) -> Table | None:
    """The table of a sheet; `known` are plain heads that speak for a row being that of the heads.

    None when no row looks like heads.
    """
    tops = [_texts(row) for row in sheet.rows[:LOOKED_AT]]
    place = _head_place(tops, frozenset(known))
    if place is None:
        return None
    heads = tuple(tops[place])
    width = max((n for n, head in enumerate(heads, start=1) if head), default=0)
    rows, left_out = [], []
    for n, row in enumerate(sheet.rows):
        cells = _texts(row)
        number = sheet.first + n
        if n == place or not any(cells):
            continue
        if n < place or is_total(cells) or _repeats(cells, heads):
            left_out.append((number, next(cell for cell in cells if cell)))
        else:
            rows.append((number, tuple(row[:width])))
    return Table(sheet.first + place, heads[:width], tuple(rows), tuple(left_out))


def _texts(row: list[Any]) -> list[str]:
    return [text(cell) for cell in row]


def _head_place(texts: list[list[str]], known: frozenset[str]) -> int | None:
    """Of the first rows that with most known heads; without any, the first with mostly words."""
    best, most = None, 0
    for n, cells in enumerate(texts):
        hits = len({plain_head(cell) for cell in cells if cell} & known)
        if hits > most:
            best, most = n, hits
    if most >= 2:
        return best
    for n, cells in enumerate(texts):
        filled = [cell for cell in cells if cell]
        words = [cell for cell in filled if not cell[0].isdigit()]
        if len(filled) >= 3 and len(words) == len(filled) == len(set(filled)):
            return n
    return best


def is_total(cells: list[str]) -> bool:
    """Whether a row sums up, counts or signs: its first word says so."""
    filled = [cell for cell in cells if cell]
    first = plain_head(filled[0]) if filled else ""
    if first in TOTALS or (first.startswith(TOTALS) and len(first) <= LONGEST_TOTAL):
        return True
    return len(filled) == 1 and len(cells) > 3 and not filled[0].isdigit()


def _repeats(cells: list[str], heads: tuple[str, ...]) -> bool:
    """Whether it is the row of heads again, as on every printed page."""
    return [c for c in cells if c] == [h for h in heads if h]
