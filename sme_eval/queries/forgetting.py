"""Which evaluations nobody needs any more: drafts never submitted, filings withdrawn long ago."""

import datetime

from django.db.models import QuerySet

from sme_eval.models import Evaluation
from torch_portal.filings import forgetting


def forgettable(stage: str, before: datetime.date) -> QuerySet[Evaluation]:
    """Drafts or withdrawn evaluations that nobody touched since before this day."""
    return forgetting.forgettable(Evaluation.objects, stage, before)
