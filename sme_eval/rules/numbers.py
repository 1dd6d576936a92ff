"""The registration number (入库登记编号) of eighteen characters, and how long revocation bars.

Year (4), division code (6), timing letter, route letter, serial (6). There is no check digit.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sme_eval.editions import SHANGHAI, Edition
from torch_portal.common.codes import CodeError
from torch_portal.common.i18n import _
from torch_portal.common.spans import months_after

NUMBER = re.compile(r"(20[0-9]{2})([0-9]{6})([0AB])([0-9A-Z])([0-9]{6})")
LENGTH = 18
LARGEST_SERIAL = 999_999
# Self-evaluations submitted by this day serve the settlement of the previous year's tax.
EARLY_UNTIL = (5, 31)


@dataclass(frozen=True)
class Number:
    """The parts of a number. timing: 0, A or B; route: character 12."""

    year: int
    division: str
    timing: str
    route: str
    serial: int


def parse_number(text: str) -> Number:
    """The parts of a number exactly as written; CodeError says what is wrong with it."""
    if len(text) != LENGTH:
        raise CodeError(
            "length",
            _("A registration number has 18 characters; this one has %(count)s."),
            count=len(text),
        )
    match = NUMBER.fullmatch(text)
    if match is None:
        raise CodeError(
            "shape",
            _(
                "A registration number is a year, six digits of the division, 0, A or B, one digit "
                "or capital letter, and six digits."
            ),
        )
    year, division, timing, route, serial = match.groups()
    return Number(int(year), division, timing, route, int(serial))


def compose_number(number: Number) -> str:
    """The eighteen characters; ValueError where a part does not fit."""
    if not 1 <= number.serial <= LARGEST_SERIAL:
        raise ValueError("a serial runs from 1 to 999999")
    text = f"{number.year}{number.division}{number.timing}{number.route}{number.serial:06d}"
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text} is not a registration number")
    return text


def timing_letter(established_on: date, submitted_at: datetime, entry_year: int) -> str:
    """Character 11 (国科发火〔2018〕11号).

    B: established in the year of entry. Else 0: submitted by 31 May of it, 24:00 in Shanghai;
    A: later. submitted_at is the moment of the corrected submission where there was one.
    ValueError for an enterprise established after the year of entry.
    """
    return _timing(established_on, submitted_at.astimezone(SHANGHAI).date(), entry_year)


def timing_on(established_on: date | None, filed_on: date) -> str | None:
    """Character 11 of a number entered in the year of filing; None before the founding is known."""
    return None if established_on is None else _timing(established_on, filed_on, filed_on.year)


def _timing(established_on: date, day: date, entry_year: int) -> str:
    if established_on.year > entry_year:
        raise ValueError("established after the year of entry")
    if established_on.year == entry_year:
        return "B"
    return "0" if day <= date(entry_year, *EARLY_UNTIL) else "A"


def route_letter(edition: Edition, route: str | None) -> str:
    """Character 12: the edition's letter of the route that confirmed directly, else 0."""
    return edition.route_letters.get(route or "", "0")


def barred_through(revoked_on: date, edition: Edition, *, fraud: bool) -> date:
    """The last day on which a revoked enterprise cannot take part (国科发政〔2017〕115号 第十四条).

    The rest of that year; for fraud the edition's years from the revocation on, if that is later.
    """
    year_end = date(revoked_on.year, 12, 31)
    if not (fraud and edition.fraud_bar_years):
        return year_end
    return max(year_end, months_after(revoked_on, 12 * edition.fraud_bar_years))
