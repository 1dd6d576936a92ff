"""The receipts and notices that the acts give, each in the act's own transaction.

行政许可法 第三十二条、第三十八条; a worker makes the files.
"""

import datetime
from typing import Any

from django.utils import timezone, translation

from sme_eval import queries
from sme_eval.enums import AttachmentKind
from sme_eval.models import Evaluation
from torch_portal.accounts.models import User
from torch_portal.certificates.documents import about, issue_document, items_told, materials
from torch_portal.certificates.enums import DocumentKind


def _give(
    evaluation: Evaluation, kind: DocumentKind, by: User, at: datetime.datetime, **more: Any
) -> None:
    told = about(evaluation.filing, timezone.localdate(at))
    told |= {"year": str(evaluation.year), "guide": queries.edition_of(evaluation).guide}
    issue_document(filing=evaluation.filing, kind=kind, content=told | more, by=by, at=at)


def receipt(evaluation: Evaluation, by: User, at: datetime.datetime) -> None:
    """收件回执: what was handed in, with digests, and by when the agency answers."""
    listed = materials(evaluation.filing, dict(AttachmentKind.choices))
    _give(evaluation, DocumentKind.RECEIPT, by, at, materials=listed)


def correction(evaluation: Evaluation, by: User, at: datetime.datetime, note: str) -> None:
    """补正通知书: the complete list as it was just written."""
    filing = evaluation.filing
    last = filing.corrections.order_by("-round").values_list("round", flat=True)[:1]
    told = items_told(filing.corrections.filter(round__in=last), _labels())
    _give(evaluation, DocumentKind.CORRECTION, by, at, items=told, note=note)


def refusal(evaluation: Evaluation, by: User, at: datetime.datetime, note: str) -> None:
    """不予入库通知书: why, and where to object."""
    _give(evaluation, DocumentKind.REFUSAL, by, at, note=note)


def _labels() -> dict[str, str]:
    """Entries by the names of their columns, and what the list can name beside them."""
    with translation.override("zh-hans"):
        named = {f.name: str(f.verbose_name) for f in Evaluation._meta.concrete_fields}
    return named | {
        "attachments": "附件",
        "projects": "企业研发项目汇总表",
        "ip_rights": "知识产权汇总表",
        "routes": "直接确认",
    }
