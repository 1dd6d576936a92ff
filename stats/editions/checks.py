"""Check rules as dated data: text of the expression, weight, tolerance, source.

No official file of check relations (审核关系) was seen; a rule that follows from the layout, from
accounting or from a choice of this portal says so and counts as unconfirmed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from stats.enums import Missing, Severity

UNCONFIRMED_ZH = "未见官方审核关系，待确认"


@dataclass(frozen=True)
class CheckText:
    """One check rule as officers write it; true means that the return is in order.

    scope: the table it belongs to, CROSS (with last year) or REGISTER (with the portal's own
    registers). tolerance: how far both sides of a comparison of numbers may differ, in the unit of
    the items. basis: sourced, form, accounting or design.
    """

    id: str
    scope: str
    severity: Severity
    expr: str
    tolerance: Decimal
    missing: Missing
    message_zh: str
    basis: str
    source: str
    note: str = ""
    unconfirmed: bool = False

    @property
    def clause(self) -> str:
        """The source as findings cite it."""
        marks = [self.note] if self.note else []
        marks += [UNCONFIRMED_ZH] if self.unconfirmed else []
        return f"{self.source}（{'；'.join(marks)}）" if marks else self.source


@dataclass(frozen=True)
class CheckEdition:
    """The check rules from a day on."""

    code: str
    starts: date
    source: str
    unconfirmed: tuple[str, ...]
    rules: tuple[CheckText, ...]


def load(name: str) -> CheckEdition:
    """The edition of a data file beside this module."""
    text = files("stats.editions").joinpath(name).read_text(encoding="utf-8")
    data = json.loads(text)
    return CheckEdition(
        code=data["code"],
        starts=date.fromisoformat(data["starts"]),
        source=data["source"],
        unconfirmed=tuple(data["unconfirmed"]),
        rules=tuple(from_data(row) for row in data["rules"]),
    )


def from_data(row: Mapping[str, Any]) -> CheckText:
    """A check rule from its plain form."""
    return CheckText(
        **{
            **row,
            "severity": Severity(row["severity"]),
            "missing": Missing(row["missing"]),
            "tolerance": Decimal(row["tolerance"]),
        }
    )
