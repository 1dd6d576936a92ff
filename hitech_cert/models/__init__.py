"""Tables of the certification of high-tech enterprises."""

from hitech_cert.models.experts import Expert, ExpertQuerySet, Tie, TieQuerySet, code_of
from hitech_cert.models.intake import Extension, Intake, IntakeQuerySet
from hitech_cert.models.panels import (
    Panel,
    PanelDraw,
    PanelDrawQuerySet,
    PanelQuerySet,
    Seat,
    SeatQuerySet,
)
from hitech_cert.models.rows import (
    NUMBER,
    Application,
    ApplicationQuerySet,
    OfApplicationQuerySet,
)
from hitech_cert.models.sheets import ScoreSheet
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
    "Expert",
    "ExpertQuerySet",
    "Extension",
    "Intake",
    "IntakeQuerySet",
    "OfApplicationQuerySet",
    "Panel",
    "PanelDraw",
    "PanelDrawQuerySet",
    "PanelQuerySet",
    "Product",
    "Project",
    "Result",
    "Right",
    "Row",
    "ScoreSheet",
    "Seat",
    "SeatQuerySet",
    "StaffCount",
    "Standard",
    "Tie",
    "TieQuerySet",
    "code_of",
    "ten_thousand_yuan",
]
