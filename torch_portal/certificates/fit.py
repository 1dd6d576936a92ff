"""Fitting a value into its place: one size smaller before the first wrap, lines of even length.

Both renderers take their lines from here, so they cannot break differently.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from torch_portal.certificates.fonts import song_face

NOT_FIRST = frozenset("，。、；：？！）》」』】〕”’…—·％℃,.;:?!)]}%›»")
NOT_LAST = frozenset("（《「『【〔“‘￥¥([{«#")
DATE = r"\d+年\d+月(?:\d+日)?"
LETTER = r"[^\W_\u2e80-\U0003ffff]"  # of a script that is written in words
WORD = re.compile(rf"{DATE}|{LETTER}+(?:[-_'./@&+:#=?~,]+{LETTER}+)*|\s+|.", re.DOTALL)


class TooLong(ValueError):
    """A value does not fit its place even at the smallest size."""

    def __init__(self, name: str, text: str):
        self.name = name
        super().__init__(f"{name} is too long for the certificate ({len(text)} characters)")


@dataclass(frozen=True)
class Fitted:
    """A value as set: index of the chosen step, and its lines."""

    step: int
    lines: tuple[str, ...]


def fit(
    name: str, text: str, steps: tuple[tuple[float, int], ...], width: float, *, bold: bool
) -> Fitted:
    """The first step (size in pt, lines) whose width (pt) holds the text. Raises TooLong."""
    whole = measure(text, bold=bold)
    for index, (size, most) in enumerate(steps):
        room = width * 1000 / size
        if whole <= room:
            return Fitted(index, (text,))
        if most > 1 and whole <= room * most:
            lines = _wrap(text, room, bold=bold)
            if len(lines) <= most:
                return Fitted(index, _even(text, lines, room, bold=bold))
    raise TooLong(name, text)


def measure(text: str, *, bold: bool) -> float:
    """Width of one line in thousandths of the font size (without the Song face: 1 em a letter)."""
    face = song_face(bold=bold)
    return face.width(text) if face else 1000.0 * len(text)


def pieces(text: str) -> list[str]:
    """The text cut where a line may break: between Han characters and words, by the usual
    rules for punctuation (no closing mark first, no opening mark last in a line)."""
    joined: list[str] = []
    for token in WORD.findall(text):
        if joined and (token[0] in NOT_FIRST or token.isspace() or joined[-1][-1] in NOT_LAST):
            joined[-1] += token
        else:
            joined.append(token)
    return joined


def _wrap(text: str, room: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    for piece in pieces(text):
        for part in (piece,) if _width(piece, bold) <= room else piece:
            if lines and _width(lines[-1] + part, bold) <= room:
                lines[-1] += part
            else:
                lines.append(part)
    return [line.strip() for line in lines]


@lru_cache(maxsize=4096)
def _width(line: str, bold: bool) -> float:
    return measure(line.rstrip(), bold=bold)


def _even(text: str, lines: list[str], room: float, *, bold: bool) -> tuple[str, ...]:
    """The same number of lines with the narrowest column that still gives it."""
    low, high = 0.0, room
    for _ in range(6):
        middle = (low + high) / 2
        trial = _wrap(text, middle, bold=bold)
        if len(trial) <= len(lines) and max(_width(line, bold) for line in trial) <= middle:
            high, lines = middle, trial
        else:
            low = middle
    return tuple(lines)
