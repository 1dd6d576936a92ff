"""Which applications nobody needs any more: drafts never submitted, filings withdrawn long ago."""

import datetime

from django.db.models import QuerySet

from hitech_cert.models import Application
from torch_portal.filings import forgetting


def forgettable(stage: str, before: datetime.date) -> QuerySet[Application]:
    """Drafts or withdrawn applications that nobody touched since before this day."""
    return forgetting.forgettable(Application.objects, stage, before)
