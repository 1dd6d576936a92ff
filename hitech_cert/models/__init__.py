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
    ten_thousand_yuan,
)
from hitech_cert.models.sheets import ScoreSheet

__all__ = [
    "NUMBER",
    "Application",
    "ApplicationQuerySet",
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
    "ScoreSheet",
    "Seat",
    "SeatQuerySet",
    "Tie",
    "TieQuerySet",
    "code_of",
    "ten_thousand_yuan",
]
