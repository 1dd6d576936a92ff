"""What a level of review enters with a move: reasons, item by item. Never a value."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import translation

from stats import queries
from stats.editions.quality import LARGE_POINTS
from stats.models import Return
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.desk_pages import batch
from torch_portal.filings.desk_pages import forms as shared
from torch_portal.filings.desk_pages.forms import WHOLE

LANGUAGE = "zh-hans"
HIGH_RISK = LARGE_POINTS


def entry_choices(report: Return) -> list[Any]:
    """The items of the return table by table, and the return as a whole."""
    instrument = queries.version_of(report.round)
    return [
        WHOLE,
        *(
            (
                f"{table.code} {table.title_zh}",
                [(item.code, f"{item.code} {item.label_zh}") for item in table.items],
            )
            for table in instrument.tables
        ),
    ]


def stored_findings(report: Return) -> list[Finding]:
    """The violated rules of the last check, in Chinese; explained ones too."""
    return [
        Finding(
            row.key,
            Level.WARN,
            row.field,
            "%(said)s",
            row.rule.source,
            {"said": row.message},
        )
        for row in queries.stored(report)
    ]


class CorrectionForm(shared.CorrectionForm):
    """The list with the items of the return; violated rules can be taken over."""

    def __init__(
        self, data: QueryDict | None = None, *, row: Any, initial: Mapping[str, Any] | None = None
    ) -> None:
        self.choices = entry_choices(row)
        super().__init__(data, row=row, initial=initial)

    def entries(self) -> list[Any]:
        """The items of the version."""
        return self.choices

    def suggest(self, row: Any) -> list[dict[str, str]]:
        """A row for each violated rule, in Chinese."""
        with translation.override(LANGUAGE):
            return shared.suggested(stored_findings(row), self.choices, lambda _finding: False)


class SameItemForm(batch.SameItemForm):
    """One item of correction for all; versions differ, so it speaks of the whole."""
