"""What was entered, as people read it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import queries
from contracts.forms.saved import field_label
from contracts.forms.steps import FORM_STEPS
from contracts.models import Contract
from torch_portal.filings.enums import Side
from torch_portal.filings.models import Attachment, CorrectionItem, ThreadMessage

TYPES = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}


def correction_row(item: CorrectionItem) -> dict[str, Any]:
    """One item as the pages show it."""
    return {
        "pk": item.pk,
        "field": item.field,
        "label": field_label(item.field) or _("The filing"),
        "problem_label": item.get_problem_display(),
        "remedy": item.remedy,
        "clause": item.clause,
        "answer": item.answer,
        "before": item.before,
        "after": item.after,
        "changed": bool(item.answered_at) and item.before != item.after,
    }


def shown_entries(contract: Contract, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page."""
    form = FORM_STEPS[step]
    entries = [
        (name, field_label(name), queries.as_text(contract, name))
        for name in form.base_fields
        if name != "seen"
    ]
    if step == "amounts":
        for line in queries.costs(contract):
            label = _("Non-technical cost: %(kind)s") % {"kind": line.get_kind_display()}
            entries.append(("deductions", label, queries.yuan(line.amount_yuan)))
        entries.append(
            ("technical_yuan", field_label("technical_yuan"), queries.yuan(contract.technical_yuan))
        )
    return entries


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


def message_row(contract: Contract, row: ThreadMessage) -> dict[str, Any]:
    """One message of the thread; `who` is for the enterprise, `person` for the agency's desk."""
    agency = contract.filing.agency
    ours = row.side == Side.ENTERPRISE
    return {
        "side": row.side,
        "who": row.sent_by_name if ours else (agency.name if agency else ""),
        "person": row.sent_by_name,
        "when": f"{timezone.localtime(row.sent_at):%Y-%m-%d %H:%M}",
        "text": row.text,
        "files": [
            {
                "name": file.name,
                "type": TYPES.get(file.content_type, file.content_type),
                "size_text": _size(file.size),
                "url": reverse("contracts:thread_file", args=[contract.pk, file.pk]),
            }
            for file in row.files.all()
        ],
    }


def _size(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(1, size // 1024)} KB"
