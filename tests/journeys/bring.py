"""Contracts that a journey stands on, brought to a state by the acts, in a process beside."""

import datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.contracts import contract_at
from torch_portal.accounts.models import Agency, Enterprise, User

MORNING = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def bring(wanted: list[tuple[str, dict[str, Any]]]) -> str:
    """Keys of contracts of the demonstration's enterprise in these states, as JSON.

    days_ago among the values: so many days before the morning on which the portal starts.
    """
    who = {
        "firm": Enterprise.objects.get(credit_code="91330106MAGUJ65R6B"),
        "by": User.objects.get(username="enterprise"),
        "office": Agency.objects.get(code="330101"),
        "examiner": User.objects.get(username="examiner"),
    }
    made = []
    for state, values in wanted:
        days = values.pop("days_ago", 0)
        at = MORNING - datetime.timedelta(days=days)
        made.append(contract_at(state, **who, at=at, **values).pk)
    return json.dumps(made)
