"""Rules of rent relief: claims in, amounts to the fen and findings with their clauses out."""

from incubators.rules.assess import FACTS_SCHEMA, assess, claim_from_json, values
from incubators.rules.budget import Entrant, Placed, placed, split
from incubators.rules.catalogue import ALL_RULES, check, check_taken
from incubators.rules.facts import Carrier, Claim, HeadLease, Line, Taken, Tenant
from incubators.rules.relief import (
    Judged,
    Result,
    TenantResult,
    covered_days,
    due,
    misfits,
    relieve,
    subsidy,
    waived,
)
from incubators.rules.tax import TaxRelief, Title, tax_relief
from incubators.rules.tenancy import Tenancy, shortfall, tenancy
from incubators.rules.titles import (
    Condition,
    IncubatorFacts,
    MakerspaceFacts,
    incubator_conditions,
    makerspace_conditions,
)

__all__ = [
    "ALL_RULES",
    "FACTS_SCHEMA",
    "Carrier",
    "Claim",
    "Condition",
    "Entrant",
    "HeadLease",
    "IncubatorFacts",
    "Judged",
    "Line",
    "MakerspaceFacts",
    "Placed",
    "Result",
    "Taken",
    "TaxRelief",
    "Tenancy",
    "Tenant",
    "TenantResult",
    "Title",
    "assess",
    "check",
    "check_taken",
    "claim_from_json",
    "covered_days",
    "due",
    "incubator_conditions",
    "makerspace_conditions",
    "misfits",
    "placed",
    "relieve",
    "shortfall",
    "split",
    "subsidy",
    "tax_relief",
    "tenancy",
    "values",
    "waived",
]
