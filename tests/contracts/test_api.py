"""The API of technology contracts: one filing end to end, who may, what is refused and how."""

import io
import json
import threading

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.api.answers import ContractShown, RowShown
from contracts.api.entries import NAMES
from contracts.enums import State
from contracts.forms import FORM_STEPS
from contracts.models import Contract
from tests.conftest import people, seed
from tests.factories import accounts
from tests.factories.contracts import (
    AT,
    COSTS,
    ITEMS,
    SAMPLE,
    contract_at,
    draft,
    pdf,
    pdf_bytes,
    png_bytes,
)
from torch_portal.accounts.models import User
from torch_portal.certificates.models import Certificate
from torch_portal.common.money import plain
from torch_portal.filings.models import Attachment, Filing

LIST = "/api/v1/contracts/"
PROBLEM = "application/problem+json"
BODY = {
    name: plain(value) if name == "total_yuan" else getattr(value, "isoformat", lambda v=value: v)()
    for name, value in SAMPLE.items()
} | {"deductions": [{"kind": c["kind"], "amount_yuan": plain(c["amount_yuan"])} for c in COSTS]}


@pytest.fixture(autouse=True)
def spring_2020(settings):
    """The API's clock stands at the factories' moment; throttles begin anew."""
    settings.PORTAL_CLOCK_OFFSET = AT - timezone.now()
    cache.clear()


def client(user):
    api = APIClient()
    api.force_authenticate(user)
    return api


@pytest.fixture
def filer(house):
    return client(house.filer)


@pytest.fixture
def reviewer(house):
    return client(house.reviewer)


def at_state(house, state, **values):
    return contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
        **values,
    )  # fmt: skip


def url(contract, *parts):
    return LIST + "/".join([str(getattr(contract, "pk", contract)), *map(str, parts)]) + "/"


def post(api, address, body=None, **headers):
    return api.post(address, body or {}, format="json", headers=headers)


def faults(answer):
    return {row["field"]: row for row in answer.json()["errors"]}


def codes(answer):
    return {row["code"] for row in answer.json()["errors"]}


def attach(api, contract, upload=None, kind="contract_text", **headers):
    body = {"kind": kind, "file": upload or pdf()}
    return api.post(url(contract, "attachments"), body, format="multipart", headers=headers)


# --- one filing, end to end -------------------------------------------------------------------


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

    for number, (verb, state) in enumerate((("deregister", "deregistered"), ("revoke", "revoked"))):
        granted = at_state(
            house, State.RECOGNISED, project_name=verb, total_yuan=SAMPLE["total_yuan"] - 2 - number
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


# --- who may ----------------------------------------------------------------------------------


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
    assert seen["allowed_moves"] == ["accept", "return_for_correction", "decline"]
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


# --- bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"buyer_code": "91330106MAE942HR7A"}, "buyer_code"),
        ({"seller_division": "3301"}, "seller_division"),
        ({"total_yuan": "-1.00"}, "total_yuan"),
        ({"total_yuan": "1.005"}, "total_yuan"),
        ({"total_yuan": 1.5}, "total_yuan"),
        ({"total_yuan": 100}, "total_yuan"),
        ({"total_yuan": "99999999999999999.00"}, "total_yuan"),
        ({"technical_yuan": "9000000.00"}, "technical_yuan"),
        ({"fixed_technical_yuan": "1.00"}, "fixed_technical_yuan"),
        ({"state": "recognised"}, "state"),
        ({"colour": "red"}, "colour"),
        ({"kind": "purchase"}, "kind"),
        ({"signed_on": "26/02/2020"}, "signed_on"),
        ({"royalty_rate": "3.5"}, "royalty_rate"),
        ({"royalty_rate": "1.000001"}, "royalty_rate"),
        ({"carrier_sets": -1}, "carrier_sets"),
        ({"contains": ["software"]}, "contains[0]"),
        ({"project_name": "长" * 201}, "project_name"),
        ({"deductions": [{"kind": "parts", "amount_yuan": "-5"}]}, "deductions[0].amount_yuan"),
        (
            {"deductions": [{"kind": "parts", "amount_yuan": "5"}, {"kind": "tax"}]},
            "deductions[1].kind",
        ),
        (
            {"deductions": [{"kind": "parts", "amount_yuan": "5", "yuan": "5"}]},
            "deductions[0].yuan",
        ),
        ({"seller_code": accounts.LANGTU}, "seller_code"),
        ({"applicant": "buyer", "buyer_division": "330105"}, "buyer_division"),
    ],
)  # fmt: skip
def test_unreadable_entry_is_named(house, filer, body, field):
    contract = draft(house.firm, house.filer)
    for answer in (
        post(filer, LIST, body),
        filer.patch(url(contract), body, format="json"),
        filer.put(url(contract), body, format="json"),
    ):
        assert answer.status_code == 400
        assert answer["Content-Type"] == PROBLEM
        assert field in faults(answer)
        assert faults(answer)[field]["message"]
    assert Contract.objects.get().saved_version == 1


def test_own_entries_may_be_repeated_as_registered(house, filer):
    own = {"seller_code": accounts.ZHIWEI, "seller_name": house.firm.name, "seller_division": ""}
    answer = post(filer, LIST, own)
    assert (answer.status_code, answer.json()["seller_division"]) == (201, "330106")


def test_faults_are_told_all_at_once(filer):
    answer = post(filer, LIST, {"total_yuan": "x", "colour": "red", "buyer_code": "1"})
    assert set(faults(answer)) == {"total_yuan", "colour", "buyer_code"}


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"total_yuan": "0"}, "VH-05", "total_yuan"),
        ({"kind": "licence", "subkind": "lic_patent_ordinary"}, "VH-08", "kind"),
        ({"form": "oral"}, "VH-01", "form"),
        ({"deductions": [{"kind": "parts", "amount_yuan": "5230000.01"}]}, "VH-05", None),
    ],
)
def test_rule_stops_the_submission(house, filer, values, code, field):
    contract = draft(house.firm, house.filer)
    assert filer.patch(url(contract), values, format="json").status_code == 200
    answer = post(filer, url(contract, "submit"), {"agency": "330101"})
    assert answer.status_code == 422
    rows = [r for r in answer.json()["errors"] if r["code"] == code]
    assert rows
    assert field is None or field in {r["field"] for r in rows}
    assert Filing.objects.get(pk=contract.pk).state == State.DRAFT


def test_amount_on_both_sides_of_the_total(house, filer):
    contract = draft(house.firm, house.filer)
    for cost, status in (("5230000.00", 422), ("5229999.99", 200)):
        body = {"deductions": [{"kind": "parts", "amount_yuan": cost}]}
        assert filer.patch(url(contract), body, format="json").status_code == 200
        assert post(filer, url(contract, "submit")).status_code == status


def test_classified_contract_is_stopped_before_anything_is_kept(house, filer):
    for said in (True, "true", 1):
        answer = post(filer, LIST, BODY | {"classified": said, "total_yuan": "?"})
        assert answer.status_code == 422
        assert "VH-11" in codes(answer)
    assert not Filing.objects.exists()
    contract = draft(house.firm, house.filer)
    answer = filer.patch(url(contract), {"classified": True, "project_name": "x"}, format="json")
    assert (answer.status_code, codes(answer)) == (422, {"VH-11"})
    assert Contract.objects.get().project_name == SAMPLE["project_name"]
    assert post(filer, LIST, {"classified": False}).status_code == 201


def test_script_named_pdf_is_not_kept(house, filer):
    contract = draft(house.firm, house.filer)
    script = SimpleUploadedFile("合同.pdf", b"#!/bin/sh\nrm -rf /\n", "application/pdf")
    answer = attach(filer, contract, script)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "bad_upload"
    assert "合同.pdf" in answer.json()["errors"][0]["message"]
    assert Attachment.objects.count() == 1


def test_one_bad_file_keeps_the_others_out(house, filer):
    contract = draft(house.firm, house.filer)
    files = [
        SimpleUploadedFile("a.png", png_bytes(), "image/png"),
        SimpleUploadedFile("b.pdf", b"no", "application/pdf"),
        SimpleUploadedFile("c.pdf", b"", "application/pdf"),
    ]
    body = {"kind": "other", "file": files}
    answer = filer.post(url(contract, "attachments"), body, format="multipart")
    assert [len(answer.json()["errors"]), answer.status_code] == [2, 422]
    assert Attachment.objects.count() == 1
    files = [SimpleUploadedFile("a.png", png_bytes()), pdf(pages=3)]
    body = {"kind": "other", "files": files}
    answer = filer.post(url(contract, "attachments"), body, format="multipart")
    assert [a["content_type"] for a in answer.json()["attachments"]] == [
        "image/png", "application/pdf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "contract_text"}, "file"),
        ({"file": "no file"}, "kind"),
        ({"kind": "selfie"}, "kind"),
        ({"kind": "other", "colour": "red"}, "colour"),
    ],
)
def test_attachment_needs_kind_and_file(house, filer, body, field):
    contract = draft(house.firm, house.filer)
    answer = filer.post(url(contract, "attachments"), body, format="multipart")
    assert answer.status_code == 400
    assert field in faults(answer)


def test_attachment_out_and_in_again(house, filer):
    contract = draft(house.firm, house.filer)
    row = filer.get(url(contract, "attachments")).json()["attachments"][0]
    own = row["url"].removeprefix("http://testserver")
    answer = filer.get(own)
    assert b"".join(answer.streaming_content) == pdf_bytes(1)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert filer.delete(own).status_code == 204
    assert filer.get(url(contract)).json()["attachments"] == []
    assert filer.delete(own).status_code == 404


@pytest.mark.parametrize(
    "text", ["{", '{"a": 1, "a": 2}', '{"total_yuan": NaN}', "[" * 100_000, '"text"', "[]", "\xff"]
)
def test_body_that_is_no_object_is_refused(filer, text):
    answer = filer.generic("POST", LIST, text.encode("latin-1"), content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == PROBLEM
    assert not Filing.objects.exists()


def test_body_too_large_is_refused(filer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    fits = json.dumps({"project_name": "x" * 77})
    assert len(fits) == 97
    for extra, status in ((3, 201), (4, 413)):
        body = fits + " " * extra
        answer = filer.generic("POST", LIST, body, content_type="application/json")
        assert answer.status_code == status


def test_other_media_type_is_refused(filer):
    assert filer.post(LIST, "a=b", content_type="text/plain").status_code == 415


def test_correction_list_is_complete_or_refused(house, reviewer):
    contract = at_state(house, State.SUBMITTED)
    assert codes(post(reviewer, url(contract, "return"))) == {"VH-23"}
    bad = {"items": [ITEMS[0] | {"remedy": " "}]}
    assert codes(post(reviewer, url(contract, "return"), bad)) == {"VH-23"}
    wrong = post(reviewer, url(contract, "return"), {"items": [ITEMS[0] | {"problem": "ugly"}]})
    assert "items[0].problem" in faults(wrong)


@pytest.mark.parametrize(
    ("state", "verb", "body"),
    [
        (State.SUBMITTED, "decline", {}),
        (State.ACCEPTED, "refuse", {}),
        (State.ACCEPTED, "refuse", {"grounds": ["RF-9"]}),
        (State.ACCEPTED, "fix-technical-amount", {"amount_yuan": "1.00"}),
        (State.ACCEPTED, "fix-technical-amount", {"amount_yuan": "5230000.01", "note": "x"}),
        (State.ACCEPTED, "fix-technical-amount", {"amount_yuan": "0", "note": "x"}),
        (State.RECOGNISED, "revoke", {"note": " "}),
    ],
)
def test_decision_without_its_reason_is_refused(house, reviewer, state, verb, body):
    contract = at_state(house, state)
    answer = post(reviewer, url(contract, verb), body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["clause"]
    assert Filing.objects.get(pk=contract.pk).state == state


def test_agency_is_chosen_where_several_cover_the_place(house, filer):
    accounts.agency("330001", "33")
    contract = draft(house.firm, house.filer)
    listed = filer.get(url(contract)).json()["agencies"]
    assert {a["code"] for a in listed} == {"330001", "330101"}
    assert "agency" in faults(post(filer, url(contract, "submit")))
    assert "agency" in faults(post(filer, url(contract, "submit"), {"agency": "999999"}))
    assert "VH-03" in codes(post(filer, url(contract, "submit"), {"agency": "320101"}))
    sent = post(filer, url(contract, "submit"), {"agency": "330001"})
    assert sent.json()["agency"]["code"] == "330001"


# --- ETag -------------------------------------------------------------------------------------


def test_stale_if_match_is_refused(house, filer):
    contract = draft(house.firm, house.filer)
    first = filer.get(url(contract))["ETag"]
    saved = filer.patch(
        url(contract), {"project_name": "一"}, format="json", headers={"If-Match": first}
    )
    assert saved.status_code == 200
    for change in (filer.patch, filer.put):
        late = change(
            url(contract), {"project_name": "二"}, format="json", headers={"If-Match": first}
        )
        assert late.status_code == 412
        assert late["Content-Type"] == PROBLEM
    assert Contract.objects.get().project_name == "一"
    again = filer.patch(
        url(contract),
        {"project_name": "三"},
        format="json",
        headers={"If-Match": f'"0.0", {saved["ETag"]}'},
    )
    assert again.status_code == 200
    assert (
        filer.patch(url(contract), {}, format="json", headers={"If-Match": "*"}).status_code == 200
    )


def test_move_heeds_if_match(house, filer):
    contract = draft(house.firm, house.filer)
    seen = filer.get(url(contract))["ETag"]
    filer.patch(url(contract), {"project_name": "一"}, format="json")
    assert post(filer, url(contract, "submit"), **{"If-Match": seen}).status_code == 412
    seen = filer.get(url(contract))["ETag"]
    assert post(filer, url(contract, "submit"), **{"If-Match": seen}).status_code == 200


def test_unchanged_filing_is_not_sent_again(house, filer):
    contract = draft(house.firm, house.filer)
    tag = filer.get(url(contract))["ETag"]
    same = filer.get(url(contract), headers={"If-None-Match": tag})
    assert (same.status_code, same["ETag"]) == (304, tag)
    attach(filer, contract, pdf(pages=2))
    changed = filer.get(url(contract), headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_certificate_that_became_ready_changes_the_etag(
    house, filer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as after_commit:
        contract = at_state(house, State.RECOGNISED)
    tag = filer.get(url(contract))["ETag"]
    for callback in after_commit:
        callback()
    assert filer.get(url(contract), headers={"If-None-Match": tag}).json()["certificate"]["ready"]


# --- Idempotency-Key --------------------------------------------------------------------------


def test_draft_is_begun_once_for_a_key(filer):
    first = post(filer, LIST, {"project_name": "一"}, **{"Idempotency-Key": "k-1"})
    again = post(filer, LIST, {"project_name": "一"}, **{"Idempotency-Key": "k-1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Idempotent-Replay"] == "true"
    assert (again["Location"], again["ETag"]) == (first["Location"], first["ETag"])
    assert "Idempotent-Replay" not in first
    assert Filing.objects.count() == 1


def test_key_for_another_request_is_refused(filer):
    post(filer, LIST, {"project_name": "一"}, **{"Idempotency-Key": "k-1"})
    other = post(filer, LIST, {"project_name": "二"}, **{"Idempotency-Key": "k-1"})
    assert (other.status_code, other["Content-Type"]) == (409, PROBLEM)
    assert Filing.objects.count() == 1


def test_move_is_made_once_for_a_key(house, filer, reviewer):
    contract = draft(house.firm, house.filer)
    address = url(contract, "submit")
    first = post(filer, address, **{"Idempotency-Key": "s"}).json()
    again = post(filer, address, **{"Idempotency-Key": "s"})
    assert (again.status_code, again.json()) == (200, first)
    assert post(filer, address).status_code == 409
    assert post(reviewer, url(contract, "accept"), **{"Idempotency-Key": "s"}).status_code == 200
    assert contract.filing.events.filter(move="submit").count() == 1


def test_refusal_does_not_burn_the_key(house, filer):
    contract = draft(house.firm, house.filer, form="oral")
    address = url(contract, "submit")
    assert post(filer, address, **{"Idempotency-Key": "s"}).status_code == 422
    filer.patch(url(contract), {"form": "written"}, format="json")
    assert post(filer, address, **{"Idempotency-Key": "s"}).status_code == 200


def test_submissions_at_once_under_one_key_are_one(transactional_db):
    seed()
    house = people()
    contract = draft(house.firm, house.filer)
    answers, gate = [], threading.Barrier(2)

    def send():
        try:
            gate.wait(20)
            user = User.objects.get(pk=house.filer.pk)
            key = {"Idempotency-Key": "one"}
            answers.append(post(client(user), url(contract, "submit"), **key))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [a.status_code for a in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert sorted("Idempotent-Replay" in a for a in answers) == [False, True]
    assert contract.filing.events.filter(move="submit").count() == 1


def test_upload_is_taken_once_for_a_key(house, filer):
    contract = draft(house.firm, house.filer)
    first = attach(filer, contract, pdf(pages=2), **{"Idempotency-Key": "u"})
    again = attach(filer, contract, pdf(pages=2), **{"Idempotency-Key": "u"})
    assert again.json() == first.json()
    assert again["Idempotent-Replay"] == "true"
    other = attach(filer, contract, pdf(pages=3), **{"Idempotency-Key": "u"})
    assert other.status_code == 409


# --- lists and their cost ---------------------------------------------------------------------


def test_list_pages_and_filters(house, filer, reviewer):
    sent = at_state(house, State.SUBMITTED)
    draft(house.firm, house.filer, project_name="二")
    page = filer.get(LIST, {"page_size": 1}).json()
    assert [r["project_name"] for r in page["results"]] == ["二"]
    following = filer.get(page["next"]).json()
    assert [r["id"] for r in following["results"]] == [sent.pk]
    assert [r["id"] for r in reviewer.get(LIST).json()["results"]] == [sent.pk]
    assert [r["state"] for r in filer.get(LIST, {"state": "draft"}).json()["results"]] == ["draft"]
    assert len(filer.get(LIST, {"stage": "submitted"}).json()["results"]) == 1
    assert len(filer.get(LIST, {"number": sent.filing.number}).json()["results"]) == 1
    assert filer.get(LIST, {"number": "HT-0"}).json()["results"] == []
    assert "state" in faults(filer.get(LIST, {"state": "asleep"}))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_row_and_three(house, filer, rows, django_assert_num_queries):
    for number in range(rows):
        at_state(
            house, State.RECOGNISED, project_name=str(number),
            total_yuan=SAMPLE["total_yuan"] - number,
        )  # fmt: skip
    house.filer.__dict__.pop("_standing", None)
    with django_assert_num_queries(5):
        assert len(filer.get(LIST).json()["results"]) == rows


def test_costs_of_one_filing(house, filer, reviewer, django_assert_max_num_queries):
    contract = draft(house.firm, house.filer)
    for user in (house.filer, house.reviewer):
        user.__dict__.pop("_standing", None)
    with django_assert_max_num_queries(6):
        filer.get(url(contract))
    with django_assert_max_num_queries(20):
        assert post(filer, url(contract, "submit")).status_code == 200
    with django_assert_max_num_queries(10):
        assert post(reviewer, url(contract, "accept")).status_code == 200


# --- what all lines share ---------------------------------------------------------------------


def test_token_against_name_and_password(house):
    api = APIClient()
    wrong = api.post("/api/v1/token/", {"username": "filer", "password": "x"}, format="json")
    assert (wrong.status_code, wrong["Content-Type"]) == (400, PROBLEM)
    sent = {"username": "filer", "password": accounts.PASSWORD}
    token = api.post("/api/v1/token/", sent, format="json").json()["token"]
    api.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert api.get(LIST).status_code == 200
    assert api.delete("/api/v1/token/").status_code == 204
    assert api.get(LIST).status_code == 401
    assert api.post("/api/v1/token/", sent, format="json").json()["token"] != token


def test_token_guesses_are_slowed_down(house):
    api = APIClient()
    sent = {"username": "filer", "password": "x"}
    answers = [api.post("/api/v1/token/", sent, format="json") for _try in range(11)]
    assert [a.status_code for a in answers] == [400] * 10 + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert answers[-1]["Content-Type"] == PROBLEM


def test_session_is_enough_with_its_csrf_token(house):
    api = APIClient(enforce_csrf_checks=True)
    api.login(username="filer", password=accounts.PASSWORD)
    assert api.get(LIST).status_code == 200
    assert api.post(LIST, {}, format="json").status_code == 403


FACTS = {
    "form": "written", "kind": "development", "subkind": "DEV-E", "signed_on": "2020-02-26",
    "starts_on": "2020-03-01", "ends_on": "2021-12-31", "accepted_on": "2020-03-02",
    "jurisdiction": "33", "seller_division": "330106", "agency_division": "3301",
    "applicant": "seller", "classified": False, "total_yuan": "100",
}  # fmt: skip


def test_assess_without_an_account(db):
    answer = APIClient().post("/api/v1/assess/contracts/", FACTS, format="json")
    assert answer.status_code == 200
    assert answer.json()["values"]["technical_yuan"] == "100.00"
    assert answer.json()["line"] == "contracts"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (FACTS | {"total_yuan": 100.5}, "total_yuan"),
        (FACTS | {"colour": "red"}, "colour"),
        ({}, "form"),
        ([], ""),
    ],
)
def test_assess_names_what_is_malformed(db, facts, field):
    answer = APIClient().post("/api/v1/assess/contracts/", facts, format="json")
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert answer.json()["errors"][0]["field"] == field


def test_assess_is_rate_limited(db):
    api = APIClient()
    answers = [api.post("/api/v1/assess/contracts/", FACTS, format="json") for _n in range(61)]
    assert [answers[59].status_code, answers[60].status_code] == [200, 429]


def test_unknown_addresses_are_problems(db):
    for answer in (
        APIClient().post("/api/v1/assess/fishing/", {}, format="json"),
        APIClient().get("/api/v1/nothing/"),
        APIClient().put("/api/v1/nothing/"),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
    moved = APIClient().post("/api/v1/contracts?x=1", {}, format="json")
    assert (moved.status_code, moved["Location"]) == (308, "/api/v1/contracts/?x=1")


def test_verify_unknown_and_half_a_question(db):
    api = APIClient()
    told = api.get("/api/v1/verify/", {"number": "1", "code": "2"}).json()
    assert (told["valid"], told["status"], told["certificate"]) == (False, "unknown", None)
    assert set(faults(api.get("/api/v1/verify/", {"number": "1"}))) == {"code"}


def test_verify_of_a_revoked_certificate(house):
    at_state(house, State.REVOKED)
    found = Certificate.objects.get()
    query = {"number": found.number, "code": found.verify_code}
    told = APIClient().get("/api/v1/verify/", query).json()
    assert (told["valid"], told["status"]) == (False, "revoked")


def test_schema_is_valid_and_without_warnings(capsys):
    out = io.StringIO()
    call_command(
        "spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json", stdout=out
    )
    told = json.loads(out.getvalue() or capsys.readouterr().out)
    assert told["openapi"].startswith("3.")
    moves = {p.split("/")[-2] for p in told["paths"] if p.startswith("/api/v1/contracts/{id}/")}
    assert {"submit", "withdraw", "accept", "return", "decline", "recognise", "refuse"} <= moves
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            refused = operation["responses"]["404"]["content"]
            assert refused[PROBLEM]["schema"]["$ref"].endswith("/Problem"), (path, method)


def test_schema_is_public(db):
    assert APIClient().get("/api/v1/schema/").status_code == 200


def test_entries_are_those_of_the_pages():
    pages = {name for form in FORM_STEPS.values() for name in form.base_fields} - {"seen"}
    assert set(NAMES) == pages
