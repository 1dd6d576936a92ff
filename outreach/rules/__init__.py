"""Rules of the channel to the Torch Center: impact, recommendations, cases, hotline."""

from outreach.rules import cases, hotline, impact, recommendations
from outreach.rules.cases import ExemplaryCase, check_case, check_publication, has_consent
from outreach.rules.hotline import HotlineRow, check_hotline, replaced, resolve
from outreach.rules.impact import (
    Impact,
    Score,
    Triage,
    check_impact,
    publishable,
    score,
    triage,
)
from outreach.rules.recommendations import (
    Certificate,
    Recommendation,
    batch_date,
    check_forwarding,
    check_recommendation,
    claims,
    needs_certificate,
    public_view,
    valid_certificates,
)
from outreach.rules.texts import characters, duplicate_key
from torch_portal.common.rulebook import Rule

ALL_RULES: tuple[Rule, ...] = (
    *impact.ALL_RULES,
    *recommendations.ALL_RULES,
    *cases.ALL_RULES,
    *hotline.RULES,
)

__all__ = [
    "ALL_RULES",
    "Certificate",
    "ExemplaryCase",
    "HotlineRow",
    "Impact",
    "Recommendation",
    "Score",
    "Triage",
    "batch_date",
    "characters",
    "check_case",
    "check_forwarding",
    "check_hotline",
    "check_impact",
    "check_publication",
    "check_recommendation",
    "claims",
    "duplicate_key",
    "has_consent",
    "needs_certificate",
    "public_view",
    "publishable",
    "replaced",
    "resolve",
    "score",
    "triage",
    "valid_certificates",
]
