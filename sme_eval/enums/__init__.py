"""Vocabularies of the evaluation of technology-based SMEs (科技型中小企业评价)."""

from sme_eval.enums.entries import (
    CLASS_I,
    CLASS_II,
    QUALIFYING_INSTITUTIONS,
    QUALIFYING_STANDARDS,
    AttachmentKind,
    AwardLevel,
    IndicatorName,
    InstitutionLevel,
    IpGained,
    IpKind,
    Onsite,
    RdBasis,
    RdForm,
    Route,
    StandardLevel,
    TechField,
)

__all__ = [
    "CLASS_I",
    "CLASS_II",
    "QUALIFYING_INSTITUTIONS",
    "QUALIFYING_STANDARDS",
    "AttachmentKind",
    "AwardLevel",
    "IndicatorName",
    "InstitutionLevel",
    "IpGained",
    "IpKind",
    "Onsite",
    "RdBasis",
    "RdForm",
    "Route",
    "StandardLevel",
    "TechField",
]
