"""Many drafts in one request, and the list narrowed: line by line, all or none, sent again."""

import base64
import json

import pytest

from contracts.enums import State
from contracts.models import Contract
from tests.contracts.api_calls import BODY, LIST, PROBLEM, at_state, client, faults
from torch_portal.filings.models import Filing

BULK = f"{LIST}bulk/"


def send(api, rows, mode="each"):
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    return api.post(f"{BULK}?mode={mode}", text.encode(), content_type="application/x-ndjson")


def named(number, **more):
    return BODY | {"project_name": f"批量合同{number}"} | more


def bad(number):
    return named(number, total_yuan="十二万")


def test_good_lines_are_kept_and_bad_ones_told_by_line(house):
    api = client(house.filer)
    answer = send(api, [named(1), "", bad(2), "{", "[]", named(3, colour="red"), named(4)])
    told = answer.json()
    assert (answer.status_code, told["kept"], told["refused"]) == (200, 2, 4)
    assert [(r["line"], r["status"]) for r in told["rows"]] == [
        (1, 201), (3, 400), (4, 400), (5, 400), (6, 400), (7, 201),
    ]  # fmt: skip
    assert told["rows"][1]["errors"][0]["field"] == "total_yuan"
    assert told["rows"][4]["errors"][0]["field"] == "colour"
    names = Contract.objects.order_by("pk").values_list("project_name", flat=True)
    assert list(names) == ["批量合同1", "批量合同4"]


def test_all_or_none(house):
    api = client(house.filer)
    told = send(api, [named(1), bad(2), named(3)], mode="all").json()
    assert (told["kept"], told["refused"]) == (0, 3)
    assert [(r["status"], r["id"]) for r in told["rows"]] == [(424, None), (400, None), (424, None)]
    assert not Filing.objects.exists()
    told = send(api, [named(1), named(3)], mode="all").json()
    assert (told["kept"], Contract.objects.count()) == (2, 2)


def test_request_that_broke_off_is_sent_again_whole(house):
    api = client(house.filer)
    first = send(api, [named(1, key="a"), named(2, key="b")]).json()
    again = send(api, [named(1, key="a"), named(2, key="b"), named(3, key="c")]).json()
    assert [r["status"] for r in again["rows"]] == [200, 200, 201]
    assert [r["id"] for r in again["rows"][:2]] == [r["id"] for r in first["rows"]]
    assert Contract.objects.count() == 3


def test_key_with_other_content_is_refused_and_a_refused_line_burns_none(house):
    api = client(house.filer)
    send(api, [named(1, key="a"), bad(2) | {"key": "b"}])
    told = send(api, [named(9, key="a"), named(2, key="b")]).json()
    assert [r["status"] for r in told["rows"]] == [409, 201]
    assert told["rows"][0]["errors"][0]["code"] == "idempotency_key_reused"


def test_all_or_none_burns_no_key(house):
    api = client(house.filer)
    send(api, [named(1, key="a"), bad(2)], mode="all")
    assert [r["status"] for r in send(api, [named(1, key="a")]).json()["rows"]] == [201]


def test_line_that_asks_for_submission_and_may_not_leaves_no_draft(house):
    told = send(client(house.filer), [named(1, submit=True), named(2, submit="yes")]).json()
    first, second = told["rows"]
    assert (first["status"], second["status"]) == (422, 400)
    assert "attachments" in {e["field"] for e in first["errors"]}
    assert second["errors"][0]["field"] == "submit"
    assert not Filing.objects.exists()


def test_classified_contract_is_refused_before_it_is_kept(house):
    told = send(client(house.filer), [named(1, classified=True)]).json()
    assert told["rows"][0]["errors"][0]["code"] == "VH-11"
    assert not Filing.objects.exists()


@pytest.mark.parametrize("person", ["reader", "reviewer", "stranger_without"])
def test_who_may_not_file_gets_a_refusal_on_each_line(house, person):
    if person == "stranger_without":
        house.stranger.memberships.all().delete()
    user = getattr(house, person.removesuffix("_without"))
    told = send(client(user), [named(1)]).json()
    assert [r["status"] for r in told["rows"]] == [403]
    assert not Filing.objects.exists()


def test_requests_that_cannot_be_read(house):
    api = client(house.filer)
    assert send(api, [named(1)], mode="some").status_code == 400
    assert send(api, []).status_code == 400
    assert send(api, [{}] * 1001).status_code == 413
    wrong = api.post(BULK, {"a": 1}, format="json")
    assert (wrong.status_code, wrong["Content-Type"]) == (415, PROBLEM)
    assert not Filing.objects.exists()


# --- the list narrowed ------------------------------------------------------------------------


def ids(api, **asked):
    return [row["id"] for row in api.get(LIST, asked).json()["results"]]


def test_list_is_searched_and_filtered(house):
    one = at_state(house, State.SUBMITTED, project_name="红外测温算法")
    two = at_state(house, State.ACCEPTED, project_name="智能灌溉装备")
    api = client(house.filer)
    assert ids(api, q="灌溉") == [two.pk]
    assert ids(api, q="灌溉", state="submitted") == []
    assert ids(api, kind="development") == [two.pk, one.pk]
    assert ids(api, kind="service") == []
    assert ids(api, submitted_from="2020-03-02", submitted_to="2020-03-02") == [two.pk, one.pk]
    assert ids(api, submitted_to="2020-03-01") == []
    assert ids(api, submitted_from="2020-03-03") == []
    assert ids(api, due_to="2020-03-11") == []
    assert ids(api, due_to="2020-03-12") == [two.pk, one.pk]
    assert ids(client(house.far_reviewer), q="灌溉") == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"submitted_from": "2020-03-03", "submitted_to": "2020-03-02"}, "submitted_to"),
        ({"due_to": "soon"}, "due_to"), ({"kind": "poem"}, "kind"), ({"state": "x"}, "state"),
    ],
)  # fmt: skip
def test_filters_that_cannot_be_read_are_named(house, asked, field):
    answer = client(house.filer).get(LIST, asked)
    assert (answer.status_code, list(faults(answer))) == (400, [field])


def by_hand(said):
    """A cursor as somebody makes it who knows how it is written."""
    return base64.b64encode(said.encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["abc", "é", *map(by_hand, (
        "p=abc", "p=", "p=-1", "p=1.5", "p=%00", "p=١", f"p={'9' * 19}", "p=2020-01-01", "o=-1",
        "o=x",
    ))],
)  # fmt: skip
def test_cursor_made_by_hand_is_refused(house, cursor):
    at_state(house, State.SUBMITTED)
    answer = client(house.filer).get(LIST, {"cursor": cursor})
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize("said", [f"p={'9' * 18}", "o=999999999", "r=1&p=0"])
def test_cursor_made_by_hand_shows_no_more_than_the_list(house, said):
    contract = at_state(house, State.SUBMITTED)
    assert set(ids(client(house.filer), cursor=by_hand(said))) <= {contract.pk}
    assert ids(client(house.far_reviewer), cursor=by_hand(said)) == []
