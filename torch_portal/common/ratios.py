"""Ratios as exact fractions: worked out, told, and rounded for the eye only."""

from decimal import Decimal
from fractions import Fraction

from torch_portal.common.money import half_up


def ratio(part: Decimal | Fraction | None, whole: Decimal | Fraction | None) -> Fraction | None:
    """part of whole; None where one is not known or the whole is not above zero."""
    if part is None or whole is None or whole <= 0:
        return None
    return Fraction(part) / Fraction(whole)


def percent(share: Fraction) -> str:
    """A fraction in percent with two decimals, half away from zero; only to be looked at."""
    size = abs(share)
    hundredths = (size.numerator * 20_000 + size.denominator) // (2 * size.denominator)
    sign = "-" if share < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


def plain_percent(share: Fraction) -> str:
    """A limit in percent without useless noughts."""
    return percent(share).rstrip("0").rstrip(".")


def rounded(amount: Fraction) -> Decimal:
    """An amount with two decimals, half up; only to be looked at."""
    return half_up(Decimal(amount.numerator) / amount.denominator)


def lacking(part: Fraction, least: Fraction) -> Decimal:
    """How much more reaches `least`, with two decimals, rounded up: a hundredth less does not.

    Zero where it is reached.
    """
    short = max(Fraction(0), least - part) * 100
    return Decimal(-(-short.numerator // short.denominator)).scaleb(-2)
