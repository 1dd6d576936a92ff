"""Rules of the zones: daily reports, roll-ups, support and outbreaks."""

from zones.rules.catalogue import ALL_RULES, check_measure, check_outbreak, check_report
from zones.rules.facts import DailyReport, Measure, Outbreak
from zones.rules.figures import (
    RollUp,
    coverage,
    deadline,
    dropped,
    interest_relief,
    late_zones,
    latest,
    punctuality,
    rate,
    relief_of,
    roll_up,
    shown,
)

__all__ = [
    "ALL_RULES",
    "DailyReport",
    "Measure",
    "Outbreak",
    "RollUp",
    "check_measure",
    "check_outbreak",
    "check_report",
    "coverage",
    "deadline",
    "dropped",
    "interest_relief",
    "late_zones",
    "latest",
    "punctuality",
    "rate",
    "relief_of",
    "roll_up",
    "shown",
]
