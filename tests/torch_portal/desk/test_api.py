"""The API that all lines share: tokens, rules without a filing, verification, description."""

import io
import json

import pytest
from django.core.cache import cache
from django.core.management import call_command
from rest_framework.test import APIClient

from contracts.enums import State
from tests.contracts.api_calls import LIST, PROBLEM, at_state, faults
from tests.factories import accounts
from torch_portal.certificates.models import Certificate


@pytest.fixture(autouse=True)
def unthrottled():
    """Throttles begin anew."""
    cache.clear()


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
    guesses = [{"username": f"filer{n}", "password": "x"} for n in range(11)]
    answers = [api.post("/api/v1/token/", sent, format="json") for sent in guesses]
    assert [a.status_code for a in answers] == [400] * 10 + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert answers[-1]["Content-Type"] == PROBLEM


def test_session_is_enough_with_its_csrf_token(house):
    api = APIClient(enforce_csrf_checks=True)
    api.force_login(house.filer)
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
