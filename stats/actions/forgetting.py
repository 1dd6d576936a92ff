"""Forgetting the people of a return that came to nothing."""

import datetime
from functools import partial

from stats.models import Return
from stats.queries.forgetting import forgettable
from torch_portal.filings import forgetting

# 企业负责人, 移动电话, 统计负责人, 填报人 with telephones and mail: items that name a person.
PERSONAL = ("qa08", "qa09", "qa20", "qa11", "qa17", "qa17_1", "qa13", "qd19", "qd20", "qd22")


def forget(*, stage: str, before: datetime.date, day: datetime.date, at: datetime.datetime) -> int:
    """Empty what is personal in all that `forgettable` names; answers how many. Twice is once."""
    return forgetting.forget(partial(forgettable, stage, before), _empty, day=day, at=at)


def _empty(report: Return) -> None:
    data = {code: value for code, value in report.data.items() if code not in PERSONAL}
    Return.objects.filter(pk=report.pk).update(data=data, typed={})
