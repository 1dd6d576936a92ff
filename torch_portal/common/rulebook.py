"""How a rule is written down: a function that yields problems, and its card in the registry."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from typing import Any

from torch_portal.common.findings import Finding, Level


@dataclass(frozen=True)
class Problem:
    """What a check found: the fact it speaks of and a translatable sentence with values.

    level, clause: only where they differ from the rule's.
    """

    field: str
    message: Any
    values: Mapping[str, Any] = attribute(default_factory=dict)
    level: Level | None = None
    clause: str = ""


Problems = Iterator[Problem]


@dataclass(frozen=True)
class Rule:
    """One rule: stable code, weight, the fact it is shown at, plain sentence and its check.

    The first paragraph of the check's docstring is the clause. on_submission: the check makes
    sense only for a finished application (facts still missing would be reported).
    """

    code: str
    level: Level
    field: str
    sentence: Any
    function: Callable[..., Problems]
    on_submission: bool = False

    @cached_property
    def clause(self) -> str:
        """Regulation and article, from the check's docstring."""
        text = inspect.getdoc(self.function) or ""
        return " ".join(text.split("\n\n")[0].split()).removesuffix(".")

    def findings(self, problems: Iterable[Problem]) -> list[Finding]:
        """The problems of this rule's check as findings."""
        return [
            Finding(
                self.code,
                p.level or self.level,
                p.field,
                p.message,
                p.clause or self.clause,
                dict(p.values),
            )
            for p in problems
        ]

    def run(self, *case: Any) -> list[Finding]:
        """Findings of a rule on what its check takes (facts and edition, as a line has it)."""
        problems = list(self.function(*case))
        return self.findings(problems) if problems else []
