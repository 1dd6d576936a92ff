"""Which returns nobody needs any more: drafts that were never submitted."""

import datetime

from django.db.models import QuerySet

from stats.models import Return
from torch_portal.filings import forgetting


def forgettable(stage: str, before: datetime.date) -> QuerySet[Return]:
    """Drafts that nobody touched since before this day."""
    return forgetting.forgettable(Return.objects, stage, before)
