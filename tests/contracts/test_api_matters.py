"""The matters after a decision over the API."""

import pytest

from contracts import actions
from contracts.enums import State
from tests.contracts.api_calls import at_state, client, post, url
from tests.factories.contracts import AT, pdf

pytestmark = pytest.mark.usefixtures("spring_2020")


@pytest.fixture
def asked(house):
    """A registered contract and an open request to deregister it."""
    contract = at_state(house, State.RECOGNISED)
    followup = actions.request_deregistration(
        contract=contract, reason="解除", files=[pdf()], by=house.filer, at=AT
    )
    return contract, followup


def test_matters_are_read_by_both_sides(filer, reviewer, house, asked):
    contract, followup = asked
    for api in (filer, reviewer):
        (row,) = api.get(url(contract, "matters")).json()["matters"]
        assert (row["id"], row["kind"], row["state"]) == (followup.pk, "deregistration", "open")
    assert client(house.stranger).get(url(contract, "matters")).status_code == 404


def test_agency_grants_once_for_a_key(filer, reviewer, asked):
    contract, followup = asked
    there = url(contract, "matters", followup.pk, "grant")
    assert post(filer, there).status_code == 403
    first = post(reviewer, there, {"note": "证明属实"}, **{"Idempotency-Key": "m"})
    again = post(reviewer, there, {"note": "证明属实"}, **{"Idempotency-Key": "m"})
    assert (first.json()["state"], again.json()) == ("granted", first.json())
    assert reviewer.get(url(contract)).json()["state"] == "deregistered"
    assert post(reviewer, there).status_code == 409


def test_refusal_needs_a_reason(reviewer, asked):
    contract, followup = asked
    there = url(contract, "matters", followup.pk, "refuse")
    assert post(reviewer, there, {"note": " "}).status_code == 422
    assert post(reviewer, there, {"note": "证明不足"}).json()["answer"] == "证明不足"


def test_who_asked_withdraws(filer, reviewer, asked):
    contract, followup = asked
    there = url(contract, "matters", followup.pk, "withdraw")
    assert post(reviewer, there).status_code == 403
    assert post(filer, there).json()["state"] == "withdrawn"
    assert post(filer, url(contract, "matters", 999_999, "withdraw")).status_code == 404


def test_revocation_over_the_api_takes_two_people(house, filer, reviewer):
    contract = at_state(house, State.RECOGNISED)
    sent = {"grounds": ["RV-3"], "note": "与在先登记相同"}
    noticed = post(reviewer, url(contract, "notify-revocation"), sent).json()
    assert noticed["state"] == "revocation_noticed"
    assert noticed["certificate"]["status"] == "valid"
    assert post(client(house.second), url(contract, "revoke"), {"note": "x"}).status_code == 422
    (row,) = filer.get(url(contract, "matters")).json()["matters"]
    assert row["grounds"] == ["RV-3"]
    dropped = post(reviewer, url(contract, "drop-revocation"), {"note": "属实"}).json()
    assert dropped["state"] == "recognised"
