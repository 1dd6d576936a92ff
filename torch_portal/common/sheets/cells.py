"""What stands in a cell, made plain: texts trimmed, amounts in yuan, days."""

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from torch_portal.common import money

# Day 0 of the serial numbers of spreadsheets (with the leap day of 1900 that never was).
EPOCH = datetime.date(1899, 12, 30)
SERIALS = range(10_000, 80_000)
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
WAN = 10_000
DUST = Decimal("0.0001")
# Characters without width that copying from pages leaves behind.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
ENDS_WITH_UNIT = re.compile(r"[元万亿]$")


class BadCell(ValueError):
    """A cell that cannot be read; the message says why and how to write it."""


def text(cell: Any) -> str:
    """A cell as one line of text: no blanks around, no full-width blanks, numbers without .0."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return str(cell)
    words = str(cell)
    return " ".join((words if words.isascii() else INVISIBLE.sub("", words)).split())


def _number(cell: float) -> str:
    """The shortest decimal that means this number, never in powers of ten."""
    if cell != cell or cell in (float("inf"), float("-inf")):
        return ""
    exact = Decimal(repr(cell))
    whole = exact.to_integral_value()
    return f"{whole:f}" if exact == whole else f"{exact.normalize():f}"


def amount(cell: Any, unit: int = 1) -> Decimal | None:
    """Yuan in a cell of a column counted in `unit` yuan (1, or 10,000 for 万元).

    A unit written in the cell itself ("12万") wins over that of the column. BadCell otherwise.
    """
    typed = text(cell)
    if not typed:
        return None
    check_error(typed)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _computed(Decimal(repr(cell)) * unit)
    plain = unicodedata.normalize("NFKC", typed).strip()
    if unit == WAN and not ENDS_WITH_UNIT.search(plain):
        plain += "万元"
    return _parsed(plain)


def _computed(yuan: Decimal) -> Decimal:
    """A number without the dust that binary fractions leave behind the fen."""
    rounded = money.half_up(yuan)
    if 0 <= rounded <= money.LARGEST_YUAN and abs(yuan - rounded) < DUST:
        return rounded
    return _parsed(f"{yuan:f}")


def _parsed(plain: str) -> Decimal:
    try:
        return money.parse(plain)
    except money.AmountError as error:
        raise BadCell(str(error)) from error


def day(cell: Any) -> datetime.date | None:
    """A day: a date cell, a serial number, 2020-03-02, 2020/3/2, 2020.3.2 or 2020年3月2日."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    typed = unicodedata.normalize("NFKC", text(cell))
    if not typed:
        return None
    check_error(typed)
    if typed.isdecimal() and int(typed) in SERIALS:
        return EPOCH + datetime.timedelta(days=int(typed))
    found = DAY.match(typed) or COMPACT_DAY.fullmatch(typed)
    try:
        if found and re.fullmatch(r"[\s0:]*", typed[found.end() :]):
            return datetime.date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise BadCell(_no_day(typed)) from error
    raise BadCell(_no_day(typed))


def _no_day(typed: str) -> str:
    return _("“%(typed)s” is not a day. Write it like 2020-03-02.") % {"typed": typed}


def check_error(typed: str) -> None:
    """Refuse the error values of a spreadsheet."""
    if typed.upper() in ERRORS:
        raise BadCell(
            _("The formula in this cell shows %(error)s. Write the value itself.")
            % {"error": typed}
        )
