"""The API of applications: one from draft to acceptance, batches, many at once, bad input."""

import datetime
import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from hitech_cert.api.answers import ApplicationRowShown, ApplicationShown
from hitech_cert.enums import Channel, State
from hitech_cert.models import Application, Intake, Project
from tests.factories import accounts
from tests.factories import hitech_cert as made
from tests.hitech_cert.api_calls import (
    BATCHES,
    BODY,
    LIST,
    PROBLEM,
    attach_all,
    client,
    codes,
    faults,
    post,
    url,
)
from torch_portal.accounts import keys
from torch_portal.filings.models import Filing

LIST_QUERIES = 5
ITEMS = [{"field": "rights", "problem": "incomplete", "remedy": "请补传证书", "clause": ""}]
BATCH = {
    "jurisdiction": "33",
    "year": 2020,
    "number": 7,
    "title": "2020年第七批",
    "opens_at": "2020-06-01T09:00:00+08:00",
    "closes_at": "2020-09-20T18:00:00+08:00",
    "recommend_by": "2020-09-26",
    "source": "浙高企认〔2020〕7号",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_june(settings):
    settings.PORTAL_CLOCK_OFFSET = made.AT - timezone.now()
    cache.clear()


@pytest.fixture
def filer(house):
    return client(house.filer)


@pytest.fixture
def reviewer(house):
    return client(house.reviewer)


@pytest.fixture
def official(house):
    return client(house.official)


@pytest.fixture
def application(house):
    return made.submitted(house.firm, house.filer, house.office)


# --- one application end to end ----------------------------------------------------------------


def test_from_the_draft_to_acceptance(house, filer, reviewer, official):
    made.intake()
    begun = post(filer, LIST, {"sales_3": "2200.00", "net_assets_3": "-5.00"})
    assert begun.status_code == 201, begun.json()
    mine = begun.json()
    assert (mine["state"], mine["turn"], mine["net_assets_3"]) == ("draft", "filer", "-5.00")
    here = mine["links"]["self"].removeprefix("http://testserver")

    early = post(filer, here + "submit/")
    assert (early.status_code, early["Content-Type"]) == (422, PROBLEM)
    assert all(r["message"] and r["clause"] for r in early.json()["errors"])

    saved = filer.put(here, BODY, format="json")
    assert saved.status_code == 200, saved.json()
    assert saved.json()["projects"][0]["budget"] == "400.00"
    assert len(saved.json()["staff"]) == len(BODY["staff"])
    attach_all(filer, mine["id"])
    sent = post(filer, here + "submit/").json()
    assert (sent["state"], sent["batch"]["title"]) == ("submitted", made.intake().title)
    assert sent["number"].startswith("GQ2020330106")

    back = post(reviewer, here + "return/", {"items": ITEMS}).json()
    told = {"answers": [{"id": back["corrections"][0]["id"], "answer": "已补传"}]}
    assert post(filer, here + "answers/", told).status_code == 200
    assert post(filer, here + "submit/").json()["number"] == sent["number"]
    assert post(reviewer, here + "recommend/").json()["state"] == "recommended"
    refused = post(reviewer, here + "accept/")
    assert refused.status_code == 403
    sent_back = post(official, here + "send-back/", {"note": "请核对人员"}).json()
    assert sent_back["state"] == "submitted"
    post(reviewer, here + "recommend/")
    accepted = post(official, here + "accept/", {"note": "齐全"}).json()
    assert (accepted["state"], accepted["accepted_on"]) == ("accepted", "2020-06-01")
    assert {d["kind"] for d in accepted["documents"]} == {"receipt", "correction", "acceptance"}
    assert [e["move"] for e in official.get(here + "events/").json()["events"]][-1] == "accept"


def test_answers_have_the_described_shape(house, filer, application):
    one = filer.get(url(application)).json()
    assert set(one) == set(ApplicationShown().get_fields())
    listed = filer.get(LIST).json()["results"][0]
    assert set(listed) == set(ApplicationRowShown().get_fields())


def test_allowed_moves_and_their_links(house, filer, reviewer, official, application):
    assert filer.get(url(application)).json()["allowed_moves"] == ["withdraw"]
    shown = reviewer.get(url(application)).json()
    assert set(shown["allowed_moves"]) == {"recommend", "return_for_correction", "reject", "assign"}
    assert shown["links"]["return_for_correction"].endswith(f"{url(application)}return/")
    assert official.get(url(application)).json()["allowed_moves"] == []


def test_rejection_needs_a_reason(reviewer, application):
    assert post(reviewer, url(application, "reject")).status_code == 422
    told = post(reviewer, url(application, "reject"), {"note": "注册地不在本省"})
    assert told.json()["state"] == "not_accepted"


def test_conditions_are_exact_fractions(reviewer, application):
    told = reviewer.get(url(application, "conditions")).json()
    assert [c["no"] for c in told["conditions"]] == list(range(1, 9))
    staff = told["conditions"][3]["measures"][0]
    assert (staff["value"], staff["limit"], staff["holds"]) == ("1/5", "1/10", True)


def test_findings_stand_at_entries(filer, application):
    application.projects.update(budget=None)
    found = filer.get(url(application, "findings")).json()
    assert "projects" in [f["field"] for f in found["findings"]]


# --- who may -----------------------------------------------------------------------------------


def test_out_of_sight_is_not_there(house, application):
    for person in (house.stranger, house.far_reviewer, accounts.official("32")):
        api = client(person)
        assert api.get(url(application)).status_code == 404
        assert post(api, url(application, "recommend")).status_code == 404
        assert api.get(LIST).json()["results"] == []


def test_key_without_the_scope_decides_nothing(house, application):
    _key, text = keys.make(by=house.reviewer, name="k", scopes=["read"], at=timezone.now(), days=1)
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    assert api.get(url(application)).status_code == 200
    assert post(api, url(application, "recommend")).status_code == 403


def test_stale_if_match_is_refused(reviewer, application):
    old = reviewer.get(url(application))["ETag"]
    post(reviewer, url(application, "assign"))
    answer = post(reviewer, url(application, "recommend"), **{"If-Match": old})
    assert answer.status_code == 412
    assert Filing.objects.get().state == State.SUBMITTED


def test_same_key_recommends_once(reviewer, application):
    for _turn in range(2):
        answer = post(reviewer, url(application, "recommend"), **{"Idempotency-Key": "r-1"})
        assert answer.status_code == 200
    assert application.filing.events.filter(move="recommend").count() == 1


# --- lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "submitted"}, 1),
        ({"state": "accepted"}, 0),
        ({"year": "2020"}, 1),
        ({"year": "2019"}, 0),
        ({"field": "8"}, 1),
        ({"field": "1"}, 0),
        ({"channel": "email"}, 0),
        ({"q": "知微"}, 1),
        ({"number": "GQ2020330106000001"}, 1),
        ({"due_to": "2020-07-31"}, 1),
    ],
)
def test_list_can_be_narrowed(reviewer, application, asked, found):
    assert len(reviewer.get(LIST, asked).json()["results"]) == found


@pytest.mark.parametrize(
    "asked", [{"year": "zwei"}, {"field": "9"}, {"batch": "x"}, {"state": "gone"}]
)
def test_filter_that_cannot_be_read_is_named(reviewer, asked):
    answer = reviewer.get(LIST, asked)
    assert (answer.status_code, set(faults(answer))) == (400, set(asked))


def queries_of_the_list(api):
    with CaptureQueriesContext(connection) as counted:
        assert api.get(LIST).status_code == 200
    return len(counted)


def test_list_takes_the_same_queries_for_one_and_three(house, application):
    api = client(house.filer)
    one = queries_of_the_list(api)
    for _turn in range(2):
        made.draft(house.firm, house.filer, files=False)
    assert one == queries_of_the_list(client(house.filer)) <= LIST_QUERIES


# --- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"sales_3": 2200}, "sales_3"),
        ({"sales_3": "2200.005"}, "sales_3"),
        ({"gross_income": "-1.00"}, "gross_income"),
        ({"registered_on": "2012/03/01"}, "registered_on"),
        ({"accident": "perhaps"}, "accident"),
        ({"turnover": "1.00"}, "turnover"),
        ({"certificate_number": "GR202033000001"}, "certificate_number"),
        ({"rights": [{"kind": "trade_mark"}]}, "rights[0].kind"),
        ({"projects": [{"code": "RD01"}, {"code": "RD01"}]}, "projects"),
        ({"costs": [{"year": 2019}]}, "costs[0].project"),
        ({"costs": [{"project": "RD01", "year": 2019, "personnel": 5}]}, "costs[0].personnel"),
        ({"staff": [{"name": "robots"}]}, "staff[0].name"),
    ],
)
def test_entry_that_cannot_be_read_is_named(filer, sent, field):
    answer = post(filer, LIST, sent)
    assert answer.status_code == 400
    assert set(faults(answer)) == {field}
    assert not Filing.objects.exists()


def test_rows_with_gaps_are_kept_in_a_draft(filer):
    told = post(filer, LIST, {"projects": [{"name": "试制", "budget": None}]}).json()
    assert (told["projects"][0]["code"], told["projects"][0]["budget"]) == ("RD01", None)


# --- many at once ------------------------------------------------------------------------------


def send(api, rows, mode="each"):
    text = "\n".join(json.dumps(row) for row in rows)
    there = f"{LIST}bulk/?mode={mode}"
    return api.post(there, text.encode(), content_type="application/x-ndjson").json()


def test_good_lines_are_kept_and_bad_ones_name_row_and_entry(filer):
    bad = BODY | {"projects": [BODY["projects"][0] | {"budget": "1.005"}]}
    told = send(filer, [BODY | {"key": "a"}, bad])
    assert (told["kept"], [r["status"] for r in told["rows"]]) == (1, [201, 400])
    assert told["rows"][1]["errors"][0]["field"] == "projects[0].budget"
    assert Project.objects.count() == 1


def test_all_or_none(filer):
    told = send(filer, [BODY, BODY | {"sales_1": "x"}], mode="all")
    assert [r["status"] for r in told["rows"]] == [424, 400]
    assert not Filing.objects.exists()


def test_line_that_asks_for_it_is_submitted_or_not_kept(filer):
    made.intake()
    told = send(filer, [BODY | {"submit": True}])["rows"][0]
    assert (told["status"], told["id"]) == (422, None)
    assert not Filing.objects.exists()


# --- e-mail ------------------------------------------------------------------------------------


def test_e_mailed_package_is_registered_as_a_draft_of_the_enterprise(house, official, filer):
    sent = BODY | {"enterprise": house.firm.credit_code, "received_at": "2020-05-31T10:00:00Z"}
    answer = post(official, f"{LIST}register/", sent)
    assert answer.status_code == 201, answer.json()
    row = Application.objects.get()
    assert (row.channel, row.rights.count()) == (Channel.EMAIL, 4)
    assert filer.get(url(row)).json()["state"] == "draft"


def test_package_of_an_unknown_enterprise_or_by_others_is_refused(house, official, filer):
    sent = {"enterprise": "91330106MA27XYZ00X", "received_at": "2020-05-31T10:00:00Z"}
    assert set(faults(post(official, f"{LIST}register/", sent))) == {"enterprise"}
    sent["enterprise"] = house.firm.credit_code
    assert post(filer, f"{LIST}register/", sent).status_code == 403


# --- batches -----------------------------------------------------------------------------------


def test_batch_is_opened_extended_and_closed(official, settings):
    opened = post(official, BATCHES, BATCH)
    assert (opened.status_code, opened.json()["status"]) == (201, "open")
    here = f"{BATCHES}{opened.json()['id']}/"
    later = {"closes_at": "2020-09-25T18:00:00+08:00", "source": "通知"}
    told = post(official, f"{here}extend/", later).json()
    assert told["extensions"][0]["after"]["closes_at"] == "2020-09-25T18:00+08:00"
    assert post(official, f"{here}close/").status_code == 422
    after = datetime.datetime(2020, 9, 25, 11, 0, tzinfo=datetime.UTC)
    settings.PORTAL_CLOCK_OFFSET = after - timezone.now()
    assert post(official, f"{here}close/").json()["status"] == "closed"


def test_batches_are_read_by_everybody_with_an_account(filer, official):
    post(official, BATCHES, BATCH)
    assert [b["number"] for b in filer.get(BATCHES, {"year": "2020"}).json()["results"]] == [7]
    assert filer.get(BATCHES, {"jurisdiction": "32"}).json()["results"] == []
    assert set(faults(filer.get(BATCHES, {"year": "x"}))) == {"year"}


def test_batch_is_kept_by_its_certification_body(filer, reviewer, official):
    assert post(filer, BATCHES, BATCH).status_code == 403
    assert post(reviewer, BATCHES, BATCH).status_code == 403
    assert post(official, BATCHES, BATCH | {"jurisdiction": "32"}).status_code == 403
    wrong = post(official, BATCHES, BATCH | {"recommend_by": "2020-12-01"})
    assert (wrong.status_code, codes(wrong)) == (422, {"intake"})
    assert set(faults(post(official, BATCHES, BATCH | {"jurisdiction": "99"}))) == {"jurisdiction"}
    assert not Intake.objects.exists()
