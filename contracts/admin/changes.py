"""What the enterprise changed between its last two submissions, as text."""

from typing import Any

from django.utils.translation import gettext as _

from contracts import forms, queries
from contracts.enums import DeductionKind
from contracts.models import Contract
from torch_portal.common.money import display
from torch_portal.filings.queries import live_files


def changes(contract: Contract) -> list[dict[str, str]]:
    """Each entry that differs, with its text before and now; costs and files too. [] at first."""
    old = queries.before_the_last(contract)
    if old is None:
        return []
    names = dict.fromkeys(n for form in forms.FORM_STEPS.values() for n in form.base_fields)
    found = [
        _change(name, queries.as_text(old.contract, name), queries.as_text(contract, name))
        for name in names
        if name != "seen"
    ]
    lines = [(line.kind, line.amount_yuan) for line in queries.costs(contract)]
    found.append(_change("deductions", _costs(old.costs), _costs(lines)))
    now = {file.sha256: file.name for file in live_files(contract.filing)}
    gone = [name for digest, name in old.files.items() if digest not in now]
    new = [name for digest, name in now.items() if digest not in old.files]
    found.append(_change("attachments", "、".join(gone), "、".join(new)))
    return [c for c in found if c["before"] != c["after"]]


def _change(name: str, before: str, after: str) -> dict[str, str]:
    return {"name": name, "label": forms.field_label(name), "before": before, "after": after}


def _costs(lines: list[Any]) -> str:
    labels = dict(DeductionKind.choices)
    texts = [f"{labels.get(kind, kind)} {display(amount)}" for kind, amount in lines]
    return "；".join(texts) or _("none")
