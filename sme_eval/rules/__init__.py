"""Rules of the SME evaluation: facts and edition in, findings and figures out."""

from sme_eval.rules.assess import FACTS_SCHEMA, assess, facts_from_json, points, values
from sme_eval.rules.case import Case, examine
from sme_eval.rules.catalogue import RULES
from sme_eval.rules.checks import (
    check,
    check_entries,
    check_projects,
    check_rights,
    check_window,
    verdict,
)
from sme_eval.rules.conditions import Condition, Measure, conditions
from sme_eval.rules.facts import Claim, Facts
from sme_eval.rules.form import Sheet, check_change, check_sheet, check_year, report_by
from sme_eval.rules.numbers import (
    Number,
    barred_through,
    compose_number,
    parse_number,
    route_letter,
    timing_letter,
)
from sme_eval.rules.onsite import onsite_triggers
from sme_eval.rules.publicity import draw, lot, publicity_end, sample_size
from sme_eval.rules.routes import Verdict
from sme_eval.rules.rows import (
    Project,
    Right,
    count_rights,
    quarterly_average,
    why_not_counted,
)
from sme_eval.rules.score import Rights, Score, Share, score

__all__ = [
    "FACTS_SCHEMA",
    "RULES",
    "Case",
    "Claim",
    "Condition",
    "Facts",
    "Measure",
    "Number",
    "Project",
    "Right",
    "Rights",
    "Score",
    "Share",
    "Sheet",
    "Verdict",
    "assess",
    "barred_through",
    "check",
    "check_change",
    "check_entries",
    "check_projects",
    "check_rights",
    "check_sheet",
    "check_window",
    "check_year",
    "compose_number",
    "conditions",
    "count_rights",
    "draw",
    "examine",
    "facts_from_json",
    "lot",
    "onsite_triggers",
    "parse_number",
    "points",
    "publicity_end",
    "quarterly_average",
    "report_by",
    "route_letter",
    "sample_size",
    "score",
    "timing_letter",
    "values",
    "verdict",
    "why_not_counted",
]
