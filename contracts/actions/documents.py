"""The receipts and notices that the acts give, each in the act's own transaction.

行政许可法 第三十二条、第三十八条; a worker makes the files.
"""

import datetime
from typing import Any

from django.utils import timezone, translation

from contracts import queries
from contracts.enums import AttachmentKind
from contracts.models import Contract
from torch_portal.accounts.models import User
from torch_portal.certificates.documents import chinese_date, issue_document, items_told, materials
from torch_portal.certificates.enums import DocumentKind


def _give(
    contract: Contract, kind: DocumentKind, by: User, at: datetime.datetime, **more: Any
) -> None:
    content = queries.document_content(contract, timezone.localdate(at)) | more
    issue_document(filing=contract.filing, kind=kind, content=content, by=by, at=at)


def receipt(contract: Contract, by: User, at: datetime.datetime) -> None:
    """收件回执: what was handed in, with digests, and by when there is a decision."""
    received = chinese_date(timezone.localdate(at))
    listed = materials(contract.filing, dict(AttachmentKind.choices))
    _give(contract, DocumentKind.RECEIPT, by, at, received_on=received, materials=listed)


def acceptance(contract: Contract, by: User, at: datetime.datetime) -> None:
    """受理通知书."""
    _give(contract, DocumentKind.ACCEPTANCE, by, at)


def correction(contract: Contract, by: User, at: datetime.datetime, note: str) -> None:
    """补正通知书: the complete list as it was just written."""
    filing = contract.filing
    last = filing.corrections.order_by("-round").values_list("round", flat=True)[:1]
    told = items_told(filing.corrections.filter(round__in=last), _labels())
    _give(contract, DocumentKind.CORRECTION, by, at, items=told, note=note)


def declined(contract: Contract, by: User, at: datetime.datetime, note: str) -> None:
    """不予受理通知书: why, and where to turn."""
    _give(contract, DocumentKind.DECLINED, by, at, note=note)


def refusal(contract: Contract, by: User, at: datetime.datetime, note: str) -> None:
    """不予登记通知书: grounds, article, and where to object within sixty days."""
    grounds = queries.grounds_told(contract)
    _give(contract, DocumentKind.REFUSAL, by, at, grounds=grounds, note=note)


def _labels() -> dict[str, str]:
    """Entries by the names of their columns, and what the list can name beside them."""
    with translation.override("zh-hans"):
        named = {f.name: str(f.verbose_name) for f in Contract._meta.concrete_fields}
    return named | {"attachments": "合同文本及附件", "deductions": "非技术性费用"}
