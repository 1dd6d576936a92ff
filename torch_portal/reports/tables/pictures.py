"""Pictures as plain geometry: columns over months, and the country as a grid of tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from torch_portal.common.codes import CORPS

WIDTH, HEIGHT, FOOT = 720, 200, 22
TILE, GAP, TOP = 62, 4, 2
# Column and row of each jurisdiction, roughly where it lies on the map.
TILES: Mapping[str, tuple[int, int]] = {
    "23": (8, 0), "65": (0, 1), "66": (1, 1), "15": (6, 1), "22": (8, 1), "62": (2, 2),
    "64": (3, 2), "14": (5, 2), "11": (6, 2), "12": (7, 2), "21": (8, 2), "2102": (9, 2),
    "63": (2, 3), "61": (4, 3), "13": (6, 3), "37": (7, 3), "3702": (8, 3), "54": (1, 4),
    "51": (3, 4), "50": (4, 4), "41": (5, 4), "34": (6, 4), "32": (7, 4), "31": (8, 4),
    "53": (2, 5), "52": (3, 5), "42": (4, 5), "36": (6, 5), "33": (7, 5), "3302": (8, 5),
    "45": (3, 6), "43": (5, 5), "44": (5, 6), "35": (6, 6), "3502": (7, 6), "4403": (5, 7),
    "46": (3, 7),
}  # fmt: skip
SHADES = 5


@dataclass(frozen=True)
class Column:
    """One column: where it stands, its words, and the list it leads to."""

    x: int
    y: int
    width: int
    height: int
    label: str
    text: str
    url: str
    first: bool


def columns(rows: Sequence[tuple[str, Decimal | int, str, str]]) -> list[Column]:
    """Columns from a zero baseline; each row is its label, value, words and address."""
    top = max((Decimal(value) for _l, value, _t, _u in rows), default=Decimal(0))
    step = WIDTH // max(len(rows), 1)
    room = HEIGHT - FOOT - 16
    found = []
    for n, (label, value, text, url) in enumerate(rows):
        tall = int(Decimal(value) * room / top) if top else 0
        found.append(
            Column(n * step + 4, HEIGHT - FOOT - tall, step - 8, tall, label, text, url, n == 0)
        )
    return found


def share_of(value: Decimal | int, largest: Decimal | int) -> int:
    """Length of a bar of at most 100."""
    return int(Decimal(value) * 100 / Decimal(largest)) if largest else 0


def tiles(values: Mapping[str, Decimal | None], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """A tile for each jurisdiction; darker for more, a shade of its own for what is not told."""
    top = max((v for v in values.values() if v), default=Decimal(0))
    found = []
    for code, (column, row) in TILES.items():
        value = values.get(code, Decimal(0))
        shade = -1 if value is None else _shade(value, top)
        found.append({
            "code": code, "name": names.get(code, code), "value": value, "shade": shade,
            "x": column * (TILE + GAP), "y": TOP + row * (TILE + GAP),
            "short": _short(code, names.get(code, code)),
        })  # fmt: skip
    return found


def _short(code: str, name: str) -> str:
    """A name that fits a tile: 内蒙古, 浙江, 兵团; the first word in English."""
    if name.isascii():
        return name.split()[0][:8]
    if code == CORPS:
        return "兵团"
    return name[:3] if name.startswith(("黑龙江", "内蒙古")) else name[:2]


def _shade(value: Decimal, top: Decimal) -> int:
    """0 for nothing, else 1 to SHADES by the square root: a few places are far above the rest."""
    if not value or not top:
        return 0
    return min(SHADES, 1 + int((value / top).sqrt() * SHADES))
