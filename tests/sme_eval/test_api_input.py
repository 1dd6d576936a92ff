"""What the API of evaluations refuses to read, and what the rules stop."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sme_eval.enums import State
from sme_eval.models import Evaluation, Project
from tests.factories import accounts
from tests.factories.sme_eval import ITEMS, draft
from tests.sme_eval.api_calls import (
    BODY,
    LIST,
    PROBLEM,
    attach,
    client,
    codes,
    faults,
    post,
    url,
)
from torch_portal.filings.models import Attachment, Filing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring_2020")]
PROJECT, RIGHT = BODY["projects"][0], BODY["ip_rights"][0]
ROUTE = {"route": "standard", "title": "GB/T 1", "level": "national", "unit_rank": 1,
         "dated_on": "2019-01-01"}  # fmt: skip


@pytest.fixture
def filer(house):
    return client(house.filer)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"staff_total": "50.005"}, "staff_total"),
        ({"staff_total": 50}, "staff_total"),
        ({"staff_total": "10000000.00"}, "staff_total"),
        ({"revenue": "-1.00"}, "revenue"),
        ({"revenue": "1,200.50"}, "revenue"),
        ({"revenue": "1000000000000.00"}, "revenue"),
        ({"senior_titles": -1}, "senior_titles"),
        ({"senior_titles": "many"}, "senior_titles"),
        ({"established_on": "20/05/2016"}, "established_on"),
        ({"audited_tax": "perhaps"}, "audited_tax"),
        ({"no_ip": None}, "no_ip"),
        ({"rd_basis": "profit"}, "rd_basis"),
        ({"main_products": "长" * 401}, "main_products"),
        ({"colour": "red"}, "colour"),
        ({"state": "entered"}, "state"),
        ({"points": {"total": 100}}, "points"),
        ({"registration_number": "202033010600000001"}, "registration_number"),
        ({"projects": [PROJECT, PROJECT | {"cost": "1.005"}]}, "projects[1].cost"),
        ({"projects": [PROJECT | {"cost": 5}]}, "projects[0].cost"),
        ({"projects": [PROJECT | {"cost": None}]}, "projects[0].cost"),
        ({"projects": [PROJECT, {"name": "x", "form": "self"}]}, "projects[1].cost"),
        ({"projects": [PROJECT | {"form": "alone"}]}, "projects[0].form"),
        ({"projects": [PROJECT | {"name": " "}]}, "projects[0].name"),
        ({"projects": [PROJECT | {"yuan": "5"}]}, "projects[0].yuan"),
        ({"projects": ["x"]}, "projects[0]"),
        ({"projects": PROJECT}, "projects"),
        ({"projects": [PROJECT] * 101}, "projects"),
        ({"ip_rights": [RIGHT, RIGHT | {"granted_on": None}]}, "ip_rights[1].granted_on"),
        ({"ip_rights": [RIGHT | {"expires_on": RIGHT["granted_on"]}]}, "ip_rights[0].expires_on"),
        ({"ip_rights": [RIGHT | {"kind": "trademark"}]}, "ip_rights[0].kind"),
        ({"routes": [ROUTE | {"level": ""}]}, "routes[0].level"),
        ({"routes": [ROUTE | {"unit_rank": 0}]}, "routes[0].unit_rank"),
        ({"routes": [ROUTE | {"source": "me"}]}, "routes[0].source"),
        ({"routes": [{"route": "hnte_certificate", "title": "GR2019"}]}, "routes[0].valid_to"),
    ],
)  # fmt: skip
def test_unreadable_entry_is_named(house, filer, body, field):
    evaluation = draft(house.firm, house.filer)
    for answer in (
        post(filer, LIST, body),
        filer.patch(url(evaluation), body, format="json"),
        filer.put(url(evaluation), body, format="json"),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
        assert field in faults(answer), faults(answer)
        assert faults(answer)[field]["message"]
    assert Evaluation.objects.get().saved_version == 1
    assert Project.objects.count() == 2


def test_faults_are_told_all_at_once(filer):
    body = {"revenue": "x", "colour": "red", "projects": [{"cost": "1.234"}]}
    found = set(faults(post(filer, LIST, body)))
    assert found == {"revenue", "colour", "projects[0].name", "projects[0].form",
                     "projects[0].cost"}  # fmt: skip


def test_rows_of_the_longest_tables_are_kept(house, filer):
    evaluation = draft(house.firm, house.filer)
    body = {"projects": [PROJECT] * 100, "ip_rights": [RIGHT] * 200, "routes": [ROUTE] * 8}
    answer = filer.patch(url(evaluation), body, format="json").json()
    assert [len(answer[name]) for name in body] == [100, 200, 8]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"established_on": None}, "blank", "established_on"),
        ({"restricted_industry": True}, None, "restricted_industry"),
        ({"rd_cost": "300.01"}, None, "rd_cost"),
        ({"no_projects": True}, "none_said", None),
    ],
)
def test_rule_stops_the_submission(house, filer, values, code, field):
    evaluation = draft(house.firm, house.filer)
    assert filer.patch(url(evaluation), values, format="json").status_code == 200
    answer = post(filer, url(evaluation, "submit"))
    assert answer.status_code == 422
    blocks = [r for r in answer.json()["errors"] if r["level"] == "block"]
    assert code is None or code in {r["code"] for r in blocks}
    assert field is None or field in {r["field"] for r in blocks}
    assert Filing.objects.get(pk=evaluation.pk).state == State.DRAFT


def test_score_on_both_sides_of_sixty(house, filer):
    evaluation = draft(house.firm, house.filer)
    little = {"staff_st": "10.00", "ip_rights": [], "no_ip": True}
    for cost, status in (("299.99", 422), ("300.00", 200)):
        rows = {"rd_cost": cost, "projects": [PROJECT | {"cost": cost}]}
        assert filer.patch(url(evaluation), little | rows, format="json").status_code == 200
        answer = post(filer, url(evaluation, "submit"))
        assert answer.status_code == status, answer.json()


def test_second_evaluation_of_the_year_is_stopped(house, filer, at_state):
    at_state(State.SUBMITTED)
    again = draft(house.firm, house.filer)
    assert "year" in codes(post(filer, url(again, "submit")))


def test_bad_files_are_named_and_none_is_kept(house, filer):
    evaluation = draft(house.firm, house.filer)
    bad = SimpleUploadedFile("执照.pdf", b"#!/bin/sh\n", "application/pdf")
    answer = attach(filer, evaluation, upload=bad)
    assert (answer.status_code, codes(answer)) == (422, {"bad_upload"})
    assert "kind" in faults(attach(filer, evaluation, kind="selfie"))
    assert Attachment.objects.count() == 3
    assert attach(filer, evaluation, kind="ip_proof").status_code == 201


def test_correction_list_is_complete_or_refused(house, at_state):
    evaluation = at_state(State.SUBMITTED)
    reviewer = client(house.reviewer)
    assert post(reviewer, url(evaluation, "return")).status_code == 422
    wrong = post(reviewer, url(evaluation, "return"), {"items": [ITEMS[0] | {"problem": "ugly"}]})
    assert "items[0].problem" in faults(wrong)


def test_enterprise_is_named_where_there_are_several(house, filer):
    accounts.Membership.objects.create(user=house.filer, enterprise=house.other_firm)
    assert "enterprise" in faults(post(filer, LIST, {}))
    named = post(filer, LIST, {"enterprise": house.other_firm.credit_code})
    assert named.json()["enterprise"]["name"] == house.other_firm.name


def test_agency_is_chosen_where_several_cover_the_place(house, filer):
    accounts.agency("330001", "33")
    evaluation = draft(house.firm, house.filer)
    listed = filer.get(url(evaluation)).json()["agencies"]
    assert {a["code"] for a in listed} == {"330001", "330101"}
    assert "agency" in faults(post(filer, url(evaluation, "submit")))
    assert "agency" in faults(post(filer, url(evaluation, "submit"), {"agency": "999999"}))
    sent = post(filer, url(evaluation, "submit"), {"agency": "330001"})
    assert sent.json()["agency"]["code"] == "330001"
