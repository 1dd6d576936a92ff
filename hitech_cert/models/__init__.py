"""Tables of the certification of high-tech enterprises."""

from hitech_cert.models.after import (
    AnnualReport,
    Cancellation,
    Change,
    ReExamination,
    Review,
)
from hitech_cert.models.decisions import (
    Decision,
    NationalObjection,
    Opinion,
    Report,
    Reported,
)
from hitech_cert.models.intake import Extension, Intake, IntakeQuerySet
from hitech_cert.models.national import NationalList, NationalRow
from hitech_cert.models.rows import (
    NUMBER,
    Application,
    ApplicationQuerySet,
    OfApplicationQuerySet,
    ten_thousand_yuan,
)

__all__ = [
    "NUMBER",
    "AnnualReport",
    "Application",
    "ApplicationQuerySet",
    "Cancellation",
    "Change",
    "Decision",
    "Extension",
    "Intake",
    "IntakeQuerySet",
    "NationalList",
    "NationalObjection",
    "NationalRow",
    "OfApplicationQuerySet",
    "Opinion",
    "ReExamination",
    "Report",
    "Reported",
    "Review",
    "ten_thousand_yuan",
]
