"""Amounts in yuan: as typed, as printed, in capital figures. Decimal only, never float."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from torch_portal.common.figures import NUMBER, NumberError, is_negative, tidy

FEN = Decimal("0.01")
LARGEST_YUAN = Decimal("9999999999999999.99")
_UNITS = {"": 1, "元": 1, "万": 10_000, "万元": 10_000, "亿": 10**8, "亿元": 10**8}
_TYPED = re.compile(NUMBER + r"(?P<unit>\D*)")
_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


class AmountError(NumberError):
    """An amount that cannot be read; message is a translatable sentence."""


def half_up(amount: Decimal, step: Decimal = FEN) -> Decimal:
    """Rounded half up to the fen (or another step): the one place where amounts are rounded."""
    return amount.quantize(step, rounding=ROUND_HALF_UP)


def to_the_fen(amount: Fraction) -> Decimal:
    """An exact amount of zero or more in yuan, rounded half up to the fen without detour."""
    fen = (amount.numerator * 200 + amount.denominator) // (2 * amount.denominator)
    return Decimal(fen).scaleb(-2)


def parse(typed: str) -> Decimal:
    """Yuan from what a person typed: "１，２００．５０", "¥1,200.5", "120万元", "1.2亿".

    Raises AmountError for negatives, parts of a fen and whatever is not an amount.
    """
    plain = tidy(typed).removeprefix("人民币").removeprefix("¥")
    if is_negative(plain):
        raise AmountError(_("An amount cannot be negative."))
    match = _TYPED.fullmatch(plain)
    if match is None or match["unit"] not in _UNITS:
        raise AmountError(
            _("“%(typed)s” is not an amount. Write it like 1,200,000.50 or 120万元."), typed=typed
        )
    amount = Decimal(match["number"].replace(",", "")) * _UNITS[match["unit"]]
    if amount > LARGEST_YUAN:
        raise AmountError(_("The amount is too large."))
    if amount != half_up(amount):
        raise AmountError(_("An amount goes down to the fen: two decimals of a yuan, no more."))
    return half_up(amount)


def display(amount: Decimal) -> str:
    """With thousands separators and two decimals: 1,200,000.50."""
    return f"{half_up(amount):,.2f}"


def plain(amount: Decimal) -> str:
    """As interfaces give it: decimal string with two decimals and no separators."""
    return f"{half_up(amount):.2f}"


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """part of whole in percent, half up to two decimals; whole must not be zero."""
    return half_up(part * 100 / whole)


def _group_in_capitals(group: int) -> str:
    """Four digits in capital figures, one 零 for each inner run of noughts: 1005 -> 壹仟零伍."""
    words, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _FIGURES[digit] + _PLACES[place]
        gap = False
    return words


def _whole_in_capitals(whole: int) -> str:
    """A whole number in capital figures, groups of four joined with 万, 亿 and 万亿."""
    groups = [whole // 10_000**step % 10_000 for step in range(4)]
    words, gap = "", False
    for step in (3, 2, 1, 0):
        group = groups[step]
        if group == 0:
            gap = bool(words)
            continue
        words += "零" if words and (gap or group < 1000) else ""
        unit = "万" if step == 3 and groups[2] else _GROUPS[step]
        words += _group_in_capitals(group) + unit
        gap = False
    return words


def capitals(amount: Decimal) -> str:
    """人民币大写: 1409.50 -> 人民币壹仟肆佰零玖元伍角 (正确填写票据和结算凭证的基本规定).

    ValueError for more than two decimals, negatives and amounts of 10^16 yuan or more; the amount
    is never rounded silently.
    """
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise ValueError("capital amounts need a finite Decimal")
    if amount < 0 or amount > LARGEST_YUAN or amount != amount.quantize(FEN):
        raise ValueError("capital amounts need 0 to 10^16 yuan with at most two decimals")
    yuan, fen = divmod(int(amount * 100), 100)
    jiao, fen = divmod(fen, 10)
    words = _whole_in_capitals(yuan) + "元" if yuan or not (jiao or fen) else ""
    if not yuan and not jiao and not fen:
        words = "零元"
    if jiao:
        words += _FIGURES[jiao] + "角"
    elif fen and yuan:
        words += "零"
    if fen:
        words += _FIGURES[fen] + "分"
    return "人民币" + words + ("" if jiao or fen else "整")
