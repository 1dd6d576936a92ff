"""After the decision: changes as versions, deregistration on request, verification of income."""

import datetime
from decimal import Decimal

import pytest
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

from contracts import actions, queries, rules
from contracts.enums import FollowUpState, State
from contracts.models import Contract, ContractVersion, FollowUp
from tests.contracts.after_calls import (
    DAY,
    NEW_NAME,
    certificates,
    change,
    codes,
    fresh,
    grant,
    income,
    supplement,
)
from tests.factories.contracts import AT, pdf
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import BadUpload
from torch_portal.notices.models import Message

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


def test_supplement_is_added_to_what_was_verified(house, at_state):
    contract = at_state(State.RECOGNISED)  # technical 3,661,000
    first = grant(income(contract, house, ("1000000", "300000")), house.reviewer)
    added = supplement(contract, house, first, ("2961000", "0"))
    assert queries.income_sums(contract)["verified"] == "700,000.00"
    grant(added, house.reviewer)
    statement = certificates(contract)[-1]
    assert (statement.number[-4:], statement.content["title"]) == ("-S02", "技术性收入核定补充表")
    assert statement.content["sum_yuan"] == "3,661,000.00"
    assert "700,000.00元的补充" in statement.content["status_line"]
    assert [c.status for c in certificates(contract)] == ["valid"] * 3
    with pytest.raises(Refused) as caught:
        supplement(contract, house, first, ("0.01", "0"))
    assert codes(caught) == ["AF-13"]


def test_supplement_needs_income_that_was_verified(house, at_state):
    contract = at_state(State.RECOGNISED)
    waiting = income(contract, house, ("100", "0"))
    for earlier in (None, waiting):
        with pytest.raises(Refused) as caught:
            supplement(contract, house, earlier, ("5230000.01", "2000000"))
        assert codes(caught) == ["AF-16", "AF-12"]
    grant(waiting, house.reviewer)
    other = at_state(State.RECOGNISED, project_name="另一项目")
    with pytest.raises(Refused) as caught:
        supplement(other, house, waiting, ("100", "0"))
    assert codes(caught) == ["AF-16"]


def test_supplement_that_no_longer_fits_is_not_confirmed(house, at_state):
    """Income was verified while the supplement waited: together they would be too much."""
    contract = at_state(State.RECOGNISED)
    first = grant(income(contract, house, ("1000000", "0")), house.reviewer)
    added = supplement(contract, house, first, ("2000000", "0"))
    grant(income(contract, house, ("661000.01", "0")), house.reviewer)
    with pytest.raises(Refused) as caught:
        grant(added, house.reviewer)
    assert codes(caught) == ["AF-13"]
    assert FollowUp.objects.get(pk=added.pk).state == FollowUpState.OPEN


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
    actions.deregister(contract=fresh(contract), by=house.reviewer, at=AT, note="解除")
    assert {c.status for c in certificates(contract)} == {"deregistered"}


def test_change_below_the_verified_income_is_refused(house, at_state):
    contract = at_state(State.RECOGNISED)
    grant(income(contract, house, ("500000", "0")), house.reviewer)
    with pytest.raises(Refused) as caught:
        change(contract, house, technical_yuan=Decimal("499999.99"))
    assert codes(caught) == ["AF-52"]
    assert change(contract, house, technical_yuan=Decimal("500000.00")).pk
