"""What the receipts and notices of a contract say, in Chinese, frozen as plain strings."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from contracts.enums import AttachmentKind, RefusalGround
from contracts.models import Contract
from contracts.queries.certificate import chinese_date
from torch_portal.filings.models import CorrectionItem


def document_content(contract: Contract, day: datetime.date) -> dict[str, Any]:
    """What every document says: to whom, about what, from which agency, when."""
    filing = contract.filing
    agency = filing.agency
    return {
        "enterprise": filing.enterprise.name,
        "credit_code": filing.enterprise.credit_code,
        "project_name": contract.project_name,
        "filing_number": filing.number or "",
        "agency": agency.name if agency else "",
        "agency_phone": agency.phone if agency else "",
        "agency_address": agency.address if agency else "",
        "review_body": (agency.review_body if agency else "") or "上一级主管部门",
        "issued_on": chinese_date(day),
        "due_on": chinese_date(filing.due_on),
        "provisional": filing.due_provisional,
    }


def materials(contract: Contract) -> list[dict[str, str]]:
    """The files handed in, each with its digest."""
    labels = dict(AttachmentKind.choices)
    with translation.override("zh-hans"):
        return [
            {
                "kind": str(labels.get(a.kind, a.kind)),
                "name": a.name,
                "pages": str(a.pages),
                "sha256": a.sha256,
            }
            for a in contract.filing.attachments.live().order_by("pk")
        ]


def grounds_told(contract: Contract) -> list[dict[str, str]]:
    """The grounds of a refusal in words."""
    with translation.override("zh-hans"):
        return [
            {"code": code, "label": str(RefusalGround(code).label)}
            for code in contract.refusal_grounds
        ]


def items_told(items: "QuerySet[CorrectionItem]", labels: dict[str, str]) -> list[dict[str, str]]:
    """The items of a correction list in words; `labels` are those of the entries."""
    with translation.override("zh-hans"):
        return [
            {
                "label": labels.get(item.field) or "申请材料整体",
                "problem": str(item.get_problem_display()),
                "remedy": item.remedy,
                "clause": item.clause,
            }
            for item in items.order_by("pk")
        ]
