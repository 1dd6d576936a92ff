"""The same request again, two at once, an old ETag; what lists and moves cost."""

import threading

import pytest
from django.db import connection

from contracts.enums import State
from contracts.models import Contract
from tests.conftest import people, seed
from tests.contracts.api_calls import LIST, PROBLEM, at_state, attach, client, faults, post, url
from tests.factories.contracts import (
    SAMPLE,
    draft,
    pdf,
)
from torch_portal.accounts.models import User
from torch_portal.filings.models import Filing

pytestmark = pytest.mark.usefixtures("spring_2020")


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
    with django_assert_num_queries(4):
        assert len(filer.get(LIST).json()["results"]) == rows


def test_costs_of_one_filing(house, filer, reviewer, django_assert_max_num_queries):
    contract = draft(house.firm, house.filer)
    for user in (house.filer, house.reviewer):
        user.__dict__.pop("_standing", None)
    with django_assert_max_num_queries(6):
        filer.get(url(contract))
    with django_assert_max_num_queries(27):
        assert post(filer, url(contract, "submit")).status_code == 200
    with django_assert_max_num_queries(13):
        assert post(reviewer, url(contract, "accept")).status_code == 200
