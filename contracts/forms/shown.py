"""What was entered, as people read it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from contracts import queries
from contracts.enums import Content
from contracts.forms.saved import field_label
from contracts.forms.steps import FORM_STEPS
from contracts.models import Contract
from torch_portal.common import money
from torch_portal.filings.models import Attachment, CorrectionItem

TYPES = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}


def correction_row(item: CorrectionItem) -> dict[str, Any]:
    """One item as the pages show it."""
    return {
        "field": item.field,
        "label": field_label(item.field) or _("The filing"),
        "problem_label": item.get_problem_display(),
        "remedy": item.remedy,
        "clause": item.clause,
    }


def shown_entries(contract: Contract, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page."""
    form = FORM_STEPS[step]
    entries = [
        (name, field_label(name), as_text(contract, name))
        for name in form.base_fields
        if name != "seen"
    ]
    if step == "amounts":
        for line in queries.costs(contract):
            label = _("Non-technical cost: %(kind)s") % {"kind": line.get_kind_display()}
            entries.append(("deductions", label, _yuan(line.amount_yuan)))
        entries.append(
            ("technical_yuan", field_label("technical_yuan"), _yuan(contract.technical_yuan))
        )
    return entries


def _yuan(amount: Any) -> str:
    return _("%(amount)s yuan") % {"amount": money.display(amount)} if amount is not None else ""


def as_text(contract: Contract, name: str) -> str:
    """One entry as people read it: labels for codes, names for places, units for amounts."""
    value = contract.typed.get(name) or getattr(contract, name)
    if name.endswith("_division"):
        return queries.place_name(value)
    if name.endswith("_yuan") and name not in contract.typed:
        return _yuan(value)
    if name == "royalty_rate" and value and name not in contract.typed:
        return f"{(value * 100).normalize():f}%"
    if name == "contains":
        return "、".join(str(Content(c).label) for c in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    label = getattr(contract, f"get_{name}_display", None)
    return str(label() if label else value if value is not None else "")


def file_row(contract: Contract, row: Attachment, *, removable: bool) -> dict[str, Any]:
    """One file as the pages show it."""
    place = [contract.pk, row.pk]
    return {
        "name": row.name,
        "size_text": _size(row.size),
        "pages": row.pages,
        "sha_short": row.sha256[:12],
        "type": TYPES.get(row.content_type, row.content_type),
        "url": reverse("contracts:attachment", args=place),
        "remove_url": reverse("contracts:detach", args=place) if removable else "",
    }


def _size(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(1, size // 1024)} KB"
