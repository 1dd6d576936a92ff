"""Which zones there are on a day, and what their reports are held to."""

from zones.editions.register import (
    COUNTED_TOO,
    HIGH_TECH_CLASS,
    NoRegister,
    NoZone,
    Register,
    Zone,
    from_data,
    load,
)
from zones.editions.terms import SHANGHAI, TERMS_2020, Terms

REGISTER: Register = load()

__all__ = [
    "COUNTED_TOO",
    "HIGH_TECH_CLASS",
    "REGISTER",
    "SHANGHAI",
    "TERMS_2020",
    "NoRegister",
    "NoZone",
    "Register",
    "Terms",
    "Zone",
    "from_data",
]
