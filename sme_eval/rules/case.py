"""One enterprise under one rule set, with what was worked out once for all checks."""

from dataclasses import dataclass
from functools import cached_property

from sme_eval.editions import Edition
from sme_eval.rules.facts import Facts
from sme_eval.rules.routes import Verdict, judge
from sme_eval.rules.score import Score, score


@dataclass(frozen=True)
class Case:
    """What the checks take: facts, edition, the score and a verdict for each claimed route."""

    facts: Facts
    edition: Edition
    score: Score
    routes: tuple[Verdict, ...]

    @cached_property
    def direct(self) -> bool:
        """Whether a route of article 8 holds, so that the score is not needed."""
        return any(verdict.holds for verdict in self.routes)


def examine(facts: Facts, edition: Edition) -> Case:
    """Score and routes worked out."""
    routes = tuple(judge(claim, facts.filed_on, edition.limits) for claim in facts.direct)
    return Case(facts, edition, score(facts), routes)
