"""Rules of the survey: an expression language of its own, check rules as data, findings out."""

from stats.rules.assess import FACTS_SCHEMA, assess, rules_for
from stats.rules.cases import Case, case_of, read_value
from stats.rules.checking import (
    CheckRule,
    Needed,
    Witness,
    exact,
    for_browser,
    for_the_eye,
    needed,
    verdicts,
    violated,
    witness,
)
from stats.rules.dry_run import Tally, dry_run
from stats.rules.errors import NotReadable
from stats.rules.evaluation import condition, evaluate
from stats.rules.inspection import Inspected, inspect
from stats.rules.parser import Parsed, parse, read_text
from stats.rules.stored import from_json, to_json
from stats.rules.tree import Node, references, show

__all__ = [
    "FACTS_SCHEMA",
    "Case",
    "CheckRule",
    "Inspected",
    "Needed",
    "Node",
    "NotReadable",
    "Parsed",
    "Tally",
    "Witness",
    "assess",
    "case_of",
    "condition",
    "dry_run",
    "evaluate",
    "exact",
    "for_browser",
    "for_the_eye",
    "from_json",
    "inspect",
    "needed",
    "parse",
    "read_text",
    "read_value",
    "references",
    "rules_for",
    "show",
    "to_json",
    "verdicts",
    "violated",
    "witness",
]
