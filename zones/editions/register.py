"""The register of national high-tech zones: codes, names and the days they are in force."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

HIGH_TECH_CLASS = "103"
# Counted among the high-tech zones without being of their class: 苏州工业园区.
COUNTED_TOO = frozenset({"32101004"})


@dataclass(frozen=True)
class Zone:
    """A zone. code: province (2), class (3), number (3). valid_to: its last day; None: no end.

    valid_from: None where it was there before the register begins. successor: code of the zone
    that took its place.
    """

    code: str
    name_zh: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""

    @property
    def province(self) -> str:
        """The two digits of its province."""
        return self.code[:2]

    def in_force(self, day: date) -> bool:
        """Whether the zone is one on this day; both ends count."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, eq=False)
class Register:
    """The zones from a day on, with what is not confirmed."""

    code: str
    starts: date
    source: str
    unconfirmed: tuple[str, ...]
    zones: tuple[Zone, ...]

    def in_force(self, day: date) -> tuple[Zone, ...]:
        """The zones of a day; NoRegister for one before the register begins."""
        if day < self.starts:
            raise NoRegister(str(day))
        return tuple(zone for zone in self.zones if zone.in_force(day))

    def zone(self, code: str) -> Zone:
        """A zone by its code; NoZone for any other."""
        for zone in self.zones:
            if zone.code == code:
                return zone
        raise NoZone(code)


class NoRegister(LookupError):
    """No register is known for that day."""


class NoZone(LookupError):
    """No zone has that code."""


@cache
def load(name: str = "zones_2018.json") -> Register:
    """The register of a data file beside this module; ValueError for a code that cannot be."""
    text = files("zones.editions").joinpath(name).read_text(encoding="utf-8")
    data = json.loads(text)
    return Register(
        code=data["code"],
        starts=date.fromisoformat(data["starts"]),
        source=data["source"],
        unconfirmed=tuple(data["unconfirmed"]),
        zones=tuple(from_data(row) for row in data["zones"]),
    )


def from_data(row: list[Any]) -> Zone:
    """A zone from its plain form: code, name, first day, last day, successor; ends may lack."""
    code, name, *rest = row
    if len(code) != 8 or (code[2:5] != HIGH_TECH_CLASS and code not in COUNTED_TOO):
        raise ValueError(code)
    starts, ends, successor = [*rest, *[""] * 3][:3]
    return Zone(code, name, _day(starts), _day(ends), successor)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
