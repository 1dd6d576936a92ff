"""Matters after the decision that are late: flagged once, told in one message a reviewer."""

import datetime

from contracts import actions
from contracts.enums import State
from contracts.models import FollowUp
from tests.contracts.after_calls import (
    DAY,
    change,
    grant,
)
from tests.factories.contracts import AT
from torch_portal.notices.models import Message


def night(day):
    return datetime.datetime.combine(day, datetime.time(8), datetime.UTC)


def told():
    found = Message.objects.filter(key__contains="matters-overdue").order_by("to_user__username")
    return {m.to_user.username: m for m in found}


def test_late_matters_are_flagged_once_with_one_message_a_reviewer(house, at_state):
    contracts = [at_state(State.RECOGNISED, project_name=name) for name in ("甲项目", "乙项目")]
    matters = [change(c, house, project_name=f"{c.project_name}二期") for c in contracts]
    last = matters[0].due_on
    assert actions.flag_overdue_matters(at=night(last)) == 0
    after = night(last + DAY)
    assert [actions.flag_overdue_matters(at=after) for _turn in range(2)] == [2, 0]
    assert set(told()) == {"reviewer", "second"}
    body = told()["reviewer"].body
    assert "甲项目" in body
    assert "乙项目" in body
    event = contracts[0].filing.events.get(move="change_overdue")
    assert event.data["matter"] == matters[0].pk
    assert FollowUp.objects.get(pk=matters[0].pk).overdue_flagged_on == last + DAY


def test_answered_and_withdrawn_matters_are_not_flagged(house, at_state):
    contract = at_state(State.RECOGNISED)
    followup = change(contract, house)
    grant(followup, house.reviewer)
    other = change(at_state(State.RECOGNISED, project_name="乙项目"), house)
    actions.withdraw_request(followup=other, by=house.filer, at=AT)
    assert actions.flag_overdue_matters(at=AT + 200 * DAY) == 0


def test_announced_revocation_is_flagged_after_the_day_of_the_statement(house, at_state):
    contract = at_state(State.RECOGNISED)
    notice = actions.notify_revocation(
        contract=contract, grounds=["RV-3"], by=house.second, at=AT, note="重复登记"
    )
    assert actions.flag_overdue_matters(at=night(notice.due_on)) == 0
    assert actions.flag_overdue_matters(at=night(notice.due_on + DAY)) == 1
    assert contract.filing.events.filter(move="revocation_overdue").exists()
