"""VH-00, VH-10 (particulars), VH-12 to VH-14: what a finished application has."""

from collections.abc import Callable

from contracts.editions import BASE_ATTACHMENTS, Edition, attachments_block, usual_attachments
from contracts.enums import ROYALTIES, Applicant, AttachmentKind, PartyNature
from contracts.rules.facts import Facts
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems


def _buyer_has_code(facts: Facts) -> bool:
    return facts.buyer_at_home and facts.buyer_nature != PartyNature.PERSON


def _by_intermediary(facts: Facts) -> bool:
    return facts.applicant == Applicant.INTERMEDIARY


def _by_buyer(facts: Facts) -> bool:
    return facts.applicant == Applicant.BUYER


MANDATORY = (
    "form",
    "kind",
    "subkind",
    "project_name",
    "ip_kind",
    "tech_field",
    "objective",
    "plan_source",
    "signed_on",
    "starts_on",
    "ends_on",
    "jurisdiction",
    "seller_name",
    "seller_code",
    "seller_division",
    "agency_division",
    "applicant",
    "buyer_name",
    "buyer_nature",
    "classified",
    "related",
    "total_yuan",
    "deductions",
    "payment",
    "foreign_language",
)
MANDATORY_WHEN: tuple[tuple[str, Callable[[Facts], bool]], ...] = (
    ("buyer_code", _buyer_has_code),
    ("buyer_division", _buyer_has_code),
    ("intermediary_division", _by_intermediary),
    ("is_import", _by_buyer),
)


def is_missing(value: object) -> bool:
    """Nothing known, or a text of blanks."""
    return value is None or (isinstance(value, str) and not value.strip())


def check_missing(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2000〕063号; 技术合同登记表填写说明."""
    wanted = [*MANDATORY, *(name for name, applies in MANDATORY_WHEN if applies(facts))]
    for name in wanted:
        if is_missing(getattr(facts, name)):
            yield Problem(name, _("This entry is still missing."))


def check_patent_details(facts: Facts, edition: Edition) -> Problems:
    """民法典 第八百四十五条第三款."""
    if not facts.patent_involved:
        return
    for name in (
        "patent_name",
        "patent_applicant",
        "patentee",
        "patent_filed_on",
        "patent_number",
        "patent_expires_on",
    ):
        if is_missing(getattr(facts, name)):
            yield Problem(name, _("A contract about a patent must state this."))


def check_royalty(facts: Facts, edition: Edition) -> Problems:
    """民法典 第八百四十六条."""
    if facts.payment not in ROYALTIES:
        return
    if is_missing(facts.royalty_base):
        yield Problem("royalty_base", _("Payment by royalty needs the basis of the royalty."))
    if facts.royalty_rate is None or not 0 < facts.royalty_rate <= 1:
        yield Problem(
            "royalty_rate",
            _("Payment by royalty needs a rate above 0 and up to 100 percent."),
        )


def check_attachments(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2000〕063号 (申请材料); 登记机构办事指南."""
    present = facts.attachments or frozenset()
    for kind in BASE_ATTACHMENTS:
        if kind not in present:
            yield _attachment(kind, Level.BLOCK)
    strict = attachments_block(facts.jurisdiction or "")
    for kind in usual_attachments(facts.kind or "", patent=facts.patent_involved):
        if kind not in present:
            yield _attachment(kind, Level.BLOCK if strict else Level.WARN)


def _attachment(kind: AttachmentKind, level: Level) -> Problem:
    message = _("Attach: %(attachment)s.")
    return Problem("attachments", message, {"attachment": kind.label}, level)


def check_language(facts: Facts, edition: Edition) -> Problems:
    """北京市技术市场条例 第二十二条; 技术合同认定规则 (民法典后文本) 第三十六条."""
    present = facts.attachments or frozenset()
    if not facts.foreign_language:
        return
    if AttachmentKind.CHINESE_TEXT not in present:
        yield _attachment(AttachmentKind.CHINESE_TEXT, Level.BLOCK)
    promised = facts.language_undertaking or AttachmentKind.CONSISTENCY_UNDERTAKING in present
    if not promised:
        yield _attachment(AttachmentKind.CONSISTENCY_UNDERTAKING, Level.BLOCK)
