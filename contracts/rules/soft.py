"""VS-01 to VS-15: what seller and reviewer should look at. Each docstring is the clause."""

import re

from contracts.editions import Edition
from contracts.enums import Content, Kind, Subkind
from contracts.rules.amounts import technical_of
from contracts.rules.facts import Facts
from torch_portal.common.i18n import _
from torch_portal.common.money import display
from torch_portal.common.rulebook import Problem, Problems

ORDINARY_WORDS = ("采购", "销售", "施工", "承揽", "维修")
_FILLER = re.compile(r"[*＊/.0]*|无|暂无|未知")


def hint_large(facts: Facts, edition: Edition) -> Problems:
    """江苏省技术合同认定登记办理流程; 技术合同认定登记管理办法 (征求意见稿) 第十四条."""
    if facts.total_yuan is not None and facts.total_yuan >= edition.large_total_yuan:
        yield Problem(
            "total_yuan",
            _("The total reaches %(threshold)s yuan: a second review may be needed."),
            {"threshold": display(edition.large_total_yuan)},
        )


def is_placeholder(text: str | None) -> bool:
    """Whether a text only fills the box: stars, dashes, noughts."""
    return bool(text) and _FILLER.fullmatch(re.sub(r"[\s\-]+", "", text or "")) is not None


def hint_placeholder(facts: Facts, edition: Edition) -> Problems:
    """技术合同登记表填写说明."""
    for name in ("buyer_name", "buyer_address", "buyer_phone", "buyer_postcode"):
        if is_placeholder(getattr(facts, name)):
            yield Problem(name, _("This looks like a filler. Give the real entry or leave it out."))


def hint_carriers(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2001〕253号 技术合同认定规则 第十九条 (成套技术设备和试验装置一般限1-2套)."""
    sets = facts.carrier_sets
    if sets is not None and sets > edition.carrier_sets_max:
        yield Problem(
            "carrier_sets",
            _(
                "%(sets)s sets are more than the %(most)s that count as carrier of the technology; "
                "the reviewer decides what is deducted."
            ),
            {"sets": sets, "most": edition.carrier_sets_max},
        )


def hint_undeducted(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2001〕253号 技术合同认定规则 (设备、材料费不计入技术交易额)."""
    whole = facts.total_yuan is not None and technical_of(facts) == facts.total_yuan
    if facts.kind == Kind.DEVELOPMENT and whole and Content.EQUIPMENT in facts.contains:
        yield Problem(
            "technical_yuan",
            _("Equipment or material is mentioned, yet nothing is deducted from the total."),
        )


def hint_wording(facts: Facts, edition: Edition) -> Problems:
    """民法典 第八百七十八条 (技术服务合同不包括承揽合同和建设工程合同)."""
    words = [word for word in ORDINARY_WORDS if word in (facts.project_name or "")]
    if words:
        yield Problem(
            "project_name",
            _("“%(words)s” points to an ordinary contract, not to a technology contract."),
            {"words": "、".join(words)},
        )


def hint_related(facts: Facts, edition: Edition) -> Problems:
    """国税函〔2009〕212号; 财税〔2010〕111号 (关联方技术转让)."""
    if facts.related:
        yield Problem("related", _("The parties are related: the tax relief may not apply."))


def hint_default_term(facts: Facts, edition: Edition) -> Problems:
    """技术合同登记表填写说明 (合同有效期限)."""
    if facts.ends_on is None or facts.starts_on is None:
        return
    if (facts.ends_on.month, facts.ends_on.day) == (12, 31) and facts.starts_on == facts.signed_on:
        yield Problem(
            "ends_on",
            _("From signing to the last day of a year: check that this is the term agreed."),
        )


def hint_parts(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2001〕253号 技术合同认定规则 第四十五条."""
    if facts.kind == Kind.DEVELOPMENT and facts.contains & {Content.TRAINING, Content.CONSULTING}:
        yield Problem(
            "contains",
            _(
                "Training and consulting inside a development contract are part of it and are not "
                "registered separately."
            ),
        )


def hint_guidance(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2001〕253号 技术合同认定规则 第三十七条."""
    if facts.kind == Kind.CONSULTING and Content.GUIDANCE in facts.contains:
        yield Problem(
            "kind",
            _(
                "A plan with guidance of its implementation is not consulting; correct it and "
                "apply as a service contract."
            ),
        )


def hint_term_left(facts: Facts, edition: Edition) -> Problems:
    """技术合同认定登记管理办法 (征求意见稿) 第十二条."""
    if facts.ends_on is None or facts.day is None:
        return
    left = (facts.ends_on - facts.day).days
    if left < edition.term_left_days:
        yield Problem(
            "ends_on",
            _("Days left of the term on the day of application: %(left)s."),
            {"left": max(left, 0)},
        )


def hint_monopoly(facts: Facts, edition: Edition) -> Problems:
    """最高法 技术合同司法解释 第十条; 民法典 第八百五十条."""
    if facts.monopoly:
        yield Problem(
            "monopoly",
            _("Clauses that may monopolise technology are ticked: decide on refusal ground RF-6."),
        )


def hint_lookalike(facts: Facts, edition: Edition) -> Problems:
    """北京市技术市场条例 第二十二条 (不得重复登记)."""
    for other in facts.lookalikes:
        yield Problem(
            "project_name",
            _(
                "Same seller, buyer, day and amount as %(number)s under another name: "
                "check that it is not the same contract."
            ),
            {"number": other.number},
        )


def hint_unit(facts: Facts, edition: Edition) -> Problems:
    """技术合同登记表填写说明 (金额单位: 元)."""
    total = facts.total_yuan
    if total is None or total <= 0:
        return
    if total < edition.odd_below_yuan or total > edition.odd_above_yuan:
        yield Problem(
            "total_yuan",
            _("The total is %(total)s yuan. Amounts are in yuan, not in 万元: is this right?"),
            {"total": display(total)},
        )


def hint_cooperation(facts: Facts, edition: Edition) -> Problems:
    """最高法 技术合同司法解释 第十九条第二款."""
    if facts.subkind == Subkind.DEV_C and facts.buyer_only_pays:
        yield Problem(
            "subkind",
            _(
                "One party gives only money, equipment or auxiliary work, so the name does not "
                "match: this is entrusted development, not cooperative development."
            ),
        )


def hint_licence_term(facts: Facts, edition: Edition) -> Problems:
    """民法典 第八百六十五条."""
    ends, patent = facts.ends_on, facts.patent_expires_on
    if facts.kind == Kind.LICENCE and facts.patent_involved and ends and patent and ends > patent:
        yield Problem(
            "ends_on",
            _("The licence runs past the end of the patent on %(patent)s."),
            {"patent": patent},
        )
