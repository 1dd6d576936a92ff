"""What follows the entry over the API: changes, spot checks, revocations, the other ends."""

import datetime

import pytest
from django.utils import timezone

from sme_eval.enums import CheckState, State
from sme_eval.models import Change, Draw, Evaluation, SpotCheck
from tests.factories import sme_eval as made
from tests.factories.sme_eval import AT
from tests.sme_eval.api_calls import DRAWS, attach, attach_all, client, codes, faults, post, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring_2020")]
STATEMENTS = ("balance_sheet", "income_statement", "rd_schedule")
FIGURES = {"revenue": "5000.00", "cost_total": "4000", "assets_total": "3000.0", "rd_cost": "90"}


@pytest.fixture
def filer(house):
    return client(house.filer)


@pytest.fixture
def reviewer(house):
    return client(house.reviewer)


@pytest.fixture
def province():
    return client(made.province("33"))


@pytest.fixture
def entered(at_state, settings):
    """An enterprise in the library, two months later."""
    evaluation = at_state(State.ENTERED)
    later(settings, 60)
    return evaluation


def later(settings, days):
    settings.PORTAL_CLOCK_OFFSET = AT + datetime.timedelta(days=days) - timezone.now()


# --- changes -----------------------------------------------------------------------------------

MOVED = {"changed_on": "2020-04-20", "address": "杭州市滨江区江南大道 1 号", "reason": "迁址"}


def test_change_is_reported_once_and_confirmed(filer, reviewer, entered):
    there = url(entered, "changes")
    first, again = (post(filer, there, MOVED, **{"Idempotency-Key": "c"}) for _n in "ab")
    assert (first.status_code, again.json()) == (201, first.json())
    told = first.json()
    assert (told["state"], told["late"], told["major"]) == ("open", False, False)
    assert told["before"] == {"address": made.SAMPLE["address"]}
    assert told["after"] == {"address": MOVED["address"]}
    assert filer.get(there).json() == {"changes": [told]}
    assert post(filer, url(entered, "changes", told["id"], "confirm")).status_code == 403
    done = post(reviewer, url(entered, "changes", told["id"], "confirm"))
    assert (done.status_code, done.json()["state"]) == (200, "confirmed")
    assert filer.get(url(entered)).json()["address"] == MOVED["address"]
    late = post(reviewer, url(entered, "changes", told["id"], "confirm"))
    assert late.status_code == 409


def test_change_is_refused_with_its_reason(filer, reviewer, entered):
    told = post(filer, url(entered, "changes"), MOVED).json()
    there = url(entered, "changes", told["id"], "refuse")
    assert post(reviewer, there).status_code == 422
    answer = post(reviewer, there, {"note": "与执照不符"}).json()
    assert (answer["state"], answer["answer"]) == ("refused", "与执照不符")
    assert Evaluation.objects.get().address == made.SAMPLE["address"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "changed_on"),
        (MOVED | {"changed_on": "20.4.2020"}, 400, "changed_on"),
        (MOVED | {"address": None}, 400, "address"),
        (MOVED | {"address": "长" * 161}, 400, "address"),
        (MOVED | {"revenue": "1.00"}, 400, "revenue"),
        (MOVED | {"changed_on": "2020-06-20"}, 422, "changed_on"),
        (MOVED | {"reason": " "}, 422, "reason"),
        ({"changed_on": "2020-04-20", "reason": "x"}, 422, ""),
    ],
)
def test_change_says_what_is_wrong(filer, entered, body, status, field):
    answer = post(filer, url(entered, "changes"), body)
    assert answer.status_code == status
    assert field in faults(answer)
    assert not Change.objects.exists()


# --- spot checks -------------------------------------------------------------------------------


def test_spot_check_from_the_draw_to_its_result(filer, reviewer, province, entered):
    sent = {"jurisdiction": "33", "year": 2020, "seed": "体彩20200501"}
    drawn = post(province, DRAWS, sent, **{"Idempotency-Key": "d"})
    assert drawn.status_code == 201, drawn.json()
    told = drawn.json()
    assert (told["population"], told["size"], told["share"]) == (1, 1, "0.05")
    assert told["drawn"][0]["number"] == entered.number
    assert province.get(f"{DRAWS}{told['id']}/").json() == told
    assert [d["id"] for d in province.get(DRAWS).json()["results"]] == [told["id"]]
    assert post(province, DRAWS, sent, **{"Idempotency-Key": "d"}).json() == told
    assert codes(post(province, DRAWS, sent)) == {"empty"}

    check = filer.get(url(entered, "spot-checks")).json()["spot_checks"][0]
    assert (check["id"], check["needed"]) == (told["drawn"][0]["id"], list(STATEMENTS))
    there = ("spot-checks", check["id"])
    assert codes(post(filer, url(entered, *there, "material"))) == {"material", "figure"}
    attach_all(filer, entered, STATEMENTS, (*there, "attachments"))
    bad = post(filer, url(entered, *there, "material"), FIGURES | {"rd_cost": "90.005"})
    assert (bad.status_code, set(faults(bad))) == (400, {"rd_cost"})
    given = post(filer, url(entered, *there, "material"), FIGURES).json()
    assert (given["state"], given["figures"]["rd_cost"]) == ("given", "90.00")
    assert attach(filer, entered, "other", there=(*there, "attachments")).status_code == 409

    conclusion = {"state": "differs", "note": "研发费用不足"}
    assert post(filer, url(entered, *there, "conclude"), conclusion).status_code == 403
    wrong = post(reviewer, url(entered, *there, "conclude"), {"state": "given", "note": "x"})
    assert set(faults(wrong)) == {"state"}
    assert post(reviewer, url(entered, *there, "conclude"), {"state": "agrees"}).status_code == 422
    done = post(reviewer, url(entered, *there, "conclude"), conclusion).json()
    assert (done["state"], done["result"]) == (CheckState.DIFFERS, "研发费用不足")
    assert SpotCheck.objects.get().checked_by is not None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "year"),
        ({"jurisdiction": "33", "year": 2016}, "year"),
        ({"jurisdiction": "33", "year": 2021}, "year"),
        ({"jurisdiction": "33", "year": 2020, "share": "5"}, "share"),
        ({"jurisdiction": "33", "year": 2020, "share": "0.05001"}, "share"),
        ({"jurisdiction": "33", "year": 2020, "seed": "长" * 65}, "seed"),
        ({"jurisdiction": "浙江", "year": 2020}, "jurisdiction"),
    ],
)
def test_draw_that_cannot_be_read_names_its_entry(province, entered, body, field):
    answer = post(province, DRAWS, body)
    assert (answer.status_code, field in faults(answer)) == (400, True)
    assert not Draw.objects.exists()


@pytest.mark.parametrize(("share", "status"), [("0.0499", 422), ("0.05", 201)])
def test_least_share(province, entered, share, status):
    body = {"jurisdiction": "33", "year": 2020, "share": share}
    assert post(province, DRAWS, body).status_code == status


@pytest.mark.parametrize("who", ["filer", "reviewer", "far_reviewer", "operator"])
def test_draws_are_the_departments(house, province, entered, who):
    body = {"jurisdiction": "33", "year": 2020}
    api = client(getattr(house, who))
    assert post(api, DRAWS, body).status_code == 403
    made_ = post(province, DRAWS, body).json()
    assert api.get(DRAWS).json()["results"] == []
    assert api.get(f"{DRAWS}{made_['id']}/").status_code == 404


# --- revocation and the other ends -------------------------------------------------------------


def test_revocation_by_notice_statement_and_another_person(house, filer, province, entered):
    there = url(entered, "notify-revocation")
    assert {"grounds", "note"} == codes(post(province, there))
    assert "grounds[0]" in faults(post(province, there, {"grounds": ["whim"], "note": "x"}))
    assert post(filer, url(entered, "state-case"), {"statement": "x"}).status_code == 409
    noticed = post(province, there, {"grounds": ["fraud"], "note": "虚报研发费用"}).json()
    assert noticed["state"] == "revocation_noticed"
    case = filer.get(url(entered, "revocations")).json()["revocations"][0]
    assert (case["grounds"], case["state"]) == (["fraud"], "noticed")
    other = client(house.official)
    assert codes(post(other, url(entered, "revoke"), {"note": "属实"})) == {"too_early"}
    assert post(filer, url(entered, "state-case")).status_code == 422
    stated = post(filer, url(entered, "state-case"), {"statement": "已更正"}).json()
    assert stated["statement"] == "已更正"
    assert post(province, url(entered, "revoke"), {"note": "属实"}).status_code == 403
    ended = post(other, url(entered, "revoke"), {"note": "属实"}).json()
    assert (ended["state"], ended["ended_on"]) == ("revoked", "2020-05-01")
    assert filer.get(url(entered, "revocations")).json()["revocations"][0]["state"] == "revoked"


def test_dropped_revocation_leaves_the_number(house, at_state):
    evaluation = at_state(State.REVOCATION_NOTICED)
    dropped = post(client(house.official), url(evaluation, "drop-revocation"), {"note": "有误"})
    assert dropped.json()["state"] == "entered"


def test_number_is_given_up(filer, entered):
    assert codes(post(filer, url(entered, "resign"))) == {"note"}
    ended = post(filer, url(entered, "resign"), {"note": "自查不符"}).json()
    assert (ended["state"], ended["ended_on"]) == ("resigned", "2020-05-01")


def test_other_ends(filer, reviewer, at_state):
    evaluation = at_state(State.SUBMITTED)
    assert codes(post(reviewer, url(evaluation, "refuse"))) == {"note"}
    assigned = post(reviewer, url(evaluation, "assign"), {"to": "second"})
    assert assigned.status_code == 200
    refused = post(reviewer, url(evaluation, "refuse"), {"note": "属于限制类行业"}).json()
    assert refused["state"] == "not_entered"
    assert "refusal" in {d["kind"] for d in refused["documents"]}


def test_withdrawn_messages_hand_over_and_rating(house, filer, at_state):
    evaluation = at_state(State.SUBMITTED)
    wrote = post(filer, url(evaluation, "messages"), {"text": "请问何时公示？"})
    assert (wrote.status_code, wrote.json()["messages"][0]["side"]) == (201, "enterprise")
    assert filer.get(url(evaluation, "handover")).json()["handler"]["id"] == house.filer.pk
    assert post(filer, url(evaluation, "withdraw"), {"note": "x"}).json()["state"] == "withdrawn"
    assert filer.get(url(evaluation, "rating")).status_code == 404
