"""Two windows: what was saved meanwhile beside what was typed here, entry by entry."""

import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contracts import queries
from contracts.enums import DeductionKind
from contracts.forms.lines import BaseDeductionLines
from contracts.forms.saved import field_label
from contracts.forms.steps import StepForm
from contracts.models import Contract
from torch_portal.common.money import display


@dataclass(frozen=True)
class Difference:
    """One entry that differs: as typed here, as saved elsewhere."""

    name: str
    label: str
    mine: str
    theirs: str


def differences(
    contract: Contract, form: StepForm, lines: BaseDeductionLines | None
) -> list[Difference]:
    """The entries of a page that differ from the row as it now is; `form` is bound and checked."""
    mine = copy.copy(contract)
    mine.typed = {k: v for k, v in contract.typed.items() if k not in form.fields}
    mine.typed |= form.unread()
    for name, value in form.readable().items():
        setattr(mine, name, value)
    found = []
    for name in form.fields:
        if name == "seen":
            continue
        here, there = queries.as_text(mine, name), queries.as_text(contract, name)
        if here != there:
            found.append(Difference(name, field_label(name), here, there))
    return found + _costs(contract, lines)


def _costs(contract: Contract, lines: BaseDeductionLines | None) -> list[Difference]:
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
