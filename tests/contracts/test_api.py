"""The API of technology contracts: one filing end to end, and who may."""

import pytest
from rest_framework.test import APIClient

from contracts.api.answers import ContractShown, RowShown
from contracts.api.entries import NAMES
from contracts.enums import State
from contracts.forms import FORM_STEPS
from contracts.models import Contract
from tests.contracts.api_calls import (
    BODY,
    LIST,
    PROBLEM,
    at_state,
    attach,
    client,
    codes,
    faults,
    post,
    url,
)
from tests.factories import accounts
from tests.factories.contracts import (
    ITEMS,
    SAMPLE,
    draft,
    pdf,
)
from torch_portal.certificates.models import Certificate
from torch_portal.filings.models import Attachment, Filing

pytestmark = pytest.mark.usefixtures("spring_2020")


def test_journey_from_draft_to_certificate(filer, reviewer, django_capture_on_commit_callbacks):
    begun = post(filer, LIST, {"project_name": "红外测温", "total_yuan": "5230000.00"})
    assert begun.status_code == 201
    mine = begun.json()
    assert mine["seller_code"] == accounts.ZHIWEI
    assert (mine["state"], mine["turn"], mine["technical_yuan"]) == ("draft", "filer", "5230000.00")
    here = mine["links"]["self"].removeprefix("http://testserver")
    assert begun["Location"] == mine["links"]["self"]

    early = post(filer, here + "submit/")
    assert early.status_code == 422
    assert early["Content-Type"] == PROBLEM
    missing = {r["field"] for r in early.json()["errors"] if r["code"] == "VH-00"}
    assert {"form", "kind", "signed_on", "buyer_name", "payment"} <= missing
    assert "VH-13" in codes(early)
    assert all(r["clause"] and r["message"] and r["level"] for r in early.json()["errors"])

    saved = filer.put(here, BODY, format="json").json()
    assert saved["technical_yuan"] == "3661000.00"
    assert saved["seller_code"] == accounts.ZHIWEI
    assert attach(filer, mine["id"]).status_code == 201

    sent = post(filer, here + "submit/").json()
    assert sent["state"] == "submitted"
    assert sent["number"] == "HT-2020-330101-000001"
    assert sent["due_on"] > "2020-03-02"
    assert sent["turn"] == "reviewer"
    assert sent["agency"]["code"] == "330101"

    assert post(reviewer, here + "accept/").json()["state"] == "accepted"
    back = post(reviewer, here + "return/", {"items": ITEMS}).json()
    assert (back["state"], back["due_on"]) == ("correcting", None)
    assert back["corrections"][0]["remedy"] == ITEMS[0]["remedy"]

    mended = filer.patch(here, {"total_yuan": "5000000"}, format="json").json()
    assert mended["technical_yuan"] == "3431000.00"
    assert attach(filer, mine["id"], pdf(pages=2)).status_code == 201
    assert post(filer, here + "submit/").json()["number"] == sent["number"]
    assert post(reviewer, here + "accept/").status_code == 200

    before = filer.get(here + "certificate/")
    assert before.status_code == 404
    with django_capture_on_commit_callbacks() as after_commit:
        granted = post(reviewer, here + "recognise/").json()
    assert granted["registration_number"] == "2020330101000001"
    assert granted["certificate"]["ready"] is False
    waiting = filer.get(here + "certificate/")
    assert (waiting.status_code, waiting.json()["making"]) == (202, "pending")
    assert int(waiting["Retry-After"]) > 0
    for callback in after_commit:
        callback()
    ready = filer.get(here + "certificate/", headers={"Accept": "application/pdf"})
    assert ready["Content-Type"] == "application/pdf"
    assert b"".join(ready.streaming_content).startswith(b"%PDF-")
    again = filer.get(here + "certificate/", headers={"If-None-Match": ready["ETag"]})
    assert again.status_code == 304

    seen = filer.get(here).json()["certificate"]
    assert seen["ready"] is True
    assert seen["number"] == granted["registration_number"]
    code = Certificate.objects.get().verify_code
    told = APIClient().get("/api/v1/verify/", {"number": seen["number"], "code": code}).json()
    assert told["valid"] is True
    assert told["certificate"]["technical_yuan"] == "3431000.00"
    acts = [e["move"] for e in filer.get(here + "events/").json()["events"]]
    assert acts == [
        "start", "attach", "submit", "accept", "return_for_correction", "attach", "submit",
        "accept", "recognise",
    ]  # fmt: skip


def test_other_ends(house, filer, reviewer):
    declined = at_state(house, State.SUBMITTED)
    answer = post(reviewer, url(declined, "decline"), {"note": "不属于本登记机构"})
    assert answer.json()["state"] == "not_accepted"

    accepted = at_state(
        house, State.ACCEPTED, project_name="二", total_yuan=SAMPLE["total_yuan"] - 1
    )
    fixed = post(
        reviewer,
        url(accepted, "fix-technical-amount"),
        {"amount_yuan": "1000000.00", "note": "扣除通用设备"},
    )
    assert fixed.json()["fixed_technical_yuan"] == "1000000.00"
    assert post(reviewer, url(accepted, "propose")).json()["state"] == "second_review"
    refused = post(client(house.second), url(accepted, "refuse"), {"grounds": ["RF-2"]})
    assert (refused.json()["state"], refused.json()["refusal_grounds"]) == ("refused", ["RF-2"])

    ends = ((State.RECOGNISED, "deregister", "deregistered"),
            (State.REVOCATION_NOTICED, "revoke", "revoked"))  # fmt: skip
    for number, (before, verb, state) in enumerate(ends):
        granted = at_state(
            house, before, project_name=verb, total_yuan=SAMPLE["total_yuan"] - 2 - number
        )
        ended = post(reviewer, url(granted, verb), {"note": "合同已解除"}).json()
        assert (ended["state"], ended["certificate"]["status"]) == (state, state)

    own = at_state(house, State.DRAFT, project_name="五")
    assert post(filer, url(own, "withdraw"), {"note": "不再申报"}).json()["state"] == "withdrawn"


def test_put_empties_what_is_left_out(house, filer):
    contract = draft(house.firm, house.filer)
    answer = filer.put(url(contract), {"project_name": "新名称"}, format="json").json()
    assert answer["project_name"] == "新名称"
    assert (answer["kind"], answer["total_yuan"], answer["deductions"]) == ("", None, [])
    assert answer["seller_name"] == house.firm.name


def test_patch_keeps_what_is_left_out(house, filer):
    contract = draft(house.firm, house.filer)
    answer = filer.patch(
        url(contract), {"royalty_rate": "0.035", "payment": "royalty", "signed_on": None},
        format="json",
    ).json()  # fmt: skip
    assert (answer["royalty_rate"], answer["payment"]) == ("0.035", "royalty")
    assert answer["signed_on"] is None
    assert answer["total_yuan"] == "5230000.00"
    assert len(answer["deductions"]) == 2


def test_patch_clears_what_the_pages_could_not_read(house, filer):
    contract = draft(house.firm, house.filer)
    Contract.objects.filter(pk=contract.pk).update(typed={"total_yuan": "五百万"})
    assert "VH-24" in {f["code"] for f in filer.get(url(contract, "findings")).json()["findings"]}
    filer.patch(url(contract), {"total_yuan": "5000000.00"}, format="json")
    answer = filer.get(url(contract, "findings")).json()
    assert "VH-24" not in {f["code"] for f in answer["findings"]}
    assert answer["blocked"] is False


def test_shown_names_are_the_documented_ones(house, filer):
    contract = at_state(house, State.CORRECTING)
    whole = filer.get(url(contract)).json()
    assert set(whole) == set(ContractShown().fields)
    row = filer.get(LIST).json()["results"][0]
    assert set(row) == set(RowShown().fields)


def test_entries_are_those_of_the_pages():
    pages = {name for form in FORM_STEPS.values() for name in form.base_fields} - {"seen"}
    assert set(NAMES) == pages


def test_visitor_is_asked_who_he_is(house):
    contract = at_state(house, State.SUBMITTED)
    for answer in (
        APIClient().get(LIST),
        APIClient().post(LIST, {}, format="json"),
        APIClient().get(url(contract)),
        APIClient().get(url(contract, "certificate")),
    ):
        assert answer.status_code == 401
        assert answer["Content-Type"] == PROBLEM
        assert answer["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("who", ["stranger", "far_reviewer", "operator"])
def test_out_of_sight_is_not_there(house, who):
    contract = at_state(house, State.SUBMITTED)
    api = client(getattr(house, who))
    assert api.get(LIST).json()["results"] == []
    asked = [
        api.get(url(contract)),
        api.get(url(contract, "events")),
        api.get(url(contract, "findings")),
        api.get(url(contract, "attachments")),
        api.get(url(contract, "attachments", Attachment.objects.get().pk)),
        api.get(url(contract, "certificate")),
        api.put(url(contract), {}, format="json"),
        post(api, url(contract, "withdraw")),
        post(api, url(contract, "accept")),
        attach(api, contract),
    ]
    assert {a.status_code for a in asked} == {404}
    assert {a["Content-Type"] for a in asked} == {PROBLEM}


@pytest.mark.parametrize("number", ["0", "9" * 40])
def test_numbers_without_a_filing_are_not_there(house, filer, number):
    contract = draft(house.firm, house.filer)
    assert filer.get(url(number)).status_code == 404
    assert filer.get(url(contract, "attachments", number)).status_code == 404
    assert post(filer, url(number, "submit")).status_code == 404


def test_options_describe_the_address(house, filer):
    assert filer.options(url(draft(house.firm, house.filer))).status_code == 200


def test_draft_is_out_of_the_reviewers_sight(house, reviewer):
    assert reviewer.get(url(draft(house.firm, house.filer))).status_code == 404


@pytest.mark.parametrize("verb", ["accept", "return", "decline", "recognise", "refuse", "propose"])
def test_filer_cannot_decide(house, filer, verb):
    contract = at_state(house, State.SUBMITTED)
    answer = post(filer, url(contract, verb))
    assert answer.status_code == 403
    assert answer.json()["detail"]
    assert Filing.objects.get(pk=contract.pk).state == State.SUBMITTED


@pytest.mark.parametrize("who", ["reader", "official"])
def test_who_only_reads_changes_nothing(house, who):
    contract = at_state(house, State.SUBMITTED)
    api = client(getattr(house, who))
    seen = api.get(url(contract))
    assert seen.json()["allowed_moves"] == []
    for answer in (
        api.patch(url(contract), {"project_name": "x"}, format="json"),
        post(api, url(contract, "withdraw")),
        post(api, url(contract, "accept")),
        post(api, LIST, BODY),
    ):
        assert (answer.status_code, answer.json()["type"]) == (403, "about:blank#denied")


def test_reviewer_of_the_own_enterprise_is_denied(house):
    contract = at_state(house, State.SUBMITTED)
    accounts.Membership.objects.create(user=house.reviewer, enterprise=house.firm, role="reader")
    assert post(client(house.reviewer), url(contract, "accept")).status_code == 403


def test_allowed_moves_are_those_that_work(house, filer, reviewer):
    contract = at_state(house, State.SUBMITTED)
    assert filer.get(url(contract)).json()["allowed_moves"] == ["withdraw"]
    seen = reviewer.get(url(contract)).json()
    assert seen["allowed_moves"] == ["accept", "return_for_correction", "decline", "assign"]
    assert seen["links"]["return_for_correction"].endswith(f"/{contract.pk}/return/")


def test_second_reviewer_is_told_who_was_faster(house, reviewer):
    contract = at_state(house, State.SUBMITTED)
    assert post(reviewer, url(contract, "accept")).status_code == 200
    late = post(client(house.second), url(contract, "accept"))
    assert (late.status_code, late.json()["type"]) == (409, "about:blank#stale")
    assert house.reviewer.get_full_name() in late.json()["detail"]


def test_decided_filing_is_no_longer_changed(house, filer):
    contract = at_state(house, State.SUBMITTED)
    answer = filer.patch(url(contract), {"project_name": "x"}, format="json")
    assert (answer.status_code, answer.json()["type"]) == (409, "about:blank#conflict")
    assert attach(filer, contract).status_code == 409


def test_enterprise_is_named_where_there_are_several(house, filer):
    accounts.Membership.objects.create(user=house.filer, enterprise=house.other_firm)
    assert "enterprise" in faults(post(filer, LIST, {}))
    named = post(filer, LIST, {"enterprise": house.other_firm.credit_code})
    assert named.json()["seller_name"] == house.other_firm.name
    assert post(filer, LIST, {"enterprise": "91330106MA000000XX"}).status_code == 403


def test_enterprise_of_others_is_denied(house, filer):
    answer = post(filer, LIST, {"enterprise": house.other_firm.credit_code})
    assert answer.status_code == 403
    assert not Filing.objects.exists()
