"""Rules of technology contract recognition: facts and edition in, findings and figures out."""

from contracts.rules.after import (
    ARTICLE_51,
    DRAFT_14,
    REVOCATION,
    Income,
    Registered,
    check_another,
    check_experts,
    check_income,
    check_notice,
    check_objection,
    check_revocation,
    check_supplement,
    needs_experts,
    usual_share,
)
from contracts.rules.amounts import (
    Transfer,
    TransferTaxYear,
    due,
    paper_mode,
    shares,
    technical_amount,
    technical_of,
    transfer_tax,
    values,
)
from contracts.rules.assess import FACTS_SCHEMA, assess, facts_from_json
from contracts.rules.catalogue import RULES
from contracts.rules.checks import (
    CHECKS,
    check,
    check_change,
    check_issue,
    check_refusal,
    check_second_review,
)
from contracts.rules.decisions import REFUSED_MARK, needs_second_review, refusal_text
from contracts.rules.facts import Deduction, Facts, Registration
from contracts.rules.substance import last_day
from torch_portal.common.rulebook import Problem, Rule

__all__ = [
    "ARTICLE_51",
    "CHECKS",
    "DRAFT_14",
    "FACTS_SCHEMA",
    "REFUSED_MARK",
    "REVOCATION",
    "RULES",
    "Deduction",
    "Facts",
    "Income",
    "Problem",
    "Registered",
    "Registration",
    "Rule",
    "Transfer",
    "TransferTaxYear",
    "assess",
    "check",
    "check_another",
    "check_change",
    "check_experts",
    "check_income",
    "check_issue",
    "check_notice",
    "check_objection",
    "check_refusal",
    "check_revocation",
    "check_second_review",
    "check_supplement",
    "due",
    "facts_from_json",
    "last_day",
    "needs_experts",
    "needs_second_review",
    "paper_mode",
    "refusal_text",
    "shares",
    "technical_amount",
    "technical_of",
    "transfer_tax",
    "usual_share",
    "values",
]
