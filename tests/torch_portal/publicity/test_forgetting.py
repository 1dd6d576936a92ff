"""People behind settled objections are forgotten by rule, and nothing else of a list."""

import datetime

import pytest

from tests.torch_portal.publicity.sample import CLOSED, objection, public
from torch_portal.desk import retention
from torch_portal.desk.models import RetentionRule
from torch_portal.publicity import actions
from torch_portal.publicity.models import Objection

SETTLED = CLOSED
NIGHT = datetime.time(3, 40, tzinfo=datetime.UTC)


def run(day):
    return retention.forget(day=day, at=datetime.datetime.combine(day, NIGHT))


@pytest.fixture
def settled(house):
    """An objection that was examined and not upheld; the rule is on, after 12 months."""
    RetentionRule.objects.filter(subject="objectors").update(active=True, months=12)
    made = objection(public(house).entries.get())
    actions.reject_objection(objection=made, by=house.official, at=SETTLED, note="证据不足")
    return made


@pytest.mark.parametrize(("later", "forgotten"), [(0, False), (1, True)])
def test_objector_is_forgotten_after_the_months(settled, later, forgotten):
    day = datetime.date(2021, 2, 11) + datetime.timedelta(days=later)
    assert run(day) == ({"objectors": 1} if forgotten else {})
    kept = Objection.objects.get()
    assert ((kept.name, kept.mobile) == ("—", "")) is forgotten
    assert (kept.text, kept.outcome, kept.state) == (settled.text, "证据不足", "rejected")


def test_evidence_goes_with_the_objector_once(settled, django_capture_on_commit_callbacks):
    proof = settled.files.get()
    storage, name = proof.file.storage, proof.file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert run(datetime.date(2022, 3, 1)) == {"objectors": 1}
    assert not settled.files.exists()
    assert not storage.exists(name)
    assert run(datetime.date(2022, 3, 2)) == {}


def test_open_objection_is_not_forgotten(house):
    RetentionRule.objects.filter(subject="objectors").update(active=True, months=12)
    made = objection(public(house).entries.get())
    assert run(datetime.date(2030, 1, 1)) == {}
    assert Objection.objects.get().name == made.name
