"""Which instruments and which check rules hold: versions as dated data with their sources."""

from datetime import date

from stats.editions.checks import UNCONFIRMED_ZH, CheckEdition, CheckText
from stats.editions.checks import load as _load_checks
from stats.editions.instruments import (
    ChoiceList,
    Comparability,
    Instrument,
    Item,
    Outside,
    Programme,
    Table,
    from_data,
    to_data,
)
from stats.editions.instruments import load as _load

INSTRUMENTS: tuple[Instrument, ...] = tuple(
    _load(name) for name in ("gq_2022.json", "jq_2017.json", "inc_2018.json")
)
CHECKS: tuple[CheckEdition, ...] = (_load_checks("checks_2022.json"),)
# What the facts may name: an instrument, one version of it, or one table.
NAMES: tuple[str, ...] = tuple(name for each in INSTRUMENTS for name in each.names)
# Scopes that belong to no table: last year, and the registers of the portal.
EVERYWHERE = ("CROSS", "REGISTER")

# Share of last year's returns that an error rule may violate before it cannot be published.
# A choice of this portal; no official text gives one.
DRY_RUN_STOP = (1, 5)

__all__ = [
    "CHECKS",
    "DRY_RUN_STOP",
    "EVERYWHERE",
    "INSTRUMENTS",
    "NAMES",
    "UNCONFIRMED_ZH",
    "CheckEdition",
    "CheckText",
    "ChoiceList",
    "Comparability",
    "Instrument",
    "Item",
    "NoInstrument",
    "Outside",
    "Programme",
    "Table",
    "from_data",
    "instrument",
    "on",
    "to_data",
]


class NoInstrument(LookupError):
    """No instrument, or no check rules, of that name or day."""


def instrument(name: str) -> Instrument:
    """The instrument that a name means: its newest version, that version, or that of a table."""
    found = [each for each in INSTRUMENTS if name in each.names]
    if not found:
        raise NoInstrument(name)
    return max(found, key=lambda each: each.starts)


def on(day: date) -> CheckEdition:
    """The check rules of a day; NoInstrument before the first edition."""
    past = [edition for edition in CHECKS if edition.starts <= day]
    if not past:
        raise NoInstrument(str(day))
    return past[-1]
