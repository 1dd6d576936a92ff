"""The QR code of a certificate: one segno symbol, as SVG and as PDF drawing operators."""

import functools
from itertools import groupby

import segno

QUIET = 2  # white modules kept around the symbol, on white paper
DARK = "#1B2430"


@functools.lru_cache(maxsize=64)
def runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Size of the symbol in modules, quiet zone included, and its dark runs (x, y, length).

    Error correction M (15 %). The mask is fixed: choosing it costs more than the rest of the
    certificate and any mask can be read.
    """
    matrix = segno.make(text, error="m", micro=False, boost_error=False, mask=4).matrix
    found = []
    for y, row in enumerate(matrix):
        x = 0
        for dark, cells in groupby(row):
            length = len(list(cells))
            if dark:
                found.append((x + QUIET, y + QUIET, length))
            x += length
    return len(matrix) + 2 * QUIET, tuple(found)


def qr_svg(text: str) -> str:
    """The symbol as one SVG element that fills its container."""
    size, dark = runs(text)
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><path d="{path}" fill="{DARK}"/></svg>'
    )


def qr_operators(text: str, *, left: float, bottom: float, side: float) -> str:
    """PDF operators that draw the symbol in a square (points, origin at the foot left)."""
    size, dark = runs(text)
    module = side / size
    drawn = " ".join(f"{x} {size - 1 - y} {length} 1 re" for x, y, length in dark)
    red, green, blue = (int(DARK[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return (
        f"q {red:.4f} {green:.4f} {blue:.4f} rg "
        f"{module:.5f} 0 0 {module:.5f} {left:.3f} {bottom:.3f} cm {drawn} f Q"
    )
