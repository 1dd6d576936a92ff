"""Hand-over and rating over the API."""

import pytest

from contracts.enums import State
from tests.contracts.api_calls import at_state, client, codes, post, url
from tests.factories import accounts
from torch_portal.filings.models import Filing, Rating

pytestmark = pytest.mark.usefixtures("spring_2020")


@pytest.fixture
def colleague(house):
    return accounts.member(house.firm, name="colleague")


def test_filing_is_handed_to_a_colleague_once_for_a_key(filer, house, colleague):
    contract = at_state(house, State.SUBMITTED)
    there = url(contract, "handover")
    before = filer.get(there).json()
    assert before["handler"]["id"] == house.filer.pk
    assert [p["id"] for p in before["takers"]] == [colleague.pk]
    sent = {"to": colleague.pk, "note": "休假"}
    answers = [post(filer, there, sent, **{"Idempotency-Key": "h"}) for _turn in range(2)]
    assert [a.status_code for a in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert Filing.objects.get(pk=contract.pk).handler == colleague
    assert contract.filing.events.filter(move="hand_over").count() == 1


def test_hand_over_is_refused_to_who_may_not(filer, reviewer, house, colleague):
    contract = at_state(house, State.SUBMITTED)
    there = url(contract, "handover")
    assert post(reviewer, there, {"to": colleague.pk}).status_code == 403
    assert post(client(house.reader), there, {"to": colleague.pk}).status_code == 403
    assert client(house.stranger).get(there).status_code == 404
    assert post(filer, there, {"to": house.stranger.pk}).status_code == 404
    refused = post(filer, there, {"to": house.reader.pk})
    assert refused.status_code == 422
    assert "HAND-01" in codes(refused)
    assert post(filer, there, {"to": "x", "more": 1}).status_code == 400


def test_finished_matter_is_rated_once(filer, house):
    contract = at_state(house, State.RECOGNISED)
    there = url(contract, "rating")
    assert filer.get(there).status_code == 404
    assert "RATE-03" in codes(post(filer, there, {"grade": 1}))
    made = post(filer, there, {"grade": 1, "reason": "太慢"})
    assert made.status_code == 201
    assert (made.json()["grade"], made.json()["replied_at"]) == (1, None)
    assert made.json()["reply_due_on"]
    assert filer.get(there).json() == made.json()
    assert "RATE-01" in codes(post(filer, there, {"grade": 5}))


def test_rating_is_the_enterprises_alone(reviewer, house):
    contract = at_state(house, State.RECOGNISED)
    there = url(contract, "rating")
    assert post(reviewer, there, {"grade": 5}).status_code == 403
    assert post(client(house.reader), there, {"grade": 5}).status_code == 403
    Rating.objects.create(filing=contract.filing, grade=5, rated_at=contract.saved_at,
                          rated_by=house.filer)  # fmt: skip
    assert reviewer.get(there).status_code == 404
    assert client(house.reader).get(there).status_code == 200
