"""Figures of a contract: technical amount, shares, day due, paper mode, income tax."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from contracts.editions import (
    PAPER_FOR_DATA_MESSAGES,
    SUB_SYSTEMS,
    TRANSFER_TAX,
    Edition,
    TransferTax,
)
from contracts.enums import Form
from contracts.rules.facts import Deduction, Facts
from torch_portal.common.money import half_up, percent
from torch_portal.common.workdays import Calendar, Due, foreseen, published_calendar


def technical_amount(total: Decimal, deductions: Iterable[Deduction]) -> Decimal:
    """Total less the non-technical lines (技术合同认定规则; 核定技术交易额), in yuan.

    The direct cost of a reasonable quantity of carriers is no such line.
    """
    return total - sum((line.yuan for line in deductions), Decimal(0))


def technical_of(facts: Facts) -> Decimal | None:
    """The technical amount of a contract: by its lines, or as stated where none are known."""
    if facts.deductions is None and facts.technical_yuan is not None:
        return facts.technical_yuan
    if facts.total_yuan is None:
        return None
    return technical_amount(facts.total_yuan, facts.deductions or ())


def due(facts: Facts, edition: Edition, *, calendar: Calendar | None = None) -> Due | None:
    """When the decision is due, None before acceptance; provisional in an unpublished year."""
    if facts.accepted_on is None:
        return None
    limit = edition.review_limit(
        facts.jurisdiction or "",
        facts.accepted_on,
        expert=bool(facts.expert_review),
        technical_yuan=technical_of(facts),
    )
    return foreseen(facts.accepted_on, limit, calendar=calendar or published_calendar())


def paper_mode(facts: Facts, edition: Edition) -> str:
    """ "not_required", "deferred" or "due": what becomes of the paper original.

    国科火字〔2020〕38号 第二条: resident enterprises hand it in after the epidemic, in a
    province with a sub-system not at all; a contract concluded as a data message still needs
    one in Beijing (北京市技术市场条例 第二十二条). Others, and other times: due.
    """
    if edition.paper != "notice" or facts.resident_enterprise is False:
        return "due"
    place = facts.jurisdiction or ""
    if facts.form == Form.DATA_MESSAGE and place in PAPER_FOR_DATA_MESSAGES:
        paperless = False
    elif facts.sub_system is None:
        paperless = place in SUB_SYSTEMS
    else:
        paperless = facts.sub_system
    if paperless:
        return "not_required"
    over = facts.emergency_ended_on and facts.day and facts.day > facts.emergency_ended_on
    return "due" if over else "deferred"


def values(facts: Facts, edition: Edition, *, calendar: Calendar | None = None) -> dict[str, Any]:
    """Every figure by name: amounts (Decimal yuan), ratio in percent, due day, paper mode.

    Figures whose facts are unknown are None. The ratio is half up to two decimals; nothing else
    is rounded.
    """
    total, technical = facts.total_yuan, technical_of(facts)
    other = ratio = None
    if total is not None and technical is not None:
        other = total - technical
        ratio = percent(technical, total) if total > 0 else None
    limit = due(facts, edition, calendar=calendar)
    return {
        "technical_yuan": technical,
        "non_technical_yuan": other,
        "technical_ratio_pct": ratio,
        "due_on": limit.on if limit else None,
        "due_provisional": limit.provisional if limit else None,
        "paper": paper_mode(facts, edition),
    }


def shares(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Each amount's share of the whole in percent, half up to two decimals; 0 of nothing."""
    whole = sum(amounts.values(), Decimal(0))
    return {name: percent(part, whole) if whole else Decimal(0) for name, part in amounts.items()}


@dataclass(frozen=True)
class Transfer:
    """One technology transfer of a tax year, in yuan.

    price: as agreed; separable: equipment, parts, material and separable services inside it;
    net_value: tax value of the intangible less amortisation; taxes: related taxes and fees.
    """

    price: Decimal
    separable: Decimal
    net_value: Decimal
    taxes: Decimal

    @property
    def revenue(self) -> Decimal:
        """Transfer revenue: without equipment and separable services (国税函〔2009〕212号)."""
        return self.price - self.separable

    @property
    def income(self) -> Decimal:
        """Transfer income: revenue less cost and related taxes."""
        return self.revenue - self.net_value - self.taxes


@dataclass(frozen=True)
class TransferTaxYear:
    """What one enterprise owes for its transfers of one year, in yuan."""

    revenue: Decimal
    income: Decimal
    exempt: Decimal
    taxable: Decimal
    tax: Decimal


def transfer_tax(
    transfers: Iterable[Transfer], terms: TransferTax = TRANSFER_TAX
) -> TransferTaxYear:
    """Income tax on all transfers of one enterprise in one year (企业所得税法 第二十七条).

    The free amount is counted once over all transfers, never per contract; a loss is no tax.
    """
    year = tuple(transfers)
    income = sum((t.income for t in year), Decimal(0))
    exempt = min(max(income, Decimal(0)), terms.exempt_yuan)
    taxable = max(income - terms.exempt_yuan, Decimal(0)) * terms.excess_share
    revenue = sum((t.revenue for t in year), Decimal(0))
    return TransferTaxYear(revenue, income, exempt, taxable, half_up(taxable * terms.rate))
