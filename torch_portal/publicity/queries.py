"""Reads of lists and entries."""

import datetime

from torch_portal.common.workdays import add_workdays
from torch_portal.filings.queries import calendar_for
from torch_portal.publicity.models import Batch


def last_day(batch: Batch, opens_on: datetime.date) -> datetime.date:
    """The last day of a period that begins on this day, which counts when it is worked.

    Raises CalendarNotPublished: a period is never announced on a guess.
    """
    calendar = calendar_for(batch.jurisdiction_id)
    return add_workdays(opens_on, batch.days or 0, calendar=calendar, count_first=True)
