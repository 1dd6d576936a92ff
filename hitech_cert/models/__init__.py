"""Tables of the certification of high-tech enterprises."""

from hitech_cert.models.intake import Extension, Intake, IntakeQuerySet
from hitech_cert.models.rows import (
    NUMBER,
    Application,
    ApplicationQuerySet,
    OfApplicationQuerySet,
    ten_thousand_yuan,
)

__all__ = [
    "NUMBER",
    "Application",
    "ApplicationQuerySet",
    "Extension",
    "Intake",
    "IntakeQuerySet",
    "OfApplicationQuerySet",
    "ten_thousand_yuan",
]
