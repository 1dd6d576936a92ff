"""Forgetting the people of an evaluation that came to nothing."""

import datetime
from functools import partial

from sme_eval.models import Evaluation
from sme_eval.queries import forgettable
from torch_portal.filings import forgetting


def forget(*, stage: str, before: datetime.date, day: datetime.date, at: datetime.datetime) -> int:
    """Empty what is personal in all that `forgettable` names; answers how many. Twice is once."""
    return forgetting.forget(partial(forgettable, stage, before), _empty, day=day, at=at)


def _empty(evaluation: Evaluation) -> None:
    Evaluation.objects.filter(pk=evaluation.pk).update(legal_representative="", typed={})
