"""Dry run: which rules would have fired on returns that are there, and how often."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from stats.editions import DRY_RUN_STOP
from stats.enums import Severity, Verdict
from stats.rules.cases import Case
from stats.rules.checking import CheckRule, verdicts


@dataclass(frozen=True)
class Tally:
    """How often a rule came out each way over the returns of a dry run."""

    rule: CheckRule
    passed: int
    violated: int
    skipped: int

    @property
    def share(self) -> Fraction:
        """Violated among those where the rule could be evaluated; 0 where it never could."""
        evaluated = self.passed + self.violated
        return Fraction(self.violated, evaluated) if evaluated else Fraction(0)

    @property
    def stops(self) -> bool:
        """Whether a mandatory or an error rule fires too often to be published."""
        heavy = self.rule.text.severity in {Severity.MANDATORY, Severity.ERROR}
        return heavy and self.share > Fraction(*DRY_RUN_STOP)


def dry_run(rules: Sequence[CheckRule], cases: Iterable[Case]) -> list[Tally]:
    """The tally of each rule, in order; the cases are read once, one at a time."""
    counts = [Counter[Verdict]() for _rule in rules]
    for case in cases:
        for count, verdict in zip(counts, verdicts(rules, case), strict=True):
            count[verdict] += 1
    return [
        Tally(rule, count[Verdict.PASSED], count[Verdict.VIOLATED], count[Verdict.SKIPPED])
        for rule, count in zip(rules, counts, strict=True)
    ]
