"""One application as the checks take it: its figures and the conditions they meet."""

from functools import cached_property

from hitech_cert.editions import Edition
from hitech_cert.rules.conditions import Condition, conditions
from hitech_cert.rules.facts import Facts
from hitech_cert.rules.figures import Figures
from hitech_cert.rules.innovation import innovation
from hitech_cert.rules.research import research


class Case(Figures):
    """The figures of an application, with the eight conditions."""

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions in order."""
        return conditions(self)


def examine(facts: Facts, edition: Edition) -> Case:
    """R&D, bands, shares and conditions of an application."""
    rd = research(facts.rd_years, facts.sales, edition)
    return Case(facts, edition, rd, innovation(facts, edition))
