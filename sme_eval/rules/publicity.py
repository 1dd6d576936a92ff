"""Publicity of a batch and the draw of the spot check."""

import hashlib
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sme_eval.editions import Edition
from torch_portal.common.workdays import Calendar, add_workdays


def publicity_end(first_day: date, edition: Edition, *, calendar: Calendar) -> date:
    """The last day of publicity: ten working days, the first one counted if it is worked.

    CalendarNotPublished where the period touches a year whose calendar is not known.
    """
    return add_workdays(first_day, edition.publicity.days, calendar=calendar, count_first=True)


def sample_size(count: int, rate: Fraction) -> int:
    """How many to draw of so many at a rate: rounded up, so that it is never below the rate."""
    return -(-count * rate.numerator // rate.denominator)


def draw(numbers: Iterable[str], seed: str, rate: Fraction) -> list[str]:
    """The numbers drawn for the spot check, in the order of the draw.

    The same numbers and seed always give the same draw, whoever repeats it: the numbers with the
    smallest SHA-256 of seed and number. Those confirmed by a certificate are left out by the
    caller (国科火字〔2020〕169号).
    """
    pool = sorted(set(numbers), key=lambda number: (lot(seed, number), number))
    return pool[: sample_size(len(pool), rate)]


def lot(seed: str, number: str) -> str:
    """The lot of a number: the smallest are drawn."""
    return hashlib.sha256(f"{seed}{number}".encode()).hexdigest()
