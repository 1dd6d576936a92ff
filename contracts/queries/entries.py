"""What was entered, as people read it."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from contracts.enums import AttachmentKind, Content
from contracts.models import Contract
from contracts.queries.certificate import place_name
from torch_portal.common import money
from torch_portal.filings import correcting

FIXED = {"filing", "typed", "saved_at", "saved_version", "fixed_technical_yuan"} | {
    "registration_number", "recognised_on", "refusal_grounds",
}  # fmt: skip


def yuan(amount: Any) -> str:
    """An amount with its unit, "" when there is none."""
    return _("%(amount)s yuan") % {"amount": money.display(amount)} if amount is not None else ""


def as_text(contract: Contract, name: str) -> str:
    """One entry as people read it: labels for codes, names for places, units for amounts."""
    value = contract.typed.get(name) or getattr(contract, name)
    if name.endswith("_division"):
        return place_name(value)
    if name.endswith("_yuan") and name not in contract.typed:
        return yuan(value)
    if name == "royalty_rate" and value and name not in contract.typed:
        return f"{(value * 100).normalize():f}%"
    if name == "contains":
        return "、".join(str(Content(c).label) for c in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    label = getattr(contract, f"get_{name}_display", None)
    return str(label() if label else value if value is not None else "")


def entry_names() -> list[str]:
    """Everything that a correction list can name, the filing as a whole apart."""
    columns = [f.name for f in Contract._meta.concrete_fields if f.name not in FIXED]
    return [*columns, "deductions", "attachments"]


def entry_text(contract: Contract, name: str) -> str:
    """An entry, the cost lines or the list of files in Chinese; "" for the filing as a whole."""
    with translation.override("zh-hans"):
        if name == "deductions":
            lines = contract.deductions.order_by("pk")
            return "\n".join(f"{d.get_kind_display()}：{yuan(d.amount_yuan)}" for d in lines)
        if name == "attachments":
            return correcting.files_text(contract.filing, dict(AttachmentKind.choices))
        return as_text(contract, name) if name in entry_names() else ""


def entry_mark(contract: Contract, name: str) -> str:
    """The digest of one entry, by which a later one is told from it."""
    if name == "attachments":
        return correcting.files_mark(contract.filing)
    return correcting.mark_of(entry_text(contract, name))
