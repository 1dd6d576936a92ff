"""The receipts and notices that the acts give, each in the act's own transaction.

行政许可法 第三十二条、第三十八条; a worker makes the files.
"""

import datetime
from typing import Any

from django.utils import timezone, translation

from hitech_cert.enums import AttachmentKind
from hitech_cert.models import Application
from torch_portal.accounts.models import User
from torch_portal.certificates.documents import (
    about,
    chinese_date,
    issue_document,
    items_told,
    materials,
)
from torch_portal.certificates.enums import DocumentKind
from torch_portal.papers.models import Paper

LANGUAGE = "zh-hans"


def _give(
    application: Application, kind: DocumentKind, by: User, at: datetime.datetime, **more: Any
) -> None:
    told = about(application.filing, timezone.localdate(at))
    intake = application.intake
    told |= {"year": str(application.year), "batch": intake.title if intake else ""}
    issue_document(filing=application.filing, kind=kind, content=told | more, by=by, at=at)


def receipt(application: Application, by: User, at: datetime.datetime) -> None:
    """收件回执: what was handed in, with digests, and by when the bureau has checked it."""
    listed = materials(application.filing, dict(AttachmentKind.choices))
    _give(application, DocumentKind.RECEIPT, by, at, materials=listed)


def correction(application: Application, by: User, at: datetime.datetime, note: str) -> None:
    """补正通知书: the complete list as it was just written."""
    filing = application.filing
    last = filing.corrections.order_by("-round").values_list("round", flat=True)[:1]
    told = items_told(filing.corrections.filter(round__in=last), _labels())
    _give(application, DocumentKind.CORRECTION, by, at, items=told, note=note)


def acceptance(application: Application, paper: Paper, by: User, at: datetime.datetime) -> None:
    """受理通知书: into which batch, and what is owed on paper."""
    with translation.override(LANGUAGE):
        state = str(paper.get_state_display())
    told = {"paper": state, "paper_due": chinese_date(paper.due_on), "paper_source": paper.source}
    _give(application, DocumentKind.ACCEPTANCE, by, at, **told)


def declined(application: Application, by: User, at: datetime.datetime, note: str) -> None:
    """不予受理通知书: why, and where to object."""
    _give(application, DocumentKind.DECLINED, by, at, note=note)


def _labels() -> dict[str, str]:
    """Entries by the names of their columns, tables and files by those of the form."""
    with translation.override(LANGUAGE):
        named = {f.name: str(f.verbose_name) for f in Application._meta.concrete_fields}
    return named | {
        "attachments": "附件",
        "rights": "知识产权汇总表",
        "staff": "人力资源情况表",
        "projects": "企业研究开发活动情况表",
        "costs": "年度研究开发费用结构明细表",
        "products": "上年度高新技术产品（服务）情况表",
        "results": "科技成果转化情况表",
        "standards": "标准汇总表",
    }
