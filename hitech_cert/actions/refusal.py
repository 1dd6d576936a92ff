"""The notice of a refusal as a signed file."""

import datetime

from django.utils import timezone

from hitech_cert.models import Application
from torch_portal.accounts.models import User
from torch_portal.certificates.documents import about, issue_document
from torch_portal.certificates.enums import DocumentKind


def refusal(application: Application, by: User, at: datetime.datetime, note: str) -> None:
    """不予认定通知书: grounds, the exact average where there is one, and what can be done."""
    filing = application.filing
    top, bottom = application.score_top, application.score_bottom
    fraction = "" if top is None or bottom is None else f"{top}/{bottom}"
    content = about(filing, timezone.localdate(at)) | {
        "year": str(application.year),
        "note": note,
        "score": str(top) if bottom == 1 else fraction,
    }
    issue_document(filing=filing, kind=DocumentKind.REFUSAL, content=content, by=by, at=at)
