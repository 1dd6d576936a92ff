"""Forgetting the people of an application that came to nothing."""

import datetime
from functools import partial

from hitech_cert.models import Application
from hitech_cert.queries import forgettable
from torch_portal.filings import forgetting


def forget(*, stage: str, before: datetime.date, day: datetime.date, at: datetime.datetime) -> int:
    """Empty what is personal in all that `forgettable` names; answers how many. Twice is once."""
    return forgetting.forget(partial(forgettable, stage, before), _empty, day=day, at=at)


def _empty(application: Application) -> None:
    Application.objects.filter(pk=application.pk).update(typed={})
