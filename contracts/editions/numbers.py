"""Registration numbers (合同登记编号)."""

import re

NUMBER = re.compile(r"[0-9]{16}")


def number(year: int, agency_prefix: str, serial: int) -> str:
    """A registration number: year (4) + agency prefix (6 digits) + serial (6) = 16 digits.

    The printed form says sixteen digits and no more; the structure continues the fourteen digits
    of the model contracts with a four-digit year. ValueError when a part does not fit.
    """
    if not (1000 <= year <= 9999 and re.fullmatch(r"[0-9]{6}", agency_prefix)):
        raise ValueError("a number needs a year of four digits and an agency prefix of six")
    if not 1 <= serial <= 999_999:
        raise ValueError("a serial runs from 1 to 999999")
    return f"{year:04d}{agency_prefix}{serial:06d}"


def legacy_number(year: int, province: str, city: str, point: int, serial: int) -> str:
    """A number of the old model contracts: year, province, city, point (2 each) + serial (6)."""
    if not (0 <= point <= 99 and 1 <= serial <= 999_999):
        raise ValueError("a point has two digits, a serial runs from 1 to 999999")
    digits = f"{year % 100:02d}{province:0>2}{city:0>2}{point:02d}{serial:06d}"
    if not re.fullmatch(r"[0-9]{14}", digits):
        raise ValueError("province and city have two digits each")
    return digits
