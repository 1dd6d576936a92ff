"""What a rule says about a filing: one finding per thing, with the clause it rests on."""

from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much a finding weighs: a block stops the move, a warning and a hint do not."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One finding of a rule.

    code: stable id (VH-05, VS-01); its meaning never changes, the words may.
    field: name of the fact it speaks of ("" for the filing as a whole).
    message: what is wrong and how to mend it; a (lazy) translatable sentence with named
    placeholders that `values` fills.
    clause: regulation, number and article, in Chinese as cited.
    """

    code: str
    level: Level
    field: str
    message: Any
    clause: str
    values: dict[str, Any] = attribute(default_factory=dict)

    def text(self) -> str:
        """The message in the active language, with its values filled in."""
        return str(self.message) % self.values if self.values else str(self.message)

    def as_dict(self) -> dict[str, str]:
        """The shape every interface gives: code, level, field, message, clause."""
        return {
            "code": self.code,
            "level": str(self.level),
            "field": self.field,
            "message": self.text(),
            "clause": self.clause,
        }


def blocking(findings: list[Finding]) -> list[Finding]:
    """Only the findings that stop a move."""
    return [f for f in findings if f.level is Level.BLOCK]


class Refused(Exception):
    """A move that the rules stop; `findings` says why, all at once."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(", ".join(f.code for f in findings))
        self.findings = findings
