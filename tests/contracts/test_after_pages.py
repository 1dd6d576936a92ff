"""The pages after the decision: the enterprise's requests, the desk's decisions."""

import datetime

import pytest
from django.urls import reverse

from contracts import actions
from contracts.enums import FollowUpState, State
from contracts.models import Contract, FollowUp
from tests.contracts.after_calls import grant, income
from tests.factories.contracts import AT, pdf
from torch_portal.certificates.models import Certificate
from torch_portal.filings.models import Filing


@pytest.fixture(autouse=True)
def in_march_2020(settings):
    """The portal lives on 2020-03-02 unless a test says otherwise."""
    settings.PORTAL_CLOCK_OFFSET = AT - datetime.datetime.now(datetime.UTC)


def page(name, contract, *more):
    return reverse(f"contracts:{name}", args=[contract.pk, *more])


def as_registered(client, contract):
    """What the browser sends back from the form of a change, nothing typed over."""
    form = client.get(page("ask", contract, "change")).context["form"]
    return {f.html_name: "" if f.value() is None else f.value() for f in form}


def test_change_is_asked_decided_and_shown(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    client.force_login(house.filer)
    sent = as_registered(client, contract) | {"project_name": "新名称", "reason": "补充协议"}
    answer = client.post(page("ask", contract, "change"), sent | {"files": [pdf("补充协议.pdf")]})
    followup = FollowUp.objects.get()
    assert answer["Location"] == page("matter", contract, followup.pk)
    assert followup.changes["project_name"]["after"] == "新名称"
    assert list(followup.changes) == ["project_name"]
    assert "新名称" in client.get(answer["Location"]).text
    assert client.get(page("ask", contract, "change")).status_code == 200
    client.force_login(house.reviewer)
    there = reverse("admin:contracts_followup_change", args=[followup.pk])
    assert "补充协议.pdf" in client.get(there).text
    answer = client.post(reverse("admin:contracts_followup_decide", args=[followup.pk, "grant"]))
    assert answer["Location"] == there
    client.force_login(house.filer)
    shown = client.get(page("detail", contract)).text
    assert page("version", contract, 1) in shown
    assert "面向疫情防控" in client.get(page("version", contract, 1)).text


def test_request_with_gaps_comes_back_with_everything_typed(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    client.force_login(house.filer)
    sent = as_registered(client, contract) | {"total_yuan": "十万", "buyer_name": "新买方"}
    answer = client.post(page("ask", contract, "change"), sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"total_yuan"}
    assert "十万" in answer.text
    assert "新买方" in answer.text
    answer = client.post(page("ask", contract, "change"), sent | {"total_yuan": "4,000,000"})
    assert answer.status_code == 422  # above the technical amount is fine; reason and file miss
    assert set(answer.context["form"].errors) == {"reason", "__all__"}
    assert not FollowUp.objects.exists()


def test_income_is_reported_with_the_contracts_own_proportion(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    client.force_login(house.filer)
    sent = {
        "lines-TOTAL_FORMS": "3", "lines-INITIAL_FORMS": "0",
        "lines-0-received_on": "2020-03-01", "lines-0-amount_yuan": "100万元",
        "lines-0-invoice": "0001", "reason": "首付款", "files": [pdf("回单.pdf")],
    }  # fmt: skip
    answer = client.post(page("ask", contract, "income"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    receipt = FollowUp.objects.get().receipts.get()
    assert str(receipt.nontechnical_yuan) == "300000.00"
    assert "700,000.00" in client.get(answer["Location"]).text


def test_supplement_is_asked_for_once_income_was_verified(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    client.force_login(house.filer)
    there = page("ask", contract, "supplement")
    ways = client.get(page("detail", contract)).context["asks"]
    assert there not in [way["url"] for way in ways]
    first = grant(income(contract, house, ("1000000", "300000")), house.reviewer)
    ways = client.get(page("detail", contract)).context["asks"]
    assert there in [way["url"] for way in ways]
    assert "700,000.00" in client.get(there).text
    sent = {
        "lines-TOTAL_FORMS": "3", "lines-INITIAL_FORMS": "0",
        "lines-0-received_on": "2020-03-01", "lines-0-amount_yuan": "1000",
        "lines-0-nontechnical_yuan": "0", "reason": "尾款", "files": [pdf("回单.pdf")],
    }  # fmt: skip
    answer = client.post(there, sent)
    assert set(answer.context["form"].errors) == {"supplements"}
    answer = client.post(there, sent | {"supplements": first.pk, "files": [pdf("回单.pdf")]})
    assert answer.status_code == 302, answer.context["form"].errors
    assert "700,000.00" in client.get(answer["Location"]).text


def test_half_a_line_of_income_is_named(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    client.force_login(house.filer)
    sent = {"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0", "lines-0-amount_yuan": "5"}
    answer = client.post(page("ask", contract, "income"), sent)
    assert answer.status_code == 200
    assert answer.context["lines"].forms[0].errors["received_on"]
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("kind", ["change", "income", "deregistration"])
def test_request_out_of_place_leads_back(client, house, at_state, kind):
    contract = at_state(State.ACCEPTED)
    client.force_login(house.filer)
    assert client.get(page("ask", contract, kind))["Location"] == page("detail", contract)
    assert client.get(page("ask", contract, "revocation")).status_code == 404


def test_reader_sees_matters_and_asks_for_nothing(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    client.force_login(house.reader)
    assert "asks" in client.get(page("detail", contract)).context
    assert client.get(page("detail", contract)).context["asks"] == []
    assert client.get(page("ask", contract, "change")).status_code == 403


def test_statement_is_given_on_the_page_of_the_notice(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    followup = actions.notify_revocation(
        contract=contract, grounds=["RV-1"], by=house.second, at=AT, note="买方否认"
    )
    client.force_login(house.filer)
    there = page("state_case", contract, followup.pk)
    assert client.post(there, {"statement": " "}).status_code == 422
    assert client.post(there, {"statement": "合同真实", "files": [pdf()]}).status_code == 302
    shown = client.get(page("matter", contract, followup.pk))
    assert shown.context["can_state"] is False
    assert "合同真实" in shown.text


def test_request_is_withdrawn_on_its_page(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    followup = actions.request_deregistration(
        contract=contract, reason="解除", files=[pdf()], by=house.filer, at=AT
    )
    client.force_login(house.filer)
    client.post(page("withdraw_matter", contract, followup.pk))
    assert FollowUp.objects.get().state == FollowUpState.WITHDRAWN


def test_objection_is_offered_after_a_refusal(client, house, at_state):
    contract = at_state(State.REFUSED)
    client.force_login(house.filer)
    offered = [a["url"] for a in client.get(page("detail", contract)).context["asks"]]
    assert offered == [page("ask", contract, "objection")]
    shown = client.get(offered[0])
    assert "浙江省科学技术厅" in shown.text
    assert client.post(offered[0], {"reason": "认定有误"}).status_code == 302


# --- the desk ---------------------------------------------------------------------------------


def test_desk_names_what_stands_against_a_decision(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    followup = actions.request_deregistration(
        contract=contract, reason="解除", files=[pdf()], by=house.filer, at=AT
    )
    client.force_login(house.reviewer)
    there = reverse("admin:contracts_followup_decide", args=[followup.pk, "refuse"])
    answer = client.post(there, {"note": " "})
    assert answer.status_code == 422
    client.post(there, {"note": "证明材料不足"})
    assert FollowUp.objects.get().state == FollowUpState.REFUSED
    assert client.post(there, {"note": "再次"}).status_code == 302
    assert client.get(there).status_code == 404


def test_official_hears_and_reviewer_only_reads(client, house, at_state):
    contract = at_state(State.REFUSED)
    followup = actions.object_to_decision(contract=contract, reason="有误", by=house.filer, at=AT)
    here = reverse("admin:contracts_followup_change", args=[followup.pk])
    there = reverse("admin:contracts_followup_decide", args=[followup.pk, "grant"])
    client.force_login(house.reviewer)
    assert client.get(here).context["can_decide"] is False
    assert client.post(there, {"note": "x"}).status_code == 403
    client.force_login(house.official)
    assert client.get(here).context["can_decide"] is True
    client.post(there, {"note": "依据不足"})
    assert Filing.objects.get(pk=contract.pk).state == State.ACCEPTED


def test_authority_objection_is_entered_by_an_official(client, house, at_state):
    contract = at_state(State.RECOGNISED)
    there = reverse("admin:contracts_followup_objection", args=[contract.pk])
    client.force_login(house.reviewer)
    assert client.get(there).status_code == 403
    client.force_login(house.official)
    assert there in client.get(reverse("admin:contracts_contract_change", args=[contract.pk])).text
    assert client.post(there, {"authority": "", "reason": "x"}).status_code == 422
    answer = client.post(there, {"authority": "税务局", "reason": "收入性质存疑"})
    assert answer.status_code == 302
    assert "税务局" in client.get(answer["Location"]).text


def test_list_of_matters_takes_the_same_queries(client, house, at_state, django_assert_num_queries):
    def ask(name):
        actions.request_deregistration(
            contract=at_state(State.RECOGNISED, project_name=name), reason="解除", files=[pdf()],
            by=house.filer, at=AT,
        )  # fmt: skip

    ask("一")
    client.force_login(house.reviewer)
    here = reverse("admin:contracts_followup_changelist")
    client.get(here)
    with django_assert_num_queries(6):
        client.get(here)
    ask("二")
    ask("三")
    with django_assert_num_queries(6):
        client.get(here)


def test_notice_and_experts_are_entered_at_the_desk(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    client.force_login(house.reviewer)

    def press(name, **entries):
        version = Filing.objects.get(pk=contract.pk).version
        there = reverse("admin:contracts_contract_move", args=[contract.pk, name])
        assert client.get(there).status_code == 200
        return client.post(there, {"seen": version, **entries})

    asked = press("request_expert_opinion", experts="王教授，浙江大学\n李教授", note="属于何类")
    assert asked.status_code == 302
    rows = Contract.objects.get(pk=contract.pk).opinions.order_by("pk")
    assert [(o.expert, o.unit) for o in rows] == [("王教授", "浙江大学"), ("李教授", "")]
    for name in ("王教授", "李教授"):
        press("record_expert_opinion", expert=name, view="for", note="属于技术开发")
    press("recognise")
    assert press("notify_revocation", note="事实").status_code == 422
    press("notify_revocation", grounds=["RV-3"], note="与在先登记相同")
    assert Filing.objects.get(pk=contract.pk).state == State.REVOCATION_NOTICED
    assert Certificate.objects.get().status == "valid"


def test_list_of_matters_shows_what_is_late(client, house, at_state):
    waiting = actions.request_change(
        contract=at_state(State.RECOGNISED), values={"project_name": "二期"}, reason="补充协议",
        files=[pdf()], by=house.filer, at=AT,
    )  # fmt: skip
    client.force_login(house.reviewer)
    here = reverse("admin:contracts_followup_changelist")
    assert "工作日" in client.get(here).text
    assert list(client.get(here, {"waiting": "late"}).context["cl"].result_list) == []
    FollowUp.objects.update(due_on=AT.date() - datetime.timedelta(days=3))
    assert "due--late" in client.get(here).text
    late = client.get(here, {"waiting": "late"}).context["cl"].result_list
    assert [m.pk for m in late] == [waiting.pk]
