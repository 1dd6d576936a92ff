"""Which rule set of the certification holds on a day and, in a pilot, in a region.

国科发火〔2016〕32号 and 195号 have not been replaced; how applications come in, who leads and what
a pilot changes are dated. A place where the text is not plain is a reading with its clause.
"""

from datetime import date

from hitech_cert.editions.commitment import COMMITMENTS, Commitment, commitment
from hitech_cert.editions.dated import EDITIONS, PILOTS, Edition, Pilot
from hitech_cert.editions.fields import FIELDS, FIELDS_CLAUSE, TechField, leaf
from hitech_cert.editions.numbers import (
    CHANGE_MONTHS,
    GAP,
    GROWTH,
    GROWTH_D,
    GROWTH_D_ABOVE,
    GROWTH_MOST,
    GUIDE,
    IP_CLASS_I,
    IP_CLASS_II,
    IP_ITEMS,
    ITEM_MOST,
    MANAGEMENT_ITEMS,
    MANUAL,
    MEASURES,
    NONE,
    PUBLICITY,
    REPORT_BY,
    TRANSFORMATION,
    VALID_YEARS,
    Band,
    Bound,
    Limits,
)
from hitech_cert.editions.readings import READINGS, Reading

__all__ = [
    "CHANGE_MONTHS",
    "COMMITMENTS",
    "EDITIONS",
    "FIELDS",
    "FIELDS_CLAUSE",
    "GAP",
    "GROWTH",
    "GROWTH_D",
    "GROWTH_D_ABOVE",
    "GROWTH_MOST",
    "GUIDE",
    "IP_CLASS_I",
    "IP_CLASS_II",
    "IP_ITEMS",
    "ITEM_MOST",
    "MANAGEMENT_ITEMS",
    "MANUAL",
    "MEASURES",
    "NONE",
    "PILOTS",
    "PUBLICITY",
    "READINGS",
    "REPORT_BY",
    "TRANSFORMATION",
    "VALID_YEARS",
    "Band",
    "Bound",
    "Commitment",
    "Edition",
    "Limits",
    "NoEdition",
    "NoPilot",
    "Pilot",
    "Reading",
    "TechField",
    "commitment",
    "leaf",
    "on",
]


class NoEdition(LookupError):
    """No rule set is known for a day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no rule set of the certification on {day}")
        self.day = day


class NoPilot(NoEdition):
    """No pilot is open in the jurisdiction on the day."""


def on(day: date, jurisdiction: str = "", *, pilot: bool = False) -> Edition:
    """The rule set for an application of a day.

    pilot: under the pilot of the jurisdiction. NoEdition before 2016-01-01 (国科发火〔2016〕32号
    第二十三条); NoPilot where none is open.
    """
    past = [edition for edition in EDITIONS if edition.starts <= day]
    if not past:
        raise NoEdition(day)
    if not pilot:
        return past[-1]
    found = next((p for p in PILOTS if p.holds(jurisdiction, day)), None)
    if found is None:
        raise NoPilot(day)
    return found.over(past[-1])
