"""What the API refuses to read, and what the rules stop."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contracts.enums import State
from contracts.models import Contract
from tests.contracts.api_calls import (
    BODY,
    LIST,
    PROBLEM,
    at_state,
    attach,
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
    pdf_bytes,
    png_bytes,
)
from torch_portal.filings.models import Attachment, Filing

pytestmark = pytest.mark.usefixtures("spring_2020")


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
