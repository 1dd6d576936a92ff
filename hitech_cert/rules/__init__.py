"""Rules of the certification: facts and edition in, findings and figures out."""

from hitech_cert.rules.assess import (
    FACTS_SCHEMA,
    assess,
    edition_of,
    facts_from_json,
    points,
    values,
)
from hitech_cert.rules.case import Case, examine
from hitech_cert.rules.catalogue import RULES
from hitech_cert.rules.checks import check, verdict
from hitech_cert.rules.conditions import Condition, Measure, conditions
from hitech_cert.rules.facts import ExpertScores, Facts, FinSheet, Product, RdYear, TechSheet

__all__ = [
    "FACTS_SCHEMA",
    "RULES",
    "Case",
    "Condition",
    "ExpertScores",
    "Facts",
    "FinSheet",
    "Measure",
    "Product",
    "RdYear",
    "TechSheet",
    "assess",
    "check",
    "conditions",
    "edition_of",
    "examine",
    "facts_from_json",
    "points",
    "values",
    "verdict",
]
