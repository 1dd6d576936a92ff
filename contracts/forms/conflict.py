"""Two windows: what was saved meanwhile beside what was typed here, cost lines included."""

from typing import Any

from django.utils.translation import gettext as _

from contracts import queries
from contracts.enums import DeductionKind
from contracts.forms.saved import field_label
from contracts.models import Contract
from torch_portal.common.money import display
from torch_portal.filings.guided import conflict
from torch_portal.filings.guided.conflict import Difference
from torch_portal.filings.guided.lines import BaseLines
from torch_portal.filings.guided.steps import StepForm


def differences(contract: Contract, form: StepForm, lines: BaseLines | None) -> list[Difference]:
    """The entries of a page that differ from the row as it now is; `form` is bound and checked."""
    entries = conflict.differences(contract, form, text=queries.as_text, label=field_label)
    return entries + _costs(contract, lines)


def _costs(contract: Contract, lines: BaseLines | None) -> list[Difference]:
    if lines is None or not lines.is_valid():
        return []
    saved = contract.deductions.order_by("pk").values("kind", "amount_yuan", "note")
    here, there = _as_words(lines.rows()), _as_words([dict(row) for row in saved])
    if here == there:
        return []
    return [Difference("deductions", field_label("deductions"), here, there)]


def _as_words(rows: list[dict[str, Any]]) -> str:
    kinds = dict(DeductionKind.choices)
    listed = [f"{kinds[r['kind']]} {display(r['amount_yuan'])}" for r in rows]
    return "；".join(listed) or _("none")
