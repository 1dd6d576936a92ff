"""VH-15 to VH-18: rules on decisions, called by the acts that take them."""

from collections.abc import Collection

from contracts.editions import Edition, reaches
from contracts.enums import RefusalGround
from contracts.rules.amounts import technical_of
from contracts.rules.facts import Facts
from torch_portal.common.i18n import _
from torch_portal.common.money import display
from torch_portal.common.rulebook import Problem, Problems

REFUSED_MARK = "未予登记"
RECOGNISED = "recognised"


def refusal_text(grounds: Collection[str], note: str = "") -> str:
    """The words of a refusal notice: the mark, each ground in the active language, the note."""
    labels = [str(ground.label) for ground in RefusalGround if ground.value in grounds]
    body = "；".join([*labels, note] if note else labels)
    return f"{REFUSED_MARK}：{body}"


def refusal(grounds: Collection[str], note: str = "") -> Problems:
    """国科发政字〔2000〕063号 第十四条; 科技部火炬中心 技术合同认定登记问答 (2021-01-13)."""
    unknown = [ground for ground in grounds if ground not in RefusalGround.values]
    if not grounds or unknown:
        yield Problem("grounds", _("A refusal needs at least one of the grounds RF-1 to RF-9."))
    if RefusalGround.RF9 in grounds and not note.strip():
        yield Problem("note", _("The ground “other” needs to be explained in words."))


def second_review(facts: Facts, edition: Edition, reviewers: Collection[str | int]) -> Problems:
    """江苏省技术合同认定登记办理流程; 技术合同认定登记管理办法 (征求意见稿) 第十四条."""
    if needs_second_review(facts, edition) and len(set(reviewers)) < 2:
        review = edition.second_review_in(facts.jurisdiction or "")
        yield Problem(
            "reviewers",
            _("From %(threshold)s yuan on two different reviewers must agree."),
            {"threshold": display(review.threshold_yuan) if review else ""},
        )


def needs_second_review(facts: Facts, edition: Edition) -> bool:
    """Whether the place, or the edition everywhere, demands a second review of this contract."""
    review = edition.second_review_in(facts.jurisdiction or "")
    return review is not None and reaches(
        review, total_yuan=facts.total_yuan, technical_yuan=technical_of(facts)
    )


def change(before: Facts, after: Facts, version_before: int, version_after: int) -> Problems:
    """河南省技术市场条例 第十七条; 技术合同认定登记管理办法 (征求意见稿) 第十六条."""
    if before != after and version_after != version_before + 1:
        yield Problem(
            "version",
            _("A recognised record stays as it is: a change makes the next version."),
        )


def issue(state: str) -> Problems:
    """国科发政字〔2000〕063号 第十四条; 江苏省技术合同认定登记办理流程 (撤销后登记清单失效)."""
    if state != RECOGNISED:
        yield Problem("state", _("A certificate is issued for a recognised contract only."))
