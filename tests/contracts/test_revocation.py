"""After the decision: revocation by notice and statement, objections."""

import datetime

import pytest

from contracts import actions, queries
from contracts.enums import FollowUpState, State
from contracts.models import FollowUp
from tests.contracts.after_calls import (
    DAY,
    certificates,
    codes,
    fresh,
    grant,
)
from tests.factories.contracts import AT, pdf
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

# --- revocation -------------------------------------------------------------------------------


@pytest.fixture
def noticed(house, at_state):
    """A recognised contract and the notice of its revocation, given by the reviewer."""
    contract = at_state(State.RECOGNISED)
    followup = actions.notify_revocation(
        contract=contract, grounds=["RV-1"], by=house.reviewer, at=AT, note="买方否认签订"
    )
    return contract, followup


def test_notice_keeps_the_certificate_valid_and_gives_five_working_days(noticed):
    contract, followup = noticed
    assert followup.due_on == datetime.date(2020, 3, 9)  # 2020-03-02 is a Monday
    assert Filing.objects.get(pk=contract.pk).state == State.REVOCATION_NOTICED
    assert [c.status for c in certificates(contract)] == ["valid"]
    body = Message.objects.get(key__contains="-revocation-").body
    assert "2020-03-09" in body


def test_days_of_the_statement_are_a_setting(house, at_state, settings):
    settings.REVOCATION_STATEMENT_WORKDAYS = 1
    followup = actions.notify_revocation(
        contract=at_state(State.RECOGNISED), grounds=["RV-3"], by=house.reviewer, at=AT, note="重复"
    )
    assert followup.due_on == datetime.date(2020, 3, 3)


@pytest.mark.parametrize(("grounds", "note", "code"), [([], "x", "AF-21"), (["RV-9"], "x", "AF-21"),
                                                       (["RV-1"], " ", "AF-22")])  # fmt: skip
def test_notice_needs_grounds_and_facts(house, at_state, grounds, note, code):
    contract = at_state(State.RECOGNISED)
    with pytest.raises(Refused) as caught:
        actions.notify_revocation(
            contract=contract, grounds=grounds, by=house.reviewer, at=AT, note=note
        )
    assert codes(caught) == [code]


def test_who_gave_the_notice_does_not_decide(house, noticed):
    contract, followup = noticed
    actions.state_case(followup=followup, statement="确有误", by=house.filer, at=AT)
    with pytest.raises(Refused) as caught:
        actions.revoke(contract=fresh(contract), by=house.reviewer, at=AT, note="虚假")
    assert codes(caught) == ["AF-23"]
    actions.revoke(contract=fresh(contract), by=house.second, at=AT, note="虚假")
    assert [c.status for c in certificates(contract)] == ["revoked"]
    assert FollowUp.objects.get().state == FollowUpState.GRANTED


@pytest.mark.parametrize(("days", "allowed"), [(7, False), (8, True)])
def test_silence_is_waited_for_until_its_last_day(house, noticed, days, allowed):
    contract, _followup = noticed  # until 2020-03-09, seven days on
    again = {"contract": fresh(contract), "by": house.second, "note": "虚假"}
    if allowed:
        actions.revoke(at=AT + days * DAY, **again)
    else:
        with pytest.raises(Refused) as caught:
            actions.revoke(at=AT + days * DAY, **again)
        assert codes(caught) == ["AF-24"]


def test_statement_is_given_once_and_by_the_enterprise(house, noticed):
    _contract, followup = noticed
    words = {"followup": followup, "statement": "合同真实", "at": AT}
    with pytest.raises(Denied):
        actions.state_case(by=house.stranger, **words)
    with pytest.raises(Refused):
        actions.state_case(followup=followup, statement=" ", by=house.filer, at=AT)
    actions.state_case(by=house.filer, files=[pdf("证据.pdf")], **words)
    with pytest.raises(Stale):
        actions.state_case(by=house.filer, **words)


def test_dropped_revocation_leaves_the_registration(house, noticed):
    contract, _followup = noticed
    actions.drop_revocation(contract=fresh(contract), by=house.second, at=AT, note="属实")
    assert Filing.objects.get(pk=contract.pk).state == State.RECOGNISED
    assert FollowUp.objects.get().state == FollowUpState.REFUSED
    assert [c.status for c in certificates(contract)] == ["valid"]


# --- objections -------------------------------------------------------------------------------


def objection(contract, house, at=AT + DAY):
    return actions.object_to_decision(
        contract=fresh(contract), reason="认定为非技术合同有误", by=house.filer, at=at
    )


def test_refusal_set_aside_goes_to_another_reviewer(house, at_state):
    contract = at_state(State.REFUSED)
    followup = objection(contract, house)
    for person in (house.reviewer, house.second, house.filer):
        with pytest.raises(Denied):
            grant(followup, person)
    grant(followup, house.official, note="原决定依据不足")
    contract = fresh(contract)
    assert (contract.filing.state, contract.filing.decided_at) == (State.ACCEPTED, None)
    assert contract.refusal_grounds == []
    assert contract.filing.due_on is not None
    with pytest.raises(Refused) as caught:
        actions.recognise(contract=contract, by=house.reviewer, at=AT + DAY)
    assert codes(caught) == ["AF-32"]
    with pytest.raises(Refused):
        actions.refuse(contract=contract, grounds=["RF-2"], by=house.reviewer, at=AT + DAY)
    assert actions.recognise(contract=contract, by=house.second, at=AT + DAY).version == 1


def test_revocation_set_aside_gives_a_new_version(house, at_state):
    contract = at_state(State.REVOKED)
    grant(objection(contract, house), house.official, note="撤销依据不足")
    old, new = certificates(contract)
    assert (old.status, new.status, new.version) == ("revoked", "valid", 2)
    assert Filing.objects.get(pk=contract.pk).state == State.RECOGNISED


@pytest.mark.parametrize(("days", "allowed"), [(60, True), (61, False)])
def test_objection_is_heard_for_sixty_days(house, at_state, days, allowed):
    contract = at_state(State.REFUSED)  # on 2020-03-02; the sixtieth day is 2020-05-01, a holiday
    assert queries.objection_until(contract) == datetime.date(2020, 5, 6)
    late = AT + (days + 5) * DAY
    if allowed:
        assert objection(contract, house, at=late).pk
    else:
        with pytest.raises(Refused) as caught:
            objection(contract, house, at=late)
        assert codes(caught) == ["AF-31"]


def test_upheld_objection_tells_the_next_way(house, at_state):
    contract = at_state(State.REFUSED)
    followup = objection(contract, house)
    actions.refuse_request(followup=followup, by=house.official, at=AT + DAY, note="维持原决定")
    assert Filing.objects.get(pk=contract.pk).state == State.REFUSED
    assert "行政复议" in Message.objects.get(key__contains="-matter-").body


def test_objection_of_the_tax_authority_is_answered_by_the_agency(house, at_state):
    contract = at_state(State.RECOGNISED)
    entries = {"contract": contract, "reason": "收入性质存疑", "at": AT}
    with pytest.raises(Denied):
        actions.record_authority_objection(authority="税务局", by=house.reviewer, **entries)
    with pytest.raises(Refused) as caught:
        actions.record_authority_objection(authority=" ", by=house.official, **entries)
    assert codes(caught) == ["AF-33"]
    followup = actions.record_authority_objection(
        authority="杭州市税务局", by=house.official, **entries
    )
    actions.refuse_request(followup=followup, by=house.reviewer, at=AT, note="认定有据")
    assert Filing.objects.get(pk=contract.pk).state == State.RECOGNISED
