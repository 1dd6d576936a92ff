"""Rules on the matters after a decision: income, objections, revocations, experts. AF codes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.editions import Edition, reaches
from contracts.enums import RevocationGround
from contracts.rules.amounts import technical_of
from contracts.rules.facts import Facts
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.money import display, half_up

ARTICLE_51 = "国科发政字〔2001〕253号 第五十一条"
REVOCATION = "沪科技市〔2025〕31号 第四条"
OBJECTION = "行政复议法 第二十条"
DRAFT_14 = "技术合同认定登记管理办法 (征求意见稿) 第十四条"
DRAFT_17 = "技术合同认定登记管理办法 (征求意见稿) 第十七条"


@dataclass(frozen=True)
class Income:
    """One sum received: day, yuan in all, the yuan that are not technical, and its slip."""

    received_on: date
    amount_yuan: Decimal
    nontechnical_yuan: Decimal
    invoice: str = ""

    @property
    def technical_yuan(self) -> Decimal:
        """What is left as technical income."""
        return self.amount_yuan - self.nontechnical_yuan


@dataclass(frozen=True)
class Registered:
    """What income is held against: the contract's total and technical amount in yuan, its day of
    signing, and what was verified before (received in all, technical).
    """

    total_yuan: Decimal
    technical_yuan: Decimal
    signed_on: date
    received_yuan: Decimal = Decimal(0)
    verified_yuan: Decimal = Decimal(0)


def _block(code: str, field: str, message: Any, clause: str, **values: Any) -> Finding:
    return Finding(code, Level.BLOCK, field, message, clause, values)


def usual_share(amount_yuan: Decimal, known: Registered) -> Decimal:
    """The non-technical part of a sum in the contract's own proportion, half up to the fen."""
    return amount_yuan - half_up(amount_yuan * known.technical_yuan / known.total_yuan)


def check_income(lines: Sequence[Income], known: Registered, today: date) -> list[Finding]:
    """国科发政字〔2001〕253号 第五十一条: never above what was fixed without a supplement."""
    if not lines:
        return [
            _block("AF-11", "lines", _("Enter at least one sum that was received."), ARTICLE_51)
        ]
    found = [f for n, line in enumerate(lines) for f in _line(n, line, known, today)]
    received = known.received_yuan + sum((x.amount_yuan for x in lines), Decimal(0))
    technical = known.verified_yuan + sum((x.technical_yuan for x in lines), Decimal(0))
    if received > known.total_yuan:
        message = _(
            "Received in all would be %(sum)s yuan, above the total of %(limit)s yuan. If the "
            "amount of the contract changed, ask for a change first."
        )
        values = {"sum": display(received), "limit": display(known.total_yuan)}
        found.append(_block("AF-12", "lines", message, ARTICLE_51, **values))
    if technical > known.technical_yuan:
        message = _(
            "Technical income in all would be %(sum)s yuan, above the registered technical amount "
            "of %(limit)s yuan. Ask for a change of the amount first."
        )
        values = {"sum": display(technical), "limit": display(known.technical_yuan)}
        found.append(_block("AF-13", "lines", message, ARTICLE_51, **values))
    return found


def check_supplement(*, verified: bool) -> list[Finding]:
    """国科发政字〔2001〕253号 第五十一条: a supplement adds to income that was verified before."""
    if verified:
        return []
    message = _("Choose the verification of this contract to which the amount is added.")
    return [_block("AF-16", "supplements", message, ARTICLE_51)]


def _line(n: int, line: Income, known: Registered, today: date) -> list[Finding]:
    found = []
    if not known.signed_on <= line.received_on <= today:
        message = _("Line %(number)s: the day lies between the signing of the contract and today.")
        found.append(_block("AF-14", f"lines.{n}", message, ARTICLE_51, number=n + 1))
    if not 0 <= line.nontechnical_yuan <= line.amount_yuan or line.amount_yuan <= 0:
        message = _(
            "Line %(number)s: the amount is above zero, its non-technical part not above it."
        )
        found.append(_block("AF-15", f"lines.{n}", message, ARTICLE_51, number=n + 1))
    return found


def check_notice(grounds: Collection[str], facts: str) -> list[Finding]:
    """沪科技市〔2025〕31号 第四条: at least one of its grounds, and the facts in words."""
    found = []
    if not grounds or set(grounds) - set(RevocationGround.values):
        message = _("A revocation needs at least one of the grounds RV-1 to RV-4.")
        found.append(_block("AF-21", "grounds", message, REVOCATION))
    if not facts.strip():
        message = _("State the facts, so that the enterprise can answer them.")
        found.append(_block("AF-22", "note", message, REVOCATION))
    return found


def check_revocation(
    *, noticed_by: int, deciding: int, statement_until: date, stated: bool, today: date
) -> list[Finding]:
    """沪科技市〔2025〕31号 第四条: not by who gave the notice, not before a statement."""
    found = []
    if noticed_by == deciding:
        message = _("Whoever announced the revocation does not decide on it. Ask a colleague.")
        found.append(_block("AF-23", "", message, REVOCATION))
    if not stated and today <= statement_until:
        message = _("The enterprise may state its case until %(day)s; decide after that day.")
        found.append(_block("AF-24", "", message, REVOCATION, day=statement_until.isoformat()))
    return found


def check_objection(last_day: date, today: date) -> list[Finding]:
    """行政复议法 第二十条: within sixty days of knowing the decision."""
    if today <= last_day:
        return []
    message = _("The time for an objection ended on %(day)s.")
    return [_block("AF-31", "", message, OBJECTION, day=last_day.isoformat())]


def check_another(decided_by: int | None, deciding: int) -> list[Finding]:
    """技术合同认定登记管理办法 (征求意见稿) 第十七条: who decided before does not decide again."""
    if decided_by != deciding:
        return []
    message = _("Your decision was set aside, so another reviewer has to decide this filing.")
    return [_block("AF-32", "reviewers", message, DRAFT_17)]


def needs_experts(facts: Facts, edition: Edition) -> bool:
    """Whether the edition wants experts to speak of a contract of this amount."""
    review = edition.expert_review
    return review is not None and reaches(
        review, total_yuan=facts.total_yuan, technical_yuan=technical_of(facts)
    )


def check_experts(facts: Facts, edition: Edition, *, asked: int, spoke: int) -> list[Finding]:
    """技术合同认定登记管理办法 (征求意见稿) 第十四条.

    Every expert who was asked has spoken, and some were asked where the amount demands it.
    """
    if asked > spoke:
        message = _("%(count)s experts have not given their opinion yet.")
        return [_block("AF-41", "reviewers", message, DRAFT_14, count=asked - spoke)]
    if needs_experts(facts, edition) and not asked:
        message = _("From this amount on experts have to be heard before it is recognised.")
        return [_block("AF-42", "reviewers", message, DRAFT_14)]
    return []
