"""One entry of a return: what was typed, read by the kind of its item, or why it cannot be."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from stats.editions import Instrument, Item
from stats.enums import Kind
from torch_portal.common.i18n import _

LONGEST_WORDS = 200
LONGEST_ENTRY = 400
MOST_DIGITS = 15
MOST_DECIMALS = 4
FIRST_YEAR = 1840
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?", re.ASCII)
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]*)?", re.ASCII)
NEGATIVE = re.compile(r"\((.+)\)")
WITH_UNIT = re.compile(r"(.*?)\s*(亿元|万元|千元|元|人民币|%)", re.ASCII)
DAY = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?", re.ASCII)
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# How many 千元 one of each unit is.
IN_THOUSANDS = {
    "元": Decimal("0.001"),
    "千元": Decimal(1),
    "万元": Decimal(10),
    "亿元": Decimal(100_000),
}


class BadEntry(ValueError):
    """What was typed cannot be read. message: what is wrong and what to write instead."""

    def __init__(self, message: Any, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values


def read_entry(item: Item, instrument: Instrument, typed: str, today: date) -> str:
    """The value as it is kept, "" for a blank; BadEntry with the remedy.

    Amounts are in the unit of the item; a number has no separators and no needless zeros. today:
    no date lies after it.
    """
    words = one_line(typed) if item.kind is Kind.TEXT else plain(typed)
    if not words:
        return ""
    if len(words) > LONGEST_ENTRY:
        raise BadEntry(
            _("At most %(most)s characters can be kept here. Shorten it."), most=LONGEST_WORDS
        )
    if item.kind in {Kind.NUMBER, Kind.COUNT}:
        return _number(item, words)
    if item.kind is Kind.DATE:
        return _day(words, today)
    if item.kind is Kind.CHOICE:
        return _choice(item, instrument, words)
    if len(words) > LONGEST_WORDS:
        raise BadEntry(
            _("At most %(most)s characters can be kept here. Shorten it."), most=LONGEST_WORDS
        )
    return words


def one_line(typed: str) -> str:
    """Blanks and control characters as single blanks; every other character stays."""
    return " ".join(CONTROL.sub(" ", typed).split())


def plain(typed: str) -> str:
    """The same with full-width digits, letters and signs as plain ones."""
    return one_line(unicodedata.normalize("NFKC", typed))


def _number(item: Item, words: str) -> str:
    with_unit = WITH_UNIT.fullmatch(words)
    if with_unit and with_unit[1] and with_unit[2] != item.unit:
        raise _other_unit(item, with_unit[1], with_unit[2])
    bare = (with_unit[1] if with_unit and with_unit[1] else words).strip()
    bracketed = NEGATIVE.fullmatch(bare)
    if bracketed:
        bare = f"-{bracketed[1]}"
    if GROUPED.fullmatch(bare):
        bare = bare.replace(",", "").replace(" ", "")
    if not NUMBER.fullmatch(bare):
        raise BadEntry(
            _("“%(typed)s” is not a number. Write digits only, such as 1200.5."), typed=words[:40]
        )
    _check_size(item, bare)
    value = Decimal(bare)
    _check_bounds(item, value)
    return in_digits(value)


def in_digits(value: Decimal) -> str:
    """A number as it is kept: 1200.5, never 1.2E+3, 1200.50 or -0."""
    return f"{value.normalize():f}" if value else "0"


def _check_size(item: Item, bare: str) -> None:
    whole, _point, decimals = bare.lstrip("+-").partition(".")
    if len(whole.lstrip("0")) > MOST_DIGITS:
        raise BadEntry(
            _(
                "A value of more than %(most)s digits is not possible. The unit is %(unit)s: check "
                "whether it was given in a smaller one."
            ),
            most=MOST_DIGITS,
            unit=item.unit or "-",
        )
    if item.kind is Kind.COUNT and decimals.strip("0"):
        raise BadEntry(_("A whole number is needed here, in %(unit)s."), unit=item.unit or "-")
    most = MOST_DECIMALS if item.decimals is None else item.decimals
    if len(decimals.rstrip("0")) > most:
        raise BadEntry(
            _("At most %(most)s decimals can be kept here; the unit is %(unit)s. Round it."),
            most=most,
            unit=item.unit or "-",
        )


def _check_bounds(item: Item, value: Decimal) -> None:
    if item.kind is Kind.COUNT and value < 0:
        raise BadEntry(_("A count cannot be below 0."))
    if item.least and value < Decimal(item.least):
        raise BadEntry(
            _("At least %(least)s %(unit)s is possible here."), least=item.least, unit=item.unit
        )
    if item.most and value > Decimal(item.most):
        raise BadEntry(
            _("At most %(most)s %(unit)s is possible here."), most=item.most, unit=item.unit
        )


def _other_unit(item: Item, bare: str, unit: str) -> BadEntry:
    """A figure with a unit that is not that of the cell: what to write is worked out."""
    bare = bare.replace(",", "").replace(" ", "")
    if item.unit in IN_THOUSANDS and unit in IN_THOUSANDS and NUMBER.fullmatch(bare):
        value = Decimal(bare) * IN_THOUSANDS[unit] / IN_THOUSANDS[item.unit]
        return BadEntry(
            _("The unit here is %(unit)s. %(typed)s %(other)s are %(value)s %(unit)s: write that."),
            unit=item.unit,
            typed=bare,
            other=unit,
            value=in_digits(value),
        )
    return BadEntry(
        _("The unit here is %(unit)s, not %(other)s. Write the number alone, in %(unit)s."),
        unit=item.unit or "-",
        other=unit,
    )


def _day(words: str, today: date) -> str:
    found = COMPACT.fullmatch(words) or DAY.fullmatch(words)
    if not found:
        raise BadEntry(_("“%(typed)s” is not a date. Write it like 2020-02-06."), typed=words[:40])
    year, *rest = (int(part) for part in found.groups() if part)
    try:
        day = date(year, *[*rest, 1, 1][:2])
    except ValueError:
        raise BadEntry(_("There is no such day: %(typed)s."), typed=words[:40]) from None
    if day.year < FIRST_YEAR:
        raise BadEntry(_("The year %(year)s is too early. Check it."), year=day.year)
    if day > today:
        raise BadEntry(_("%(typed)s lies in the future. Check the year."), typed=words[:40])
    return day.isoformat()[: (4, 7, 10)[len(rest)]]


def _choice(item: Item, instrument: Instrument, words: str) -> str:
    listed = instrument.lists.get(item.choices)
    if listed is None:  # a list that was never seen: the code is kept as it is
        if len(words) > LONGEST_WORDS:
            raise BadEntry(
                _("At most %(most)s characters can be kept here. Shorten it."), most=LONGEST_WORDS
            )
        return words
    for code, label in listed.choices:
        if words in {code, label, f"{code} {label}"}:
            return code
    shown = "、".join(f"{code} {label}" for code, label in listed.choices[:4])
    raise BadEntry(
        _("“%(typed)s” is not in the list of %(version)s. Choose one of it: %(choices)s …"),
        typed=words[:40],
        version=instrument.version,
        choices=shown,
    )
