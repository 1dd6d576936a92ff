"""National lists, panels and reviews of experts over the API: the body, the expert, nobody else."""

import datetime

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hitech_cert.models import NationalList, Panel
from tests.factories import accounts, hitech_after, hitech_experts
from tests.factories.hitech_after import ANNOUNCED, HEADS, REPLY, workbook
from tests.hitech_cert.api_calls import LIST, client, faults, post

LISTS, PANELS, REVIEWS = (f"{LIST}{name}/" for name in ("national-lists", "panels", "reviews"))
NUMBER = "GR202033008462"
LATER = hitech_experts.AT + datetime.timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings):
    cache.clear()

    def stand(moment):
        settings.PORTAL_CLOCK_OFFSET = moment - timezone.now()

    return stand


def send(api, content, **more):
    upload = SimpleUploadedFile("名单.xlsx", content)
    body = {"jurisdiction": "33", "document": REPLY, "file": upload} | more
    return api.post(LISTS, body, format="multipart")


@pytest.fixture
def body(house, on_the_day):
    on_the_day(ANNOUNCED)
    return client(hitech_after.province())


@pytest.fixture
def reported(house, body):
    return hitech_after.reported(house.firm, house.filer, house.office)


def rows_of(firm, number=NUMBER):
    return [(firm.name, firm.credit_code, number, hitech_after.ISSUED)]


def test_list_is_sent_read_and_taken_over_once(house, body, reported):
    content = workbook(rows_of(house.firm), HEADS)
    made = send(body, content)
    assert made.status_code == 201, made.json()
    assert made.json()["counts"]["good"] == 1
    assert send(body, content).json()["id"] == made.json()["id"]
    own = f"{LISTS}{made.json()['id']}/"
    (row,) = body.get(f"{own}rows/", {"rows": "good"}).json()["results"]
    assert (row["application"], row["number"], row["problem"]) == (reported.pk, NUMBER, "")
    taken = post(body, f"{own}take-over/")
    assert (taken.status_code, taken.json()["counts"]["taken"]) == (200, 1)
    assert hitech_after.fresh(reported).certificate_number == NUMBER
    assert post(body, f"{own}take-over/").status_code == 422


def test_row_in_trouble_is_resolved_with_its_ground(house, body, reported):
    wrong = send(body, workbook(rows_of(house.firm, "GR2020330084"), HEADS)).json()
    own = f"{LISTS}{wrong['id']}/"
    (row,) = body.get(f"{own}rows/", {"rows": "trouble"}).json()["results"]
    assert row["problem"]
    there = f"{own}rows/{row['id']}/"
    bare = post(body, f"{there}resolve/", {"number": NUMBER})
    assert (bare.status_code, set(faults(bare))) == (422, {"note"})
    nobody = post(body, f"{there}resolve/", {"enterprise": "91330106MAGUJ65R6C", "note": "x"})
    assert (nobody.status_code, set(faults(nobody))) == (400, {"enterprise"})
    assert post(body, f"{there}leave-out/", {"note": "待核"}).json()["skipped"] is True
    mended = post(body, f"{there}resolve/", {"number": NUMBER, "note": "与证书核对"})
    assert (mended.status_code, mended.json()["trouble"]) == (200, "")
    assert post(body, f"{own}drop/").json()["dropped_at"]
    assert post(body, f"{own}match/").status_code == 409


@pytest.mark.parametrize(
    ("more", "status", "field"),
    [
        ({"document": ""}, 422, "document"),
        ({"jurisdiction": "99"}, 400, "jurisdiction"),
        ({"file": SimpleUploadedFile("x.xlsx", b"no table")}, 422, "file"),
        ({"issued_on": "2020/1/1"}, 400, "issued_on"),
        ({"number": "1"}, 400, "number"),
    ],
)
def test_bad_lists_name_what_is_wrong(body, more, status, field):
    answer = send(body, workbook([("甲", "", NUMBER, hitech_after.ISSUED)], HEADS), **more)
    assert (answer.status_code, set(faults(answer))) == (status, {field})
    assert not NationalList.objects.exists()


@pytest.mark.parametrize("name", ["filer", "reviewer", "operator"])
def test_lists_are_the_bodys(house, body, reported, name):
    made = send(body, workbook(rows_of(house.firm), HEADS)).json()
    api = client(getattr(house, name))
    assert api.get(LISTS).json()["results"] == []
    assert api.get(f"{LISTS}{made['id']}/").status_code == 404
    assert post(api, f"{LISTS}{made['id']}/take-over/").status_code == 404
    assert send(api, b"x").status_code == 403


def test_another_province_sees_and_sends_nothing_of_ours(house, body, reported):
    made = send(body, workbook(rows_of(house.firm), HEADS)).json()
    api = client(accounts.official("32", name="beyond"))
    assert api.get(f"{LISTS}{made['id']}/rows/").status_code == 404
    assert send(api, workbook(rows_of(house.firm), HEADS)).status_code == 403


@pytest.fixture
def province(house, on_the_day):
    on_the_day(hitech_experts.AT)
    hitech_experts.pool()
    return client(hitech_experts.province())


@pytest.fixture
def panel(house, province):
    row = hitech_experts.accepted(house)
    made = post(province, PANELS, {"application": row.pk, "seed": "七"})
    assert made.status_code == 201, made.json()
    return Panel.objects.get(pk=made.json()["id"])


def reviewing(seat):
    return client(seat.expert.user), f"{REVIEWS}{seat.pk}/"


def test_panel_is_drawn_followed_and_changed(province, panel):
    own = f"{PANELS}{panel.pk}/"
    shown = province.get(own).json()
    assert (shown["seed"], shown["state"], len(shown["seats"])) == ("七", "running", 5)
    assert [row["id"] for row in province.get(PANELS, {"state": "running"}).json()["results"]] == [
        panel.pk
    ]
    assert post(province, f"{own}remind/").status_code == 200
    seat = shown["seats"][0]["id"]
    assert post(province, f"{own}seats/{seat}/replace/").status_code == 422
    changed = post(province, f"{own}seats/{seat}/replace/", {"note": "出差"}).json()
    states = {row["id"]: row["state"] for row in changed["seats"]}
    assert (states[seat], len(states)) == ("replaced", 6)
    assert post(province, f"{own}dissolve/", {"note": "重抽"}).json()["state"] == "dissolved"
    assert post(province, f"{own}dissolve/", {"note": "重抽"}).status_code == 409


@pytest.mark.parametrize("name", ["filer", "reviewer", "official", "operator"])
def test_panels_are_the_bodys(house, panel, name):
    person = accounts.official("32", name="beyond") if name == "official" else getattr(house, name)
    api = client(person)
    assert api.get(PANELS).json()["results"] == []
    assert api.get(f"{PANELS}{panel.pk}/").status_code == 404
    assert post(api, f"{PANELS}{panel.pk}/dissolve/", {"note": "x"}).status_code == 404
    drawn = post(api, PANELS, {"application": panel.application_id})
    assert drawn.status_code in (403, 404)


def test_expert_accepts_scores_and_submits(panel):
    seat = hitech_experts.seats_of(panel)[0]
    api, own = reviewing(seat)
    assert [row["id"] for row in api.get(REVIEWS).json()["results"]] == [seat.pk]
    assert post(api, f"{own}accept/", {"no_interest": True}).status_code == 422
    both = {"no_interest": True, "commitment": True}
    assert post(api, f"{own}accept/", both).json()["state"] == "accepted"
    assert api.get(f"{own}sheet/").status_code == 404
    entries = hitech_experts.entries(seat)
    entries["figures"] = {name: f"{float(v):.2f}" for name, v in entries["figures"].items()}
    gaps = api.put(f"{own}sheet/", entries | {"comment": ""}, format="json")
    assert (gaps.status_code, gaps.json()["findings"][0]["field"]) == (200, "comment")
    assert post(api, f"{own}sheet/submit/").status_code == 422
    kept = api.put(f"{own}sheet/", entries, format="json").json()
    assert (kept["saved_version"], kept["findings"]) == (2, [])
    done = post(api, f"{own}sheet/submit/").json()
    assert done["submitted_at"]
    assert done["total"] == sum(entries["points"].values())
    assert api.put(f"{own}sheet/", entries, format="json").status_code == 409


def test_sheet_of_the_other_kind_and_odd_entries_are_refused(panel):
    seat = next(s for s in hitech_experts.seats_of(panel) if s.role == "fin")
    api, own = reviewing(hitech_experts.accept(seat, LATER))
    sent = {"points": {"technology": 5}, "field_code": "8.3.2", "colour": "red"}
    answer = api.put(f"{own}sheet/", sent, format="json")
    assert (answer.status_code, set(faults(answer))) == (400, {"colour"})
    del sent["colour"]
    answer = api.put(f"{own}sheet/", sent, format="json")
    assert set(faults(answer)) == {"points", "field_code"}
    money = api.put(f"{own}sheet/", {"figures": {"sales_1": 12.5}}, format="json")
    assert money.status_code == 400


def test_declined_review_goes_to_the_next_and_is_gone(panel):
    seat = hitech_experts.seats_of(panel)[0]
    api, own = reviewing(seat)
    assert post(api, f"{own}decline/").status_code == 422
    assert post(api, f"{own}decline/", {"reason": "出国"}).status_code == 204
    assert api.get(own).status_code == 404
    assert len(hitech_experts.seats_of(panel)) == 5


@pytest.mark.parametrize("name", ["filer", "reviewer", "official"])
def test_reviews_are_the_experts_own(house, panel, name):
    seats = hitech_experts.seats_of(panel)
    hitech_experts.accept(seats[0], LATER)
    others = [getattr(house, name), seats[1].expert.user]
    for person in others:
        assert client(person).get(f"{REVIEWS}{seats[0].pk}/sheet/").status_code == 404
        assert post(client(person), f"{REVIEWS}{seats[0].pk}/accept/").status_code == 404
