"""The rule engine for others: facts as JSON in, findings and figures as JSON out."""

from datetime import date
from decimal import Decimal
from typing import Any

from contracts import editions
from contracts.enums import (
    KIND_OF,
    Applicant,
    AttachmentKind,
    Content,
    DeductionKind,
    Field,
    Form,
    IpKind,
    Kind,
    MonopolyPattern,
    Objective,
    PartyNature,
    PaymentMethod,
    PlanSource,
    RoyaltyBase,
)
from contracts.rules.amounts import values
from contracts.rules.checks import check
from contracts.rules.facts import Deduction, Facts, Registration
from torch_portal.common import codes
from torch_portal.common.factsheet import Entry, FactsError, read, schema
from torch_portal.common.findings import blocking
from torch_portal.common.i18n import _
from torch_portal.common.money import plain

LINE = "contracts"
DIVISION = r"^[0-9]{6}$"
AREA = r"^[0-9]{2}([0-9]{2}){0,2}$"

_DEDUCTION = (
    Entry("kind", "choice", required=True, choices=tuple(DeductionKind.values)),
    Entry("yuan", "decimal", required=True),
)
_REGISTRATION = (Entry("number", "text", required=True), Entry("agency", "text"))

# Short codes and words of the national form are understood too. A licence that does not say
# which is an ordinary one (最高法 技术合同司法解释 第二十五条).
SUBKIND_NAMES = {
    "DEV-E": "dev_e",
    "DEV-C": "dev_c",
    "CON": "con",
    "SRV": "srv",
    "SRV-T": "srv_training",
    "SRV-I": "srv_intermediary",
    "lic_patent": "lic_patent_ordinary",
    "委托开发": "dev_e",
    "合作开发": "dev_c",
    "专利权转让": "trf_patent",
    "专利申请权转让": "trf_patent_application",
    "技术秘密转让": "trf_secret",
    "专利实施许可": "lic_patent_ordinary",
    "技术秘密使用许可": "lic_secret",
    "技术咨询": "con",
    "技术服务": "srv",
    "技术培训": "srv_training",
    "技术中介": "srv_intermediary",
}
IP_NAMES = {
    "发明专利": "invention_patent",
    "实用新型专利": "utility_model",
    "外观设计专利": "design_patent",
    "技术秘密": "technical_secret",
    "计算机软件著作权": "software",
    "集成电路布图设计专有权": "layout_design",
    "植物新品种权": "plant_variety",
    "生物、医药新品种": "biomedical_variety",
    "未涉及知识产权": "none",
}

ENTRIES: tuple[Entry, ...] = (
    Entry("form", "choice", required=True, choices=tuple(Form.values)),
    Entry("kind", "choice", required=True, choices=tuple(Kind.values)),
    Entry("subkind", "choice", choices=tuple(KIND_OF), aliases=SUBKIND_NAMES),
    Entry("ip_kind", "choice", choices=tuple(IpKind.values), aliases=IP_NAMES),
    Entry("signed_on", "date"),
    Entry("starts_on", "date"),
    Entry("ends_on", "date"),
    Entry("accepted_on", "date", required=True, about="The day that chooses the rule set."),
    Entry("jurisdiction", "choice", required=True, choices=tuple(sorted(codes.JURISDICTIONS))),
    Entry("seller_division", "text", pattern=DIVISION),
    Entry("agency_division", "text", pattern=AREA),
    Entry("applicant", "choice", choices=tuple(Applicant.values)),
    Entry("import", "bool", attribute="is_import"),
    Entry("classified", "bool"),
    Entry("total_yuan", "decimal", required=True),
    Entry("technical_yuan", "decimal"),
    Entry("deductions", "records", entries=_DEDUCTION),
    Entry("carrier_sets", "count"),
    Entry("patent_expires_on", "date"),
    Entry("expert_review", "bool"),
    Entry("applied_on", "date"),
    Entry("project_name", "text"),
    Entry("objective", "choice", choices=tuple(Objective.values)),
    Entry("plan_source", "choice", choices=tuple(PlanSource.values)),
    Entry("seller_name", "text"),
    Entry("patent_name", "text"),
    Entry("patent_applicant", "text"),
    Entry("patentee", "text"),
    Entry("patent_filed_on", "date"),
    Entry("patent_number", "text"),
    Entry("tech_field", "choice", choices=tuple(Field.values)),
    Entry("seller_code", "text"),
    Entry("buyer_name", "text"),
    Entry("buyer_code", "text"),
    Entry("buyer_division", "text", pattern=DIVISION),
    Entry("buyer_country", "text"),
    Entry("buyer_nature", "choice", choices=tuple(PartyNature.values)),
    Entry("buyer_address", "text"),
    Entry("buyer_phone", "text"),
    Entry("buyer_postcode", "text"),
    Entry("intermediary_division", "text", pattern=DIVISION),
    Entry("related", "bool"),
    Entry("payment", "choice", choices=tuple(PaymentMethod.values)),
    Entry("royalty_base", "choice", choices=tuple(RoyaltyBase.values)),
    Entry("royalty_rate", "decimal", about="A fraction: 0.05 is five percent."),
    Entry("attachments", "choices", choices=tuple(AttachmentKind.values)),
    Entry("foreign_language", "bool"),
    Entry("language_undertaking", "bool"),
    Entry("seals_complete", "bool"),
    Entry("contains", "choices", choices=tuple(Content.values)),
    Entry("goal_clear", "bool"),
    Entry("mastered_before", "bool"),
    Entry("innovative", "bool"),
    Entry("buyer_only_pays", "bool"),
    Entry("monopoly", "choices", choices=tuple(MonopolyPattern.values)),
    Entry("duplicates", "records", entries=_REGISTRATION),
    Entry("lookalikes", "records", entries=_REGISTRATION),
    Entry("resident_enterprise", "bool"),
    Entry("sub_system", "bool"),
    Entry("term_checked", "bool"),
    Entry("emergency_ended_on", "date"),
)
FACTS_SCHEMA = schema(ENTRIES, title="Facts of a technology contract")
# Facts without which nobody can say that a contract is in order.
DECISIVE = (
    "signed_on",
    "starts_on",
    "ends_on",
    "seller_division",
    "agency_division",
    "applicant",
    "classified",
)


def facts_from_json(source: Any) -> Facts:
    """Facts from a JSON object; FactsError names the entry that cannot be read."""
    found = read(source, ENTRIES)
    for name, make in (
        ("deductions", Deduction),
        ("duplicates", Registration),
        ("lookalikes", Registration),
    ):
        if name in found:
            found[name] = tuple(make(**record) for record in found[name])
    return Facts(**found)


def assess(source: Any) -> dict[str, Any]:
    """The answer on one contract: {line, edition, eligible, by, points, values, findings}.

    eligible: False when anything blocks, None while decisive facts are missing, else True.
    Amounts are decimal strings with two decimals, days ISO. Raises FactsError.
    """
    facts = facts_from_json(source)
    edition = _edition(facts)
    found = check(facts, edition, complete=False)
    return {
        "line": LINE,
        "edition": edition.code,
        "eligible": _eligible(facts, bool(blocking(found))),
        "by": None,
        "points": {},
        "values": {name: _printed(v) for name, v in values(facts, edition).items()},
        "findings": [finding.as_dict() for finding in found],
    }


def _edition(facts: Facts) -> editions.Edition:
    try:
        return editions.on(facts.accepted_on or date.min, facts.jurisdiction or "")
    except editions.NoEdition:
        message = _("No rule set of technology contract registration is known for this day.")
        raise FactsError("accepted_on", message) from None


def _eligible(facts: Facts, blocked: bool) -> bool | None:
    if blocked:
        return False
    return None if any(getattr(facts, name) is None for name in DECISIVE) else True


def _printed(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
