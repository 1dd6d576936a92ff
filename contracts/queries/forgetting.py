"""Which contracts nobody needs any more."""

import datetime

from django.db.models import QuerySet

from contracts.models import Contract
from torch_portal.filings import forgetting


def forgettable(stage: str, before: datetime.date) -> QuerySet[Contract]:
    """Drafts (never submitted) or withdrawn filings that nobody touched since before this day."""
    return forgetting.forgettable(Contract.objects.all(), stage, before)
