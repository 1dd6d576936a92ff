"""Numbers as people type them: full-width digits, thousands separators, a unit behind them."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

NUMBER = r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
LARGEST = Decimal(10) ** 14


class NumberError(ValueError):
    """A number that cannot be read; message is a translatable sentence."""

    def __init__(self, message: Any, **values: Any) -> None:
        super().__init__(str(values))
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)


def tidy(typed: str) -> str:
    """What was typed in plain digits and letters, without blanks and invisible characters."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")


def is_negative(tidied: str) -> bool:
    """Whether a minus sign of any kind stands before it."""
    return tidied.startswith(("-", "−", "﹣"))


def parse(typed: str, *, places: int, unit: str = "") -> Decimal:
    """A number that is no money: "１，２００．５" or, with its unit behind it, "35人".

    places: how many decimals it may have. Raises NumberError for more of them, for negatives
    and for whatever is not a number; nothing is rounded.
    """
    plain = tidy(typed)
    if is_negative(plain):
        raise NumberError(_("This cannot be negative."))
    match = re.fullmatch(NUMBER, plain.removesuffix(tidy(unit)))
    if match is None:
        message = _("“%(typed)s” is not a number. Write it like 1200 or 1,200.5.")
        raise NumberError(message, typed=typed)
    number = Decimal(match["number"].replace(",", ""))
    if number >= LARGEST:
        raise NumberError(_("The number is too large."))
    step = Decimal(1).scaleb(-places)
    if number != number.quantize(step):
        if not places:
            raise NumberError(_("Write a whole number, without decimals."))
        raise NumberError(_("At most %(places)s decimals are kept here."), places=places)
    return number.quantize(step)


def read(typed: str, unit: str = "") -> Decimal:
    """A figure exactly as typed, sign and decimals included: whether they may be, rules say.

    Raises NumberError for whatever is not a figure or has another unit.
    """
    plain = tidy(typed).removesuffix(tidy(unit))
    sign = -1 if is_negative(plain) else 1
    match = re.fullmatch(NUMBER, plain.lstrip("-−﹣"))
    if match is None:
        message = _("“%(typed)s” is not a number. Write it like 1200 or 1,200.5.")
        raise NumberError(message, typed=typed)
    return sign * Decimal(match["number"].replace(",", ""))
