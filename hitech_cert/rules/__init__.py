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
from hitech_cert.rules.checks import (
    check,
    check_expert,
    check_leader,
    check_number,
    check_panel,
    check_sheet,
    check_tables,
    check_window,
    verdict,
)
from hitech_cert.rules.conditions import Condition, Measure
from hitech_cert.rules.drawing import (
    Candidate,
    Drawn,
    Subject,
    Wish,
    digest,
    draw,
    fits,
    lot,
    why_excluded,
)
from hitech_cert.rules.experts import Panel, panel, passes, tech_total
from hitech_cert.rules.facts import ExpertScores, Facts, FinSheet, Product, RdYear, TechSheet
from hitech_cert.rules.innovation import growth, innovation, ip_band, transformation_band
from hitech_cert.rules.leading import Averages, LeaderSheet, averages, ratios
from hitech_cert.rules.material import NEEDED, Window, needed
from hitech_cert.rules.numbers import parse_certificate, parse_patent
from hitech_cert.rules.people import Composition, Intermediary, Standing
from hitech_cert.rules.qualified import Applicant
from hitech_cert.rules.rights import Right, average, count_rights, why_not_usable
from hitech_cert.rules.sheets import Accepted, Sheet, accepted, figures_asked
from hitech_cert.rules.tables import (
    TEXT_MOST,
    Cost,
    Main,
    ProductRow,
    Project,
    StaffRow,
    Tables,
    cost_years,
    facts_of,
)
from hitech_cert.rules.term import Term, change_due, publicity_end, term

__all__ = [
    "FACTS_SCHEMA",
    "NEEDED",
    "RULES",
    "TEXT_MOST",
    "Accepted",
    "Applicant",
    "Averages",
    "Candidate",
    "Case",
    "Composition",
    "Condition",
    "Cost",
    "Drawn",
    "ExpertScores",
    "Facts",
    "FinSheet",
    "Intermediary",
    "LeaderSheet",
    "Main",
    "Measure",
    "Panel",
    "Product",
    "ProductRow",
    "Project",
    "RdYear",
    "Right",
    "Sheet",
    "StaffRow",
    "Standing",
    "Subject",
    "Tables",
    "TechSheet",
    "Term",
    "Window",
    "Wish",
    "accepted",
    "assess",
    "average",
    "averages",
    "change_due",
    "check",
    "check_expert",
    "check_leader",
    "check_number",
    "check_panel",
    "check_sheet",
    "check_tables",
    "check_window",
    "cost_years",
    "count_rights",
    "digest",
    "draw",
    "edition_of",
    "examine",
    "facts_from_json",
    "facts_of",
    "figures_asked",
    "fits",
    "growth",
    "innovation",
    "ip_band",
    "lot",
    "needed",
    "panel",
    "parse_certificate",
    "parse_patent",
    "passes",
    "points",
    "publicity_end",
    "ratios",
    "tech_total",
    "term",
    "transformation_band",
    "values",
    "verdict",
    "why_excluded",
    "why_not_usable",
]
