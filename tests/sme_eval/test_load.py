"""A load through COPY leaves nothing that the consistency check would find."""

import datetime

import pytest
from django.core.management import call_command

from sme_eval import actions, queries
from sme_eval.enums import NUMBERED, State
from sme_eval.line import PUBLICITY
from sme_eval.management import load as loads
from sme_eval.models import Evaluation
from tests.factories.sme_eval import AT
from torch_portal.accounts import demo
from torch_portal.accounts.models import Agency, User
from torch_portal.filings import queries as filings
from torch_portal.filings.management import loading
from torch_portal.filings.models import Filing, search
from torch_portal.publicity import actions as publicity
from torch_portal.publicity.enums import BatchState, EntryState
from torch_portal.publicity.models import Batch, Entry
from torch_portal.publicity.work import carry

pytestmark = pytest.mark.django_db
WANTED = 1500


@pytest.fixture
def loaded(monkeypatch):
    demo.load()
    monkeypatch.setattr(loading, "CHUNK", 700)
    return loads.load(filings=WANTED, seed=7, at=AT)


def test_every_state_is_there_and_every_invariant_holds(loaded):
    assert sum(loaded.values()) == WANTED == Evaluation.objects.count()
    assert set(Filing.objects.values_list("state", flat=True)) == set(State)
    assert queries.consistency() == []
    assert filings.problems() == []
    call_command("check_consistency")


def test_what_has_a_number_stands_on_an_announced_list(loaded):
    numbered = Evaluation.objects.filter(filing__state__in=NUMBERED)
    entries = Entry.objects.filter(state=EntryState.ANNOUNCED)
    assert set(entries.values_list("filing", "number")) == set(numbered.values_list("pk", "number"))
    public = Filing.objects.filter(state=State.IN_PUBLICITY).count()
    assert Entry.objects.filter(batch__state=BatchState.OPEN).count() == public
    assert all(batch.is_open(AT) for batch in Batch.objects.filter(state=BatchState.OPEN))


def test_what_was_loaded_is_found(loaded):
    one = Evaluation.objects.filter(number__isnull=False).first()
    for word in (one.number, one.filing.number, one.enterprise.name, one.enterprise.credit_code):
        asked = search.query(word)
        found = Filing.objects.filter(search_entry__grams__holds=asked)
        assert one.filing in found, word


def test_loaded_forms_are_worked_on_like_any_other(loaded):
    official = User.objects.get(username="official")
    examiner = User.objects.get(username="examiner")
    office = Agency.objects.get(code="330100")
    here = Evaluation.objects.filter(filing__agency=office)
    for evaluation in here.filter(filing__state=State.PASSED):
        actions.send_back(evaluation=evaluation, by=official, at=AT, note="请复核")
    waiting = here.filter(filing__state=State.SUBMITTED).first()
    actions.refuse(evaluation=waiting, by=examiner, at=AT, note="属于限制类行业")
    batch = Batch.objects.get(jurisdiction="33", state=BatchState.OPEN)
    later = AT + datetime.timedelta(days=20)
    publicity.announce(batch=batch, by=official, at=later)
    carry(line="sme_eval", steps=PUBLICITY.steps, at=later)
    assert queries.consistency() == []
    assert filings.problems() == []


def test_the_same_seed_does_not_evaluate_an_enterprise_twice(loaded):
    with pytest.raises(ValueError, match="another seed"):
        loads.load(filings=WANTED, seed=7, at=AT)
    loads.load(filings=WANTED, seed=8, at=AT)
    assert queries.consistency() == []
