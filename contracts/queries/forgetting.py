"""Which contracts nobody needs any more: drafts never submitted, filings withdrawn long ago."""

import datetime

from django.db.models import QuerySet

from contracts.models import Contract
from torch_portal.filings import forgetting


def forgettable(stage: str, before: datetime.date) -> QuerySet[Contract]:
    """Drafts or withdrawn filings that nobody touched since before this day."""
    return forgetting.forgettable(Contract.objects, stage, before)
