"""Totals that the balance relations name: `qc05_0 == qc06 + qc07`, worked out beside the cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from stats.rules.checking import CheckRule
from stats.rules.entries import in_digits
from stats.rules.tree import Node


@dataclass(frozen=True)
class Part:
    """One part of a total. sign: 1 or -1. optional: a blank counts as 0."""

    code: str
    sign: int
    optional: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.sign < 0 else ''}{self.code}{'?' if self.optional else ''}"


def totals_of(rules: Iterable[CheckRule]) -> dict[str, tuple[Part, ...]]:
    """Code of a total to its parts, by the first rule that names it."""
    found: dict[str, tuple[Part, ...]] = {}
    for rule in rules:
        tree = rule.tree
        if tree[0] != "==" or tree[1][0] != "code":
            continue
        parts = _parts(tree[2], 1)
        if parts and len(parts) > 1:
            found.setdefault(tree[1][1], tuple(parts))
    return found


def _parts(node: Node, sign: int) -> list[Part] | None:
    """The parts of a sum of items; None for anything else."""
    if node[0] == "code":
        return [Part(node[1], sign)]
    if node[0] == "nz" and node[1][0] == "code":
        return [Part(node[1][1], sign, optional=True)]
    if node[0] not in {"+", "-"}:
        return None
    left = _parts(node[1], sign)
    right = _parts(node[2], sign if node[0] == "+" else -sign)
    return left + right if left and right else None


def worked_out(parts: Iterable[Part], data: Mapping[str, str]) -> str:
    """The total of the parts as a number; "" while a part is blank."""
    total = Decimal(0)
    for part in parts:
        value = data.get(part.code, "")
        if not value and not part.optional:
            return ""
        total += part.sign * Decimal(value or 0)
    return in_digits(total)
