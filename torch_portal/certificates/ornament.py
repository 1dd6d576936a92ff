"""The drawn ornament of a certificate: guilloche border and rosette, as SVG in millimetres.

Engine-turned lines: sine waves of shifted phase along a closed rounded rectangle, so that the
strands meet at every corner without a seam. Pure arithmetic; the same lines every time.
"""

import functools
from collections.abc import Callable, Iterable
from math import cos, pi, sin

WIDTH, HEIGHT = 210.0, 297.0
GOLD, PALE, MIST = "#C6A55C", "#DCC48C", "#F3EBD8"
INSET, CORNER, BAND = 13.2, 7.0, 2.75  # centre line of the border, its corner radius, half width
WAVES, STRANDS = 88, 8

Point = tuple[float, float]


def path_at(distance: float) -> tuple[Point, Point]:
    """Point of the border's centre line at a distance (mm) from its start, and the unit normal."""
    wide, high = WIDTH - 2 * (INSET + CORNER), HEIGHT - 2 * (INSET + CORNER)
    arc = pi * CORNER / 2
    corners = (
        (INSET + CORNER + wide, INSET + CORNER),
        (INSET + CORNER + wide, INSET + CORNER + high),
        (INSET + CORNER, INSET + CORNER + high),
        (INSET + CORNER, INSET + CORNER),
    )
    for side, (centre_x, centre_y) in enumerate(corners):
        length = wide if side % 2 == 0 else high
        turn = side * pi / 2
        along, outward = (cos(turn), sin(turn)), (sin(turn), -cos(turn))
        if distance <= length:
            back = length - distance
            x = centre_x + CORNER * outward[0] - back * along[0]
            return (x, centre_y + CORNER * outward[1] - back * along[1]), outward
        distance -= length
        if distance <= arc:
            angle = turn - pi / 2 + distance / CORNER
            normal = (cos(angle), sin(angle))
            return (centre_x + CORNER * normal[0], centre_y + CORNER * normal[1]), normal
        distance -= arc
    return path_at(0.0)


def perimeter() -> float:
    """Length of the border's centre line in millimetres."""
    straight = 2 * (WIDTH + HEIGHT - 4 * (INSET + CORNER))
    return straight + 2 * pi * CORNER


def _curve(points: Iterable[Point], *, closed: bool = True) -> str:
    drawn = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    return f"M{drawn}{'Z' if closed else ''}"


def _strand(offset: Callable[[float], float], steps: int) -> str:
    total = perimeter()

    def point(step: int) -> Point:
        (x, y), (nx, ny) = path_at(total * step / steps)
        shift = offset(step / steps)
        return x + nx * shift, y + ny * shift

    return _curve(map(point, range(steps)))


def _border() -> str:
    """Two braids of shifted sine waves, a wide one and a narrow one of half the wave length."""

    def wave(reach: float, count: int, phase: float) -> Callable[[float], float]:
        return lambda t: reach * sin(2 * pi * count * t + phase)

    wide = [wave(BAND, WAVES, 2 * pi * k / STRANDS) for k in range(STRANDS)]
    narrow = [wave(BAND * 0.42, 2 * WAVES, pi * k / 2) for k in range(4)]
    return "".join(_strand(strand, WAVES * 16) for strand in (*wide, *narrow))


def _frame(inset: float, radius: float, stroke: str, width: float) -> str:
    return (
        f'<rect x="{inset}" y="{inset}" width="{WIDTH - 2 * inset}" height="{HEIGHT - 2 * inset}" '
        f'rx="{radius}" fill="none" stroke="{stroke}" stroke-width="{width}"/>'
    )


def _rosette(centre: Point, radius: float, petals: int, turns: int) -> str:
    """A rosette of `petals` leaves that overlap: one closed line that goes round `turns` times."""
    steps = petals * 36

    def point(step: int) -> Point:
        angle = 2 * pi * turns * step / steps
        reach = radius * (0.62 + 0.38 * cos(angle * petals / turns))
        return centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)

    return _curve(map(point, range(steps)))


def _stroke(path: str, colour: str, width: float) -> str:
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


@functools.cache
def ornament_svg() -> str:
    """The whole page's ornament as one SVG element, 210 by 297 millimetres."""
    parts = (
        _stroke(_rosette((WIDTH / 2, 127.0), 61.0, 37, 8), MIST, 0.16),
        _stroke(_rosette((WIDTH / 2, 127.0), 22.0, 23, 6), MIST, 0.14),
        _stroke(_border(), PALE, 0.13),
        _frame(8.6, 9.5, GOLD, 0.5),
        _frame(9.7, 8.6, GOLD, 0.15),
        _frame(16.7, 3.2, GOLD, 0.15),
        _frame(17.4, 2.6, GOLD, 0.3),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'width="{WIDTH:g}mm" height="{HEIGHT:g}mm">{"".join(parts)}</svg>'
    )
