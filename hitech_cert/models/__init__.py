"""Tables of the certification of high-tech enterprises."""

from hitech_cert.models.intake import Extension, Intake, IntakeQuerySet
from hitech_cert.models.rows import (
    NUMBER,
    Application,
    ApplicationQuerySet,
    OfApplicationQuerySet,
)
from hitech_cert.models.stated import ten_thousand_yuan
from hitech_cert.models.tables import (
    Cost,
    Product,
    Project,
    Result,
    Right,
    Row,
    StaffCount,
    Standard,
)

__all__ = [
    "NUMBER",
    "Application",
    "ApplicationQuerySet",
    "Cost",
    "Extension",
    "Intake",
    "IntakeQuerySet",
    "OfApplicationQuerySet",
    "Product",
    "Project",
    "Result",
    "Right",
    "Row",
    "StaffCount",
    "Standard",
    "ten_thousand_yuan",
]
