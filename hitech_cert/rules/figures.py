"""Every figure of one application under one rule set, worked out once."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hitech_cert.editions import Edition
from hitech_cert.rules.experts import panel
from hitech_cert.rules.facts import Facts
from hitech_cert.rules.innovation import Innovation
from hitech_cert.rules.research import Research
from torch_portal.common.ratios import ratio


@dataclass(frozen=True)
class Figures:
    """Facts, edition, R&D as it counts, bands of the innovation score, and the shares."""

    facts: Facts
    edition: Edition
    research: Research | None
    innovation: Innovation

    @cached_property
    def days(self) -> int | None:
        """Calendar days from registration to application."""
        registered = self.facts.registered_on
        return None if registered is None else (self.facts.applied_on - registered).days

    @cached_property
    def staff_share(self) -> Fraction | None:
        """S&T staff of all staff."""
        return ratio(self.facts.staff_st, self.facts.staff_total)

    @cached_property
    def total_income(self) -> Fraction | None:
        """Gross income without what is not taxable (国科发火〔2016〕195号 三(四)2)."""
        gross, non_taxable = self.facts.gross_income, self.facts.non_taxable_income
        if gross is None or non_taxable is None:
            return None
        return Fraction(gross) - Fraction(non_taxable)

    @cached_property
    def income_share(self) -> Fraction | None:
        """Income from high-tech products and services, of total income."""
        return ratio(self.facts.ht_income, self.total_income)

    @cached_property
    def product_income(self) -> Fraction | None:
        """Income of all products and services listed; None before any list."""
        if self.facts.ps is None:
            return None
        return sum((Fraction(p.income) for p in self.facts.ps), Fraction(0))

    @cached_property
    def main_share(self) -> Fraction | None:
        """Income of main products with a right of the enterprise, of all products listed."""
        main = (Fraction(p.income) for p in self.facts.ps or () if p.main and p.ip)
        return ratio(sum(main, Fraction(0)), self.product_income)

    @cached_property
    def score(self) -> Fraction | None:
        """The exact average of the panel; None before both sides have scored."""
        scores = self.facts.expert_scores
        return None if scores is None else panel(scores, self.edition).total
