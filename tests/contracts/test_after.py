"""After the decision: changes as versions, deregistration, income, revocation, objections."""

import datetime
from decimal import Decimal

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

from contracts import actions, queries, rules
from contracts.enums import FollowUpState, State
from contracts.models import Contract, ContractVersion, FollowUp
from tests.factories.contracts import AT, contract_at, pdf
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import BadUpload
from torch_portal.notices.models import Message

DAY = datetime.timedelta(days=1)
NEW_NAME = "面向疫情防控的红外测温算法开发与应用（二期）"


@pytest.fixture
def at_state(house):
    def make(state, **values):
        return contract_at(
            state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
            **values,
        )  # fmt: skip

    return make


def codes(caught):
    return [f.code for f in caught.value.findings]


def change(contract, house, **values):
    return actions.request_change(
        contract=contract,
        values=values or {"project_name": NEW_NAME},
        reason="双方签订补充协议",
        files=[pdf("补充协议.pdf", pages=2)],
        by=house.filer,
        at=AT,
    )


def income(contract, house, *lines, at=AT + 60 * DAY):
    sums = [rules.Income(AT.date(), Decimal(a), Decimal(n)) for a, n in lines]
    return actions.report_income(
        contract=contract, lines=sums, reason="首付款", files=[pdf("回单.pdf")],
        by=house.filer, at=at,
    )  # fmt: skip


def grant(followup, by, **more):
    fresh = FollowUp.objects.select_related("contract__filing").get(pk=followup.pk)
    return actions.grant_request(followup=fresh, by=by, at=AT + DAY, **more)


def certificates(contract):
    return list(Certificate.objects.filter(filing_id=contract.pk).order_by("pk"))


# --- change -----------------------------------------------------------------------------------


def test_change_waits_without_touching_the_registered_row(house, at_state):
    contract = at_state(State.RECOGNISED)
    followup = change(contract, house)
    assert followup.changes == {
        "project_name": {"before": contract.project_name, "after": NEW_NAME}
    }
    assert Contract.objects.get(pk=contract.pk).project_name != NEW_NAME
    assert [c.status for c in certificates(contract)] == ["valid"]
    assert contract.filing.attachments.filter(kind=followup.file_kind).count() == 1
    assert followup.due_on == queries.due(contract, accepted_on=AT.date()).on


def test_granted_change_makes_a_version_and_supersedes_the_certificate(house, at_state):
    contract = at_state(State.RECOGNISED)
    before = contract.project_name
    grant(change(contract, house), house.reviewer)
    old, new = certificates(contract)
    assert (old.status, new.status, new.version) == ("superseded", "valid", 2)
    assert (new.supersedes, new.number) == (old, old.number)
    assert (old.content["project_name"], new.content["project_name"]) == (before, NEW_NAME)
    assert new.content["supersedes"] == f"{old.number} v1"
    version = ContractVersion.objects.get()
    assert (version.number, version.values["project_name"]) == (1, before)
    assert len(version.values["deductions"]) == 2
    assert ("项目名称", before) in queries.version_rows(version)
    assert Filing.objects.get(pk=contract.pk).state == State.RECOGNISED
    assert Message.objects.filter(key__contains="-matter-").count() == 1


def test_earlier_version_is_never_changed(house, at_state):
    contract = at_state(State.RECOGNISED)
    grant(change(contract, house), house.reviewer)
    version = ContractVersion.objects.get()
    for touch in (lambda: ContractVersion.objects.update(number=9), version.delete):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            touch()
    assert ContractVersion.objects.get().number == 1


def test_change_of_the_amounts_keeps_total_less_costs(house, at_state):
    contract = at_state(State.RECOGNISED)
    values = {"total_yuan": Decimal("4000000.00"), "technical_yuan": Decimal("3000000.00")}
    grant(change(contract, house, **values), house.reviewer)
    contract = Contract.objects.get(pk=contract.pk)
    assert (contract.total_yuan, contract.technical_yuan) == tuple(values.values())
    assert [d.amount_yuan for d in contract.deductions.all()] == [Decimal("1000000.00")]
    assert certificates(contract)[-1].content["technical_yuan"] == "3,000,000.00"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"technical_yuan": Decimal("5230000.01")}, "VH-05"),
        ({"ends_on": datetime.date(2020, 2, 1)}, "VH-07"),
        ({"buyer_name": ""}, "VH-00"),
        ({"project_name": "面向疫情防控的红外测温算法开发与应用"}, "AF-51"),
        ({"seller_name": "别的公司"}, "AF-51"),
    ],
)
def test_change_that_the_rules_stop_is_refused(house, at_state, values, code):
    contract = at_state(State.RECOGNISED)
    with pytest.raises(Refused) as caught:
        change(contract, house, **values)
    assert code in codes(caught)
    assert not FollowUp.objects.exists()


def test_change_needs_reason_and_supplement_and_one_is_open_at_a_time(house, at_state):
    contract = at_state(State.RECOGNISED)
    plain = {"contract": contract, "values": {"project_name": NEW_NAME}, "at": AT}
    with pytest.raises(Refused) as caught:
        actions.request_change(reason=" ", by=house.filer, **plain)
    assert codes(caught) == ["AF-03", "AF-04"]
    change(contract, house)
    with pytest.raises(Refused) as caught:
        change(contract, house)
    assert codes(caught) == ["AF-02"]


def test_bad_file_keeps_no_half_request(house, at_state):
    contract = at_state(State.RECOGNISED)
    with pytest.raises(BadUpload):
        actions.request_deregistration(
            contract=contract, reason="解除", files=[_text()], by=house.filer, at=AT
        )
    assert not FollowUp.objects.exists()


def _text():
    upload = pdf("说明.pdf")
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(b"plain words")
    upload.size = 11
    return upload


@pytest.mark.parametrize("state", [s for s in State if s != State.RECOGNISED])
def test_change_begins_only_while_registered(house, at_state, state):
    contract = at_state(state)
    with pytest.raises(Refused) as caught:
        change(contract, house)
    assert "AF-01" in codes(caught)


def test_requests_are_the_filers_and_decisions_the_agencys(house, at_state):
    contract = at_state(State.RECOGNISED)
    for person in (house.reader, house.stranger, house.reviewer):
        with pytest.raises(Denied):
            actions.request_deregistration(
                contract=contract, reason="解除", files=[pdf()], by=person, at=AT
            )
    followup = change(contract, house)
    for person in (house.filer, house.stranger, house.far_reviewer, house.official):
        with pytest.raises(Denied):
            grant(followup, person)
        with pytest.raises(Denied):
            actions.refuse_request(followup=followup, by=person, at=AT, note="否")
    house.firm.memberships.create(user=house.second, role="reader")
    with pytest.raises(Denied):
        grant(followup, house.second)


def test_refused_change_needs_a_reason_and_leaves_all_as_it_is(house, at_state):
    contract = at_state(State.RECOGNISED)
    followup = change(contract, house)
    with pytest.raises(Refused):
        actions.refuse_request(followup=followup, by=house.reviewer, at=AT, note=" ")
    actions.refuse_request(followup=followup, by=house.reviewer, at=AT, note="补充协议未盖章")
    assert FollowUp.objects.get().state == FollowUpState.REFUSED
    assert [c.status for c in certificates(contract)] == ["valid"]
    with pytest.raises(Stale):
        grant(followup, house.second)


def test_withdrawn_request_is_not_decided(house, at_state):
    followup = change(at_state(State.RECOGNISED), house)
    actions.withdraw_request(followup=followup, by=house.filer, at=AT)
    with pytest.raises(Stale):
        grant(followup, house.reviewer)
    assert not ContractVersion.objects.exists()


# --- deregistration ---------------------------------------------------------------------------


def test_deregistration_on_request_ends_registration_and_open_matters(house, at_state):
    contract = at_state(State.RECOGNISED)
    waiting = change(contract, house)
    followup = actions.request_deregistration(
        contract=contract, reason="双方协议解除", files=[pdf()], by=house.filer, at=AT
    )
    grant(followup, house.reviewer)
    assert Filing.objects.get(pk=contract.pk).state == State.DEREGISTERED
    assert [c.status for c in certificates(contract)] == ["deregistered"]
    assert FollowUp.objects.get(pk=waiting.pk).state == FollowUpState.WITHDRAWN


def test_files_of_a_request_do_not_crowd_those_of_the_filing(house, at_state, settings):
    settings.ATTACHMENTS_MAX_COUNT = 1
    contract = at_state(State.RECOGNISED)  # has its contract text
    change(contract, house)
    assert contract.filing.attachments.live().count() == 2
    with pytest.raises(BadUpload):
        actions.request_deregistration(
            contract=contract, reason="解除", files=[pdf(), pdf(pages=3)], by=house.filer, at=AT
        )
    assert FollowUp.objects.count() == 1


# --- income -----------------------------------------------------------------------------------


def test_income_up_to_the_registered_amount_is_verified_with_a_statement(house, at_state):
    contract = at_state(State.RECOGNISED)  # technical 3,661,000 of 5,230,000
    grant(income(contract, house, ("1000000", "300000"), ("230000", "0")), house.reviewer)
    statement = certificates(contract)[-1]
    assert (statement.template, statement.number[-4:]) == ("income_statement", "-S01")
    assert statement.content["verified_yuan"] == "930,000.00"
    assert statement.content["left_yuan"] == "2,731,000.00"
    assert queries.income_sums(contract)["verified"] == "930,000.00"
    grant(income(contract, house, ("2731000", "0")), house.reviewer)
    last = certificates(contract)[-1]
    assert (last.number[-4:], last.content["left_yuan"]) == ("-S02", "0.00")
    with pytest.raises(Refused) as caught:
        income(contract, house, ("0.01", "0"))
    assert codes(caught) == ["AF-13"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "AF-11"),
        ([("5230000.01", "2000000")], "AF-12"),
        ([("3661000.01", "0")], "AF-13"),
        ([("100", "100.01")], "AF-15"),
        ([("0", "0")], "AF-15"),
    ],
)
def test_income_that_does_not_add_up_is_refused(house, at_state, lines, code):
    contract = at_state(State.RECOGNISED)
    with pytest.raises(Refused) as caught:
        income(contract, house, *lines)
    assert codes(caught) == [code]


def test_income_after_today_is_refused(house, at_state):
    contract = at_state(State.RECOGNISED)
    with pytest.raises(Refused) as caught:
        income(contract, house, ("100", "0"), at=AT - 10 * DAY)
    assert codes(caught) == ["AF-14"]


def test_usual_share_is_the_contracts_proportion():
    known = rules.Registered(Decimal("3.00"), Decimal("1.00"), AT.date())
    assert rules.usual_share(Decimal("1.00"), known) == Decimal("0.67")


def test_statement_ends_with_the_registration(house, at_state):
    contract = at_state(State.RECOGNISED)
    grant(income(contract, house, ("100", "0")), house.reviewer)
    actions.deregister(contract=_fresh(contract), by=house.reviewer, at=AT, note="解除")
    assert {c.status for c in certificates(contract)} == {"deregistered"}


def test_change_below_the_verified_income_is_refused(house, at_state):
    contract = at_state(State.RECOGNISED)
    grant(income(contract, house, ("500000", "0")), house.reviewer)
    with pytest.raises(Refused) as caught:
        change(contract, house, technical_yuan=Decimal("499999.99"))
    assert codes(caught) == ["AF-52"]
    assert change(contract, house, technical_yuan=Decimal("500000.00")).pk


def _fresh(contract):
    return Contract.objects.select_related("filing__agency").get(pk=contract.pk)


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
        actions.revoke(contract=_fresh(contract), by=house.reviewer, at=AT, note="虚假")
    assert codes(caught) == ["AF-23"]
    actions.revoke(contract=_fresh(contract), by=house.second, at=AT, note="虚假")
    assert [c.status for c in certificates(contract)] == ["revoked"]
    assert FollowUp.objects.get().state == FollowUpState.GRANTED


@pytest.mark.parametrize(("days", "allowed"), [(7, False), (8, True)])
def test_silence_is_waited_for_until_its_last_day(house, noticed, days, allowed):
    contract, _followup = noticed  # until 2020-03-09, seven days on
    again = {"contract": _fresh(contract), "by": house.second, "note": "虚假"}
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
    actions.drop_revocation(contract=_fresh(contract), by=house.second, at=AT, note="属实")
    assert Filing.objects.get(pk=contract.pk).state == State.RECOGNISED
    assert FollowUp.objects.get().state == FollowUpState.REFUSED
    assert [c.status for c in certificates(contract)] == ["valid"]


# --- objections -------------------------------------------------------------------------------


def objection(contract, house, at=AT + DAY):
    return actions.object_to_decision(
        contract=_fresh(contract), reason="认定为非技术合同有误", by=house.filer, at=at
    )


def test_refusal_set_aside_goes_to_another_reviewer(house, at_state):
    contract = at_state(State.REFUSED)
    followup = objection(contract, house)
    for person in (house.reviewer, house.second, house.filer):
        with pytest.raises(Denied):
            grant(followup, person)
    grant(followup, house.official, note="原决定依据不足")
    contract = _fresh(contract)
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


# --- the clock ----------------------------------------------------------------------------------


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
