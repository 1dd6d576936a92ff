"""The API of evaluations: one form end to end, what follows the entry, and who may."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sme_eval.api.answers import EvaluationRowShown, EvaluationShown
from sme_eval.api.entries import NAMES, TABLES
from sme_eval.enums import State
from sme_eval.forms import FORM_STEPS
from sme_eval.models import Evaluation
from tests.factories import sme_eval as made
from tests.factories.sme_eval import AT, ITEMS, draft
from tests.sme_eval.api_calls import (
    BODY,
    DRAWS,
    LIST,
    PROBLEM,
    attach,
    attach_all,
    client,
    codes,
    faults,
    post,
    url,
)
from torch_portal.accounts import keys
from torch_portal.certificates.models import Certificate
from torch_portal.filings.models import Filing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring_2020")]
LIST_QUERIES = 5


@pytest.fixture
def filer(house):
    return client(house.filer)


@pytest.fixture
def reviewer(house):
    return client(house.reviewer)


@pytest.fixture
def province():
    return client(made.province("33"))


def move_clock(settings, days):
    settings.PORTAL_CLOCK_OFFSET = AT + datetime.timedelta(days=days) - timezone.now()


# --- one form end to end -----------------------------------------------------------------------


def test_from_the_draft_to_the_number_and_its_proof(
    house, filer, reviewer, settings, django_capture_on_commit_callbacks
):
    begun = post(filer, LIST, {"industry": "C4030", "rd_cost": "300.00"})
    assert begun.status_code == 201, begun.json()
    mine = begun.json()
    assert mine["legal_representative"] == house.firm.legal_representative
    assert (mine["state"], mine["turn"], mine["rd_cost"]) == ("draft", "filer", "300.00")
    here = mine["links"]["self"].removeprefix("http://testserver")
    assert begun["Location"] == mine["links"]["self"]

    early = post(filer, here + "submit/")
    assert (early.status_code, early["Content-Type"]) == (422, PROBLEM)
    assert {"blank", "files"} <= codes(early)
    assert all(r["clause"] and r["message"] and r["level"] for r in early.json()["errors"])

    saved = filer.put(here, BODY, format="json")
    assert saved.status_code == 200, saved.json()
    assert {name: saved.json()[name] for name in NAMES if name in BODY} == {
        name: BODY[name] for name in NAMES if name in BODY
    }
    assert [p["cost"] for p in saved.json()["projects"]] == ["180.00", "120.00"]
    attach_all(filer, mine["id"])

    sent = post(filer, here + "submit/").json()
    assert (sent["state"], sent["turn"]) == ("submitted", "reviewer")
    assert sent["number"].startswith("KX2020330106")
    back = post(reviewer, here + "return/", {"items": ITEMS}).json()
    assert (back["state"], back["due_on"]) == ("correcting", None)
    item = back["corrections"][0]
    told = {"answers": [{"id": item["id"], "answer": "已补签"}]}
    assert post(filer, here + "answers/", told).status_code == 200
    assert post(filer, here + "submit/").json()["number"] == sent["number"]
    passed = post(reviewer, here + "pass-form/", {"note": "齐全"}).json()
    assert (passed["state"], passed["by_route"]) == ("passed", "score")
    assert passed["points"]["total"] == 100

    people = made.province("33")
    batch = made.open_list(house.firm.jurisdiction, people, AT)
    made.publicise(batch, people, AT)
    assert filer.get(here).json()["listed"]["title"] == batch.title
    assert filer.get(here + "proof/").status_code == 404
    assert post(filer, here + "proof/").status_code == 409
    made.announce(batch, people, made.after_publicity(AT))
    move_clock(settings, 26)
    entered = filer.get(here).json()
    assert (entered["state"], entered["valid_until"]) == ("entered", "2020-12-31")
    assert entered["registration_number"].startswith("202033010600")

    with django_capture_on_commit_callbacks() as after_commit:
        proof = post(filer, here + "proof/").json()["proof"]
        again = post(filer, here + "proof/").json()["proof"]
    assert proof == again
    assert (proof["number"], proof["ready"]) == (entered["registration_number"], False)
    waiting = filer.get(here + "proof/")
    assert (waiting.status_code, waiting.json()["making"]) == (202, "pending")
    for callback in after_commit:
        callback()
    ready = filer.get(here + "proof/", headers={"Accept": "application/pdf"})
    assert b"".join(ready.streaming_content).startswith(b"%PDF-")
    assert Certificate.objects.count() == 1
    acts = [e["move"] for e in filer.get(here + "events/").json()["events"]]
    assert acts == [
        "start", "attach", "attach", "attach", "submit", "return_for_correction", "submit",
        "pass_form", "publicise", "announce",
    ]  # fmt: skip


def test_draft_is_prefilled_from_the_last_evaluation(house, filer, at_state):
    at_state(State.ENTERED)
    begun = post(filer, LIST).json()
    assert begun["main_products"] == made.SAMPLE["main_products"]
    assert [r["number"] for r in begun["ip_rights"]] == ["ZL201810000001.1"]
    assert begun["saved_version"] == 0


def test_put_empties_and_patch_keeps_what_is_left_out(house, filer):
    evaluation = draft(house.firm, house.filer)
    kept = filer.patch(
        url(evaluation), {"rd_cost": "180", "projects": BODY["projects"][:1]}, format="json"
    ).json()
    assert (kept["rd_cost"], kept["revenue"]) == ("180.00", "5000.00")
    assert [len(kept[name]) for name in TABLES] == [1, 1, 0]
    left = filer.put(url(evaluation), {"industry": "C4030", "no_ip": True}, format="json").json()
    assert (left["industry"], left["no_ip"], left["revenue"]) == ("C4030", True, None)
    assert [left[name] for name in TABLES] == [[], [], []]


def test_known_certificate_keeps_its_source(house, filer):
    known = {"route": "hnte_certificate", "title": "GR2019", "dated_on": "2019-12-04",
             "valid_to": "2022-12-04"}  # fmt: skip
    evaluation = draft(house.firm, house.filer)
    evaluation.routes.create(**known, source="火炬中心")
    other = {"route": "rd_institution", "title": "省级研发中心", "level": "provincial"}
    saved = filer.patch(url(evaluation), {"routes": [known, other]}, format="json")
    assert [r["source"] for r in saved.json()["routes"]] == ["火炬中心", ""]


def test_patch_clears_what_the_pages_could_not_read(house, filer):
    evaluation = draft(house.firm, house.filer)
    Evaluation.objects.filter(pk=evaluation.pk).update(typed={"revenue": "五千"})
    assert "unread" in {
        f["code"] for f in filer.get(url(evaluation, "findings")).json()["findings"]
    }
    filer.patch(url(evaluation), {"revenue": "5000"}, format="json")
    told = filer.get(url(evaluation, "findings")).json()
    assert "unread" not in {f["code"] for f in told["findings"]}
    assert told["blocked"] is False


def test_findings_name_the_row(house, filer):
    right = BODY["ip_rights"][0] | {"product": "别的产品"}
    evaluation = draft(house.firm, house.filer)
    filer.patch(url(evaluation), {"ip_rights": [BODY["ip_rights"][0], right]}, format="json")
    told = filer.get(url(evaluation, "findings")).json()["findings"]
    assert "ip_rights[1]" in {f["field"] for f in told}


def test_score_shows_both_bases_and_what_is_missing(house, filer):
    evaluation = draft(house.firm, house.filer, rd_cost="290.00", staff_st="14.99")
    told = filer.get(url(evaluation, "score")).json()
    personnel, rd, rights = told["indicators"]
    assert (personnel["points"], personnel["band"], personnel["missing"]) == (16, "B", "0.01")
    assert (rd["points"], rd["percent"]) == (40, "5.80")
    assert (rights["points"], rights["most"], rights["next"]) == (30, 30, "")
    assert [(b["name"], b["chosen"]) for b in told["bases"]] == [("revenue", True), ("cost", False)]
    assert (told["total"], told["least"], told["direct"]) == (86, 60, False)


def test_shown_names_are_the_documented_ones(filer, at_state):
    evaluation = at_state(State.CORRECTING)
    assert set(filer.get(url(evaluation)).json()) == set(EvaluationShown().fields)
    row = filer.get(LIST).json()["results"][0]
    assert set(row) == set(EvaluationRowShown().fields)


def test_entries_are_those_of_the_pages():
    pages = {name for form in FORM_STEPS.values() for name in form.base_fields} - {"seen"}
    assert set(NAMES) == pages


# --- lists -------------------------------------------------------------------------------------


def test_list_is_filtered_and_searched(house, filer, at_state):
    entered, waiting = at_state(State.ENTERED), draft(house.firm, house.filer)

    def found(**query):
        return {row["id"] for row in filer.get(LIST, query).json()["results"]}

    assert found() == {entered.pk, waiting.pk}
    assert found(state="draft") == found(stage="draft") == {waiting.pk}
    assert found(number=entered.number) == found(number=entered.filing.number) == {entered.pk}
    assert found(q=entered.number) == {entered.pk}
    assert found(year="2020") == {entered.pk, waiting.pk}
    assert found(submitted_from="2020-03-03") == set()
    assert set(faults(filer.get(LIST, {"year": "1999"}))) == {"year"}


def test_list_costs_the_same_for_one_and_three(house, filer):
    for count in (1, 2):
        for _n in range(count):
            draft(house.firm, house.filer)
        with CaptureQueriesContext(connection) as caught:
            filer.get(LIST)
        assert len(caught) == LIST_QUERIES, [q["sql"] for q in caught]


# --- again, and meanwhile ----------------------------------------------------------------------


def test_one_key_begins_one_draft(filer):
    key = {"Idempotency-Key": "k"}
    first, again = (post(filer, LIST, {"industry": "一"}, **key) for _n in "ab")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    other = post(filer, LIST, {"industry": "二"}, **key)
    assert (other.status_code, other["Content-Type"]) == (409, PROBLEM)
    assert Filing.objects.count() == 1


def test_stale_if_match_is_refused(house, filer):
    evaluation = draft(house.firm, house.filer)
    seen = {"If-Match": filer.get(url(evaluation))["ETag"]}
    saved = filer.patch(url(evaluation), {"industry": "一"}, format="json", headers=seen)
    assert saved.status_code == 200
    for late in (
        filer.patch(url(evaluation), {"industry": "二"}, format="json", headers=seen),
        filer.put(url(evaluation), {"industry": "二"}, format="json", headers=seen),
        post(filer, url(evaluation, "submit"), **seen),
    ):
        assert (late.status_code, late["Content-Type"]) == (412, PROBLEM)
    assert post(filer, url(evaluation, "submit"), **{"If-Match": saved["ETag"]}).status_code == 200


def test_second_reviewer_is_told_who_was_faster(house, reviewer, at_state):
    evaluation = at_state(State.SUBMITTED)
    assert post(reviewer, url(evaluation, "pass-form")).status_code == 200
    late = post(client(house.second), url(evaluation, "pass-form"))
    assert (late.status_code, late.json()["type"]) == (409, "about:blank#stale")
    assert house.reviewer.get_full_name() in late.json()["detail"]


# --- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "far_reviewer", "operator"])
def test_out_of_sight_is_not_there(house, at_state, who):
    evaluation = at_state(State.ENTERED)
    api = client(getattr(house, who))
    assert api.get(LIST).json()["results"] == []
    parts = ("events", "findings", "score", "attachments", "proof", "changes", "spot-checks",
             "revocations", "messages")  # fmt: skip
    asked = [
        api.get(url(evaluation)),
        *(api.get(url(evaluation, part)) for part in parts),
        api.put(url(evaluation), {}, format="json"),
        post(api, url(evaluation, "resign")),
        post(api, url(evaluation, "notify-revocation")),
        post(api, url(evaluation, "proof")),
        post(api, url(evaluation, "changes")),
        post(api, url(evaluation, "state-case")),
        attach(api, evaluation),
    ]
    assert {a.status_code for a in asked} == {404}
    assert {a["Content-Type"] for a in asked} == {PROBLEM}


@pytest.mark.parametrize("verb", ["return", "pass-form", "refuse", "assign"])
def test_filer_cannot_decide(filer, at_state, verb):
    evaluation = at_state(State.SUBMITTED)
    answer = post(filer, url(evaluation, verb))
    assert answer.status_code == 403
    assert answer.json()["detail"]
    assert Filing.objects.get(pk=evaluation.pk).state == State.SUBMITTED


def test_agency_and_province_each_have_their_moves(reviewer, province, at_state):
    evaluation = at_state(State.PASSED)
    assert reviewer.get(url(evaluation)).json()["allowed_moves"] == ["refuse"]
    assert province.get(url(evaluation)).json()["allowed_moves"] == ["send_back"]
    assert post(reviewer, url(evaluation, "send-back"), {"note": "再看"}).status_code == 403
    back = post(province, url(evaluation, "send-back"), {"note": "再看"}).json()
    assert back["state"] == "submitted"


def test_reader_changes_nothing(house, at_state):
    evaluation = at_state(State.ENTERED)
    api = client(house.reader)
    assert api.get(url(evaluation)).json()["allowed_moves"] == []
    for answer in (
        api.patch(url(evaluation), {"industry": "x"}, format="json"),
        post(api, url(evaluation, "resign"), {"note": "x"}),
        post(api, url(evaluation, "proof")),
        post(api, url(evaluation, "changes"), {"changed_on": "2020-03-02"}),
        post(api, LIST, BODY),
    ):
        assert (answer.status_code, answer.json()["type"]) == (403, "about:blank#denied")


def test_decided_form_is_no_longer_changed(filer, at_state):
    evaluation = at_state(State.SUBMITTED)
    answer = filer.patch(url(evaluation), {"industry": "x"}, format="json")
    assert (answer.status_code, answer.json()["type"]) == (409, "about:blank#conflict")
    assert attach(filer, evaluation).status_code == 409


def test_key_needs_the_scope_to_decide(house, at_state):
    evaluation = at_state(State.SUBMITTED)
    _key, text = keys.make(
        by=house.reviewer, name="ERP", scopes=["read", "file"], days=1, at=timezone.now()
    )
    api = client(None)
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    assert api.get(url(evaluation)).status_code == 200
    for address in (
        url(evaluation, "pass-form"),
        url(evaluation, "changes", 1, "confirm"),
        url(evaluation, "spot-checks", 1, "conclude"),
        DRAWS,
    ):
        answer = post(api, address)
        assert (answer.status_code, answer.json()["type"]) == (403, "about:blank#scope_missing")
