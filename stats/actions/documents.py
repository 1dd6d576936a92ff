"""The receipt of a return, and the return itself to print, sign and stamp."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stats import permissions, queries
from stats.enums import FILED
from stats.models import Return
from stats.workflow import ROUTINE
from torch_portal.accounts.models import User
from torch_portal.certificates.documents import about, issue_document
from torch_portal.certificates.enums import DocumentKind
from torch_portal.certificates.models import Document
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import drafts

LANGUAGE = "zh-hans"


def _about(report: Return, at: datetime.datetime) -> dict[str, Any]:
    approval = report.round.version.approval
    return about(report.filing, timezone.localdate(at)) | {
        "round": report.round.title,
        "year": str(report.round.year),
        "authority": approval.authority,
        "approver": approval.approver,
        "approval_no": approval.approval_no,
        "valid_to": approval.valid_to.isoformat(),
        "revision": str(report.revision),
        "digest": report.data_hash,
        "errors": str(report.errors),
        "warnings": str(report.warnings),
    }


def receipt(report: Return, by: User, at: datetime.datetime) -> None:
    """收件回执: which values were handed in, by their digest."""
    told = _about(report, at)
    issue_document(filing=report.filing, kind=DocumentKind.RECEIPT, content=told, by=by, at=at)


@transaction.atomic
def print_return(*, report: Return, by: User, at: datetime.datetime) -> Document:
    """The return to sign: every table, check table and explanations, under the watermark.

    One file for each revision; asked for again it is the same. Refused before it is submitted.
    """
    permissions.check_may_file(by, report.filing)
    if drafts.hold(report.filing) not in FILED:
        message = _("The file to sign is made of a submitted return. Submit it first.")
        raise Refused([Finding("print", Level.BLOCK, "", message, ROUTINE)])
    known = Document.objects.filter(
        filing=report.filing, kind=DocumentKind.FORM, content__revision=str(report.revision)
    ).first()
    if known is not None:
        return known
    with translation.override(LANGUAGE):
        content = _about(report, at) | queries.printed(report)
    return issue_document(
        filing=report.filing, kind=DocumentKind.FORM, content=content, by=by, at=at
    )
