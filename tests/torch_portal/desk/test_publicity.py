"""The desk of publicity: lists and objections of one's own jurisdiction, acts as buttons."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.factories import accounts
from tests.torch_portal.publicity.sample import (
    AT,
    CLOSED,
    PUBLICITY,
    carry,
    listed,
    objection,
    opened,
    paper,
    pooled,
    public,
    state,
    states,
)
from tests.torch_portal.publicity.test_views import stand
from torch_portal.common import clock
from torch_portal.desk.lines import LINES
from torch_portal.filings.models import Filing
from torch_portal.publicity import work
from torch_portal.publicity.models import Batch, BatchEvent

LISTS = "/admin/publicity/batch/"
OBJECTIONS = "/admin/publicity/objection/"


@pytest.fixture
def desk(house, client, monkeypatch, settings):
    """The official of the jurisdiction at the desk, on the first day of publicity."""
    monkeypatch.setitem(LINES, "probe", SimpleNamespace(PUBLICITY=PUBLICITY, LABEL="试验业务"))
    stand(settings, AT)
    client.force_login(house.official)
    return client


def act(client, batch, name, **data):
    """Press a button of a list."""
    return client.post(reverse("admin:publicity_batch_act", args=[batch.pk, name]), data)


def settle(client, made, outcome, note="经核查属实"):
    """Press a button of an objection."""
    url = reverse("admin:publicity_objection_settle", args=[made.pk, outcome])
    return client.post(url, {"note": note})


def text(answer):
    return answer.content.decode()


def test_list_goes_from_the_pool_to_the_announcement(house, desk, settings):
    pooled(house, 2)
    where = {"line": "probe", "jurisdiction": "33", "contact": "0571-87054000"}
    assert desk.post(f"{LISTS}add/", where).status_code == 302
    batch = Batch.objects.get()
    act(desk, batch, "take_in")
    assert states(batch) == ["listed"] * 2
    picked = batch.entries.order_by("pk").first()
    act(desk, batch, "take_out", pick=[picked.pk])
    act(desk, batch, "take_in")
    act(desk, batch, "publicise", opens_on="2020-01-20", sure="1")
    assert state(batch) == "publicising"
    assert 'data-reload="2000"' in text(desk.get(f"{LISTS}{batch.pk}/change/"))
    carry(clock.now())
    stand(settings, CLOSED)
    desk.force_login(house.official)  # nobody was there for three weeks
    act(desk, batch, "announce", sure="1")
    carry(clock.now())
    assert (state(batch), states(batch)) == ("announced", ["announced"] * 2)
    assert text(desk.get(LISTS)).count(batch.title) >= 1


def test_list_without_a_contact_is_not_opened(desk):
    answer = desk.post(f"{LISTS}add/", {"line": "probe", "jurisdiction": "33", "contact": ""})
    assert set(answer.context["form"].errors) == {"contact"}
    answer = desk.post(f"{LISTS}add/", {"line": "probe", "jurisdiction": "32", "contact": "x"})
    assert set(answer.context["form"].errors) == {"jurisdiction"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("publicise", {"opens_on": "2020-01-20"}, "PUB-00"),
        ("publicise", {"opens_on": "", "sure": "1"}, "PUB-00"),
        ("publicise", {"opens_on": "2020-01-19", "sure": "1"}, "PUB-04"),
        ("cancel", {"note": ""}, "PUB-02"),
    ],
)
def test_act_that_cannot_be_done_says_why(house, desk, name, data, code):
    batch = listed(house)
    answer = act(desk, batch, name, **data)
    assert answer.status_code == 422
    assert [f.code for f in answer.context["found"]] == [code]
    assert state(batch) == "preparing"


def test_act_that_somebody_else_made_is_told(house, desk):
    batch = public(house)
    answer = act(desk, batch, "publicise", opens_on="2020-01-20", sure="1")
    assert answer.status_code == 302
    assert len(list(desk.get(answer["Location"]).context["messages"])) == 1


def test_step_that_failed_shows_its_error_and_a_button(house, desk):
    def broken(batch, entries, by, at):
        raise RuntimeError("no numbers left")

    batch = listed(house)
    act(desk, batch, "publicise", opens_on="2020-01-20", sure="1")
    for _attempt in range(5):
        batch.refresh_from_db()
        work.carry(line="probe", steps={"publicise": broken}, at=batch.due_at)
    page = text(desk.get(f"{LISTS}{batch.pk}/change/"))
    assert "no numbers left" in page
    assert "data-reload" not in page
    act(desk, batch, "try_again")
    carry(clock.now())
    assert state(batch) == "open"


def test_upheld_objection_moves_entry_and_filing_together(house, desk):
    batch = public(house)
    made = objection(batch.entries.get())
    assert settle(desk, made, "uphold", note=" ").status_code == 422
    assert states(batch) == ["held"]
    assert settle(desk, made, "uphold").status_code == 302
    assert states(batch) == ["struck"]
    assert Filing.objects.get(line="probe").state == "struck"
    settle(desk, made, "reject")
    made.refresh_from_db()
    assert made.state == "upheld"


@pytest.mark.parametrize(("outcome", "then"), [("decline", "not_accepted"), ("reject", "rejected")])
def test_other_outcomes_leave_the_filing_alone(house, desk, outcome, then):
    batch = public(house)
    made = objection(batch.entries.get())
    settle(desk, made, outcome)
    made.refresh_from_db()
    assert (made.state, states(batch)) == (then, ["publicised"])
    assert Filing.objects.get(line="probe").state == "public"


def test_mobile_number_is_shown_on_record_only(house, desk):
    batch = public(house)
    made = objection(batch.entries.get())
    page = f"{OBJECTIONS}{made.pk}/change/"
    assert "13812345678" not in text(desk.get(page))
    shown = desk.post(reverse("admin:publicity_objection_reveal", args=[made.pk]))
    assert "13812345678" in text(shown)
    event = BatchEvent.objects.get(act="reveal")
    assert (event.by, event.note) == (house.official, made.reference)


def test_evidence_is_sent_to_the_desk_alone(house, desk, client):
    made = objection(public(house).entries.get())
    file = made.files.get()
    url = reverse("admin:publicity_objection_file", args=[made.pk, file.pk])
    answer = desk.get(url)
    assert b"".join(answer.streaming_content) == paper().read()
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_objections_are_listed_with_their_list(house, desk):
    made = objection(public(house).entries.get())
    page = text(desk.get(f"{OBJECTIONS}?state__exact=received"))
    assert made.reference in page
    assert made.entry.name in page


@pytest.mark.parametrize("who", ["far", "reviewer", "filer", "operator"])
def test_nobody_else_finds_lists_or_objections(house, desk, client, who):
    house.far = accounts.official("32", name="far-official")
    batch = public(house)
    made = objection(batch.entries.get())
    client.force_login(getattr(house, who))
    file = made.files.get()
    for url in (
        f"{LISTS}{batch.pk}/change/",
        f"{OBJECTIONS}{made.pk}/change/",
        reverse("admin:publicity_objection_file", args=[made.pk, file.pk]),
    ):
        assert client.get(url).status_code in {302, 403, 404}
    for name in ("take_in", "publicise", "announce", "cancel", "try_again"):
        assert act(client, batch, name, sure="1").status_code in {302, 403, 404}
    assert settle(client, made, "uphold").status_code in {302, 403, 404}
    assert (state(batch), states(batch)) == ("open", ["held"])
    if who == "far":
        assert client.get(f"{LISTS}{batch.pk}/change/").status_code == 404
        assert batch.title not in text(client.get(LISTS))


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_as_much_for_one_as_for_three(house, desk, count, django_assert_num_queries):
    batch = listed(house, count)
    for _n in range(count - 1):
        opened(house)
    desk.get(LISTS)
    with django_assert_num_queries(6):
        desk.get(LISTS)
    with django_assert_num_queries(9):
        desk.get(f"{LISTS}{batch.pk}/change/")
