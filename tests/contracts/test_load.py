"""A load through COPY leaves nothing that the consistency check would find."""

import pytest
from django.core.management import call_command

from contracts.enums import State
from contracts.management import demo as demonstration
from contracts.management import load as loads
from contracts.models import Contract
from contracts.queries import consistency
from tests.factories.contracts import AT, contract_at
from torch_portal.accounts import demo
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.filings import queries as filings
from torch_portal.filings.management import loading
from torch_portal.filings.models import Filing, search

pytestmark = pytest.mark.django_db
WANTED = 400


@pytest.fixture
def loaded(monkeypatch):
    demo.load()
    monkeypatch.setattr(loading, "CHUNK", 150)
    return loads.load(filings=WANTED, seed=7, at=AT)


def test_every_state_is_there_and_every_invariant_holds(loaded):
    assert sum(loaded.values()) == WANTED == Contract.objects.count()
    assert set(Filing.objects.values_list("state", flat=True)) == set(State)
    assert consistency() == []
    assert filings.problems() == []
    call_command("check_consistency")


def test_what_was_loaded_is_found(loaded):
    one = Contract.objects.filter(registration_number__isnull=False).first()
    for word in (one.registration_number, one.filing.number, one.seller_name, one.project_name):
        asked = search.query(word)
        found = Filing.objects.filter(search_entry__grams__holds=asked)
        assert one.filing in found, word


def test_the_next_real_number_follows_the_loaded_ones(loaded):
    at = {
        "firm": Enterprise.objects.get(credit_code="91330106MAGUJ65R6B"),
        "by": User.objects.get(username="enterprise"),
        "office": Agency.objects.get(code="330101"),
        "examiner": User.objects.get(username="examiner"),
    }
    contract_at("recognised", **at)
    assert consistency() == []


def test_the_same_seed_gives_the_same_contracts(loaded):
    first = list(Contract.objects.order_by("pk").values_list("project_name", "total_yuan"))
    assert len(set(first)) > WANTED * 0.9
    again = loads.load(filings=WANTED, seed=7, at=AT)
    second = list(Contract.objects.order_by("pk").values_list("project_name", "total_yuan"))
    assert again == loaded
    assert second[WANTED:] == first


def test_demonstration_by_the_real_acts_has_an_announced_revocation():
    demo.load()
    made = demonstration.seed(filings=31, seed=7, at=AT)
    assert made[State.REVOCATION_NOTICED] == made[State.REVOKED] == 1
    assert Filing.objects.filter(state=State.REVOCATION_NOTICED).count() == 1
    assert consistency() == []
