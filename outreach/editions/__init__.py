"""Which score, categories and limits hold: dated data with sources."""

from outreach.editions.channel import (
    CASES,
    EMAIL,
    HOTLINE_SOURCE,
    RECOMMENDATIONS,
    TELEPHONE,
    TELEPHONE_BEIJING,
    TORCH,
    CaseTerms,
    Category,
    RecommendationTerms,
)
from outreach.editions.impact import DESIGN_ZH, IMPACT, ImpactTerms, NoTerms, impact_on

__all__ = [
    "CASES",
    "DESIGN_ZH",
    "EMAIL",
    "HOTLINE_SOURCE",
    "IMPACT",
    "RECOMMENDATIONS",
    "TELEPHONE",
    "TELEPHONE_BEIJING",
    "TORCH",
    "CaseTerms",
    "Category",
    "ImpactTerms",
    "NoTerms",
    "RecommendationTerms",
    "impact_on",
]
