"""The survey over the API: values, checks, moves; a reviewer's change of a value is 403."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from stats import actions
from stats.enums import State
from stats.models import Assignment, Return
from tests.contracts.api_calls import client, codes, faults, post
from tests.factories import stats as made
from tests.factories.contracts import pdf
from tests.factories.stats import AT, ITEMS, NOTE, SAMPLE
from torch_portal.common import clock

LIST = "/api/v1/stats/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_window(settings):
    """The portal's clock stands in the window of the round."""
    settings.PORTAL_CLOCK_OFFSET = AT - clock.now()


@pytest.fixture
def survey(house):
    return made.open_round({house.firm: house.office, house.other_firm: house.office})


@pytest.fixture
def submitted(house, survey):
    return made.return_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer, round_=survey,
    )  # fmt: skip


def url(report, *parts):
    return LIST + "/".join([str(getattr(report, "pk", report)), *parts]) + "/"


def patch(person, report, values, **headers):
    body = {"values": values}
    return client(person).patch(url(report), body, format="json", headers=headers)


def test_whole_way_of_a_respondent(house, survey):
    api = client(house.filer)
    seats = api.get(f"{LIST}assignments/").json()["results"]
    assert [(seat["credit_code"], seat["filing"]) for seat in seats] == [
        (house.firm.credit_code, None)
    ]
    begun = post(api, LIST, {"assignment": seats[0]["id"]})
    assert begun.status_code == 201
    pk = begun.json()["id"]
    values = {code: value for table in SAMPLE.values() for code, value in table.items()}
    wrong = patch(house.filer, pk, values | {"qc49": "998"})
    assert wrong.json()["values"]["qc49"] == "998"
    checked = post(api, url(pk, "check"), {}).json()
    assert [c["key"] for c in checked["checks"]] == ["CK-101"]
    stopped = post(api, url(pk, "submit"), {})
    assert (stopped.status_code, codes(stopped)) == (422, {"CK-101"})
    short = post(api, url(pk, "explain"), {"key": "CK-101", "text": "四舍五"})
    assert short.status_code == 422
    told = post(api, url(pk, "explain"), {"key": "CK-101", "text": made.WHY})
    assert told.json()["unexplained"] == 0
    sent = post(api, url(pk, "submit"), {})
    assert (sent.status_code, sent.json()["state"]) == (200, State.SUBMITTED)
    body = {"file": pdf("signed.pdf")}
    kept = api.post(url(pk, "scan"), body, format="multipart")
    assert [a["kind"] for a in kept.json()["attachments"]] == ["signed_scan"]


@pytest.mark.parametrize("who", ["reviewer", "province", "torch"])
def test_reviewer_cannot_change_a_value(house, submitted, who):
    person = {"reviewer": house.reviewer, "province": made.province(), "torch": made.torch()}[who]
    answer = patch(person, submitted, {"qc05_0": "1"})
    assert answer.status_code == 403
    assert Return.objects.get(pk=submitted.pk).data["qc05_0"] == "52000"
    moves = client(person).get(url(submitted)).json()["allowed_moves"]
    assert {"return_for_correction", "approve_local", "cancel", "assign"} >= set(moves)


def test_stranger_finds_nothing(house, submitted):
    for person in (house.stranger, house.far_reviewer):
        assert client(person).get(url(submitted)).status_code == 404
        assert patch(person, submitted, {"qc05_0": "1"}).status_code == 404


def test_submitted_values_are_closed_to_the_respondent_too(house, submitted):
    answer = patch(house.filer, submitted, {"qc05_0": "1"})
    assert answer.status_code == 409


def test_unknown_codes_and_names_are_refused_with_what_to_do(house, survey):
    report = actions.start(
        assignment=Assignment.objects.get(enterprise=house.firm), by=house.filer, at=AT
    )
    answer = patch(house.filer, report, {"qzz99": "1", "tdf7a10": "2"})
    assert answer.status_code == 422
    assert set(faults(answer)) == {"qzz99", "tdf7a10"}
    body = {"values": {}, "risk": 0, "color": "red"}
    strange = client(house.filer).patch(url(report), body, format="json")
    assert strange.status_code == 400
    assert {e["code"] for e in strange.json()["errors"]} == {"read_only", "unknown"}


def test_unreadable_value_is_kept_word_for_word(house, survey):
    report = actions.start(
        assignment=Assignment.objects.get(enterprise=house.firm), by=house.filer, at=AT
    )
    answer = patch(house.filer, report, {"qc05_0": "五千万"}).json()
    assert "qc05_0" in answer["unread"]
    assert "qc05_0" not in answer["values"]


def test_second_change_from_an_old_copy_is_412(house, survey):
    report = actions.start(
        assignment=Assignment.objects.get(enterprise=house.firm), by=house.filer, at=AT
    )
    tag = client(house.filer).get(url(report))["ETag"]
    first = patch(house.filer, report, {"qc05_0": "1"}, **{"If-Match": tag})
    assert first.status_code == 200
    second = patch(house.filer, report, {"qc05_0": "2"}, **{"If-Match": tag})
    assert second.status_code == 412


def test_review_by_level_with_reasons_to_the_respondent(house, submitted):
    early = post(client(made.province()), url(submitted, "approve-province"), {})
    assert early.status_code == 409
    unit = client(house.reviewer)
    none = post(unit, url(submitted, "return"), {"items": []})
    assert none.status_code in (400, 422)
    assert post(unit, url(submitted, "approve-local"), {}).json()["state"] == State.LOCAL_APPROVED
    back = post(client(made.province()), url(submitted, "return"), {"items": ITEMS})
    assert back.json()["state"] == State.RETURNED
    seen = client(house.filer).get(url(submitted)).json()
    assert seen["corrections"][0]["remedy"] == ITEMS[0]["remedy"]
    answers = [{"id": seen["corrections"][0]["id"], "answer": "已核对，数据无误"}]
    assert (
        post(client(house.filer), url(submitted, "answers"), {"answers": answers}).status_code
        == 200
    )


def test_cancellation_is_asked_for_and_decided(house, submitted):
    asked = post(client(house.filer), url(submitted, "request-cancellation"), {"note": NOTE})
    assert asked.json()["state"] == State.CANCEL_REQUESTED
    unit = client(house.reviewer)
    kept = post(unit, url(submitted, "refuse-cancellation"), {"note": "仍须在本市填报"})
    assert kept.json()["state"] == State.RETURNED


def test_acceptance_at_the_end_of_the_chain(house, submitted):
    post(client(house.reviewer), url(submitted, "approve-local"), {})
    post(client(made.province()), url(submitted, "approve-province"), {})
    done = post(client(made.torch()), url(submitted, "accept"), {})
    assert done.json()["state"] == State.ACCEPTED
    events = client(house.filer).get(url(submitted, "events")).json()["events"]
    assert [e["move"] for e in events][-3:] == ["approve_local", "approve_province", "accept"]


def test_list_costs_the_same_with_one_and_two_rows(house, survey, submitted):
    api = client(house.reviewer)
    counted = []
    for firm, by in ((None, None), (house.other_firm, house.stranger)):
        if firm:
            made.return_at(
                State.SUBMITTED, firm=firm, by=by, office=house.office,
                examiner=house.reviewer, round_=survey,
            )  # fmt: skip
        api.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            rows = api.get(LIST).json()["results"]
        counted.append(len(asked))
    assert len(rows) == 2
    assert counted[0] == counted[1] <= 8
    assert "values" not in rows[0]


def test_filters_and_what_they_do_not_know(house, submitted):
    api = client(house.reviewer)
    assert len(api.get(LIST, {"state": "submitted"}).json()["results"]) == 1
    assert api.get(LIST, {"state": "accepted"}).json()["results"] == []
    assert api.get(LIST, {"state": "strange"}).status_code == 400
    assert api.get(f"{LIST}assignments/", {"round": "x"}).status_code == 400


def test_findings_rounds_and_published_tables(house, survey, submitted):
    api = client(house.filer)
    assert api.get(url(submitted, "findings")).status_code == 200
    rounds = api.get(f"{LIST}rounds/").json()["rounds"]
    assert [(r["id"], r["state"]) for r in rounds] == [(survey.pk, "open")]
    assert APIClient().get(f"{LIST}tables/").json() == {"tables": []}
