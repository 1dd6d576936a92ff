"""Tables of the certification of high-tech enterprises."""

from hitech_cert.models.after import AnnualReport, Cancellation, Change, ReExamination, Review
from hitech_cert.models.decisions import Decision, NationalObjection, Opinion, Report, Reported
from hitech_cert.models.experts import Expert, ExpertQuerySet, Tie, TieQuerySet, code_of
from hitech_cert.models.intake import Extension, Intake, IntakeQuerySet
from hitech_cert.models.national import NationalList, NationalRow
from hitech_cert.models.panels import (
    Panel,
    PanelDraw,
    PanelDrawQuerySet,
    PanelQuerySet,
    Seat,
    SeatQuerySet,
)
from hitech_cert.models.rows import NUMBER, Application, ApplicationQuerySet, OfApplicationQuerySet
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
    "AnnualReport",
    "Application",
    "ApplicationQuerySet",
    "Cancellation",
    "Change",
    "Cost",
    "Decision",
    "Expert",
    "ExpertQuerySet",
    "Extension",
    "Intake",
    "IntakeQuerySet",
    "NationalList",
    "NationalObjection",
    "NationalRow",
    "OfApplicationQuerySet",
    "Opinion",
    "Panel",
    "PanelDraw",
    "PanelDrawQuerySet",
    "PanelQuerySet",
    "Product",
    "Project",
    "ReExamination",
    "Report",
    "Reported",
    "Result",
    "Review",
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
