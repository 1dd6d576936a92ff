"""One application under one rule set, with what was worked out once for all checks."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from hitech_cert.editions import Edition
from hitech_cert.rules.experts import panel
from hitech_cert.rules.facts import Facts
from hitech_cert.rules.innovation import Innovation, innovation
from hitech_cert.rules.research import Research, research
from torch_portal.common.ratios import ratio


@dataclass(frozen=True)
class Case:
    """What the checks take: facts, edition, R&D as it counts, bands of the innovation score."""

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
    def income_share(self) -> Fraction | None:
        """Income from high-tech products and services, of total income."""
        return ratio(self.facts.ht_income, self.facts.total_income)

    @cached_property
    def product_income(self) -> Decimal | None:
        """Income of all products and services listed; None before any list."""
        if self.facts.ps is None:
            return None
        return sum((p.income for p in self.facts.ps), Decimal(0))

    @cached_property
    def main_share(self) -> Fraction | None:
        """Income of main products with a right of the enterprise, of all products listed."""
        main = (p.income for p in self.facts.ps or () if p.main and p.ip)
        return ratio(sum(main, Decimal(0)), self.product_income)

    @cached_property
    def score(self) -> Fraction | None:
        """The exact average of the panel; None before both sides have scored."""
        scores = self.facts.expert_scores
        return None if scores is None else panel(scores, self.edition).total


def examine(facts: Facts, edition: Edition) -> Case:
    """R&D and bands worked out."""
    rd = research(facts.rd_years, facts.sales, edition)
    return Case(facts, edition, rd, innovation(facts, edition))
