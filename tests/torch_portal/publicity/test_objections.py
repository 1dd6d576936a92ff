"""Objections: true name, evidence, inside the period; they hold their entry until handled."""

import pytest
from django.db import connection, transaction

from tests.factories import accounts
from tests.factories.contracts import pdf_bytes
from tests.torch_portal.publicity.sample import (
    AT,
    CLOSED,
    PUBLICITY,
    SAID,
    announced,
    listed,
    moment,
    objection,
    paper,
    picture,
    public,
    states,
)
from torch_portal.accounts.models import Membership, User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale
from torch_portal.publicity import actions
from torch_portal.publicity.actions import Said
from torch_portal.publicity.models import Batch, Objection

UNIT = Said(kind="unit", name="杭州某某科技有限公司", text=SAID.text)


@pytest.fixture
def entry(house):
    return public(house).entries.get()


def refusal(entry, said=SAID, at=AT, **files):
    """The findings that stop an objection: (code, field) each."""
    files = files or {"evidence": [paper()]}
    with pytest.raises(Refused) as refused:
        actions.object_(batch=entry.batch, entry=entry, said=said, at=at, **files)
    assert not Objection.objects.exists()
    assert all(f.clause == PUBLICITY.clause and f.text() for f in refused.value.findings)
    return [(f.code, f.field) for f in refused.value.findings]


# --- made -------------------------------------------------------------------------------------


def test_objection_of_a_person_holds_its_entry(entry):
    made = objection(entry)
    entry.refresh_from_db()
    assert (entry.state, made.state) == ("held", "received")
    assert made.reference == "YY202001200001"
    assert len(made.code) == 8
    assert [(f.kind, f.name) for f in made.files.all()] == [("evidence", "证据.pdf")]


def test_mobile_number_is_sealed(entry):
    made = objection(entry)
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM publicity_objection")
        (stored,) = cursor.fetchone()
    assert stored.startswith("sealed:")
    assert Objection.objects.get(pk=made.pk).mobile == "13812345678"


def test_objection_of_a_unit_comes_with_its_sealed_letter(entry):
    said = Said(kind="unit", name="杭州朗途生物医药有限公司", text=SAID.text)
    made = actions.object_(
        batch=entry.batch, entry=entry, said=said, letter=[picture()], evidence=[paper()], at=AT
    )
    assert sorted(made.files.values_list("kind", flat=True)) == ["evidence", "letter"]


def test_everything_that_is_missing_is_said_at_once(entry):
    said = Said(kind="person", name="", text="")
    assert refusal(entry, said, letter=[]) == [
        ("OBJ-01", "name"),
        ("OBJ-02", "mobile"),
        ("OBJ-03", "text"),
        ("OBJ-05", "evidence"),
    ]


@pytest.mark.parametrize("name", ["", "王", "匿名", "匿名群众", "123456", "Anonymous", "——"])
def test_anonymous_objection_is_refused(entry, name):
    said = Said(kind="person", name=name, mobile=SAID.mobile, text=SAID.text)
    assert refusal(entry, said) == [("OBJ-01", "name")]


@pytest.mark.parametrize(
    "mobile", ["", "1381234567", "138123456789", "23812345678", "0571-87054000"]
)
def test_person_without_a_mobile_number_is_refused(entry, mobile):
    said = Said(kind="person", name=SAID.name, mobile=mobile, text=SAID.text)
    assert refusal(entry, said) == [("OBJ-02", "mobile")]


def test_unit_without_its_letter_is_refused(entry):
    said = Said(kind="unit", name="杭州朗途生物医药有限公司", text=SAID.text)
    assert refusal(entry, said) == [("OBJ-04", "letter")]


def test_file_that_is_no_document_is_refused(entry):
    bad = paper("证据.pdf", b"MZ this is a program")
    assert refusal(entry, evidence=[bad]) == [("OBJ-06", "evidence")]


def test_files_have_a_number_and_a_size_together(entry, settings):
    many = [paper(f"{n}.pdf", pdf_bytes(n + 1)) for n in range(11)]
    assert refusal(entry, evidence=many) == [("OBJ-06", "evidence")]
    settings.ATTACHMENT_MAX_BYTES = paper().size * 3 // 2
    assert refusal(entry, evidence=[paper(), picture()], letter=[paper()]) == [
        ("OBJ-06", "evidence")
    ]


@pytest.mark.parametrize(("letters", "refused"), [(9, ["OBJ-03"]), (10, [])])
def test_words_have_a_least_length(entry, letters, refused):
    said = Said(kind="person", name=SAID.name, mobile=SAID.mobile, text="字" * letters)
    if refused:
        assert [code for code, _field in refusal(entry, said)] == refused
    else:
        actions.object_(batch=entry.batch, entry=entry, said=said, evidence=[paper()], at=AT)


@pytest.mark.parametrize("at", ["2020-01-20T00:00:00", "2020-02-10T23:59:59"])
def test_objection_in_the_first_and_the_last_second_is_taken(entry, at):
    assert objection(entry, moment(at)).state == "received"


@pytest.mark.parametrize("at", ["2020-01-19T23:59:59", "2020-02-11T00:00:00"])
def test_objection_outside_the_period_is_refused(entry, at):
    assert refusal(entry, at=moment(at)) == [("OBJ-07", "")]


def test_objection_to_a_list_that_is_not_public_is_refused(house):
    entry = listed(house).entries.get()
    assert refusal(entry) == [("OBJ-07", ""), ("OBJ-08", "entry")]


def test_objection_to_an_entry_struck_off_is_refused(house):
    batch = public(house, 2)
    first = batch.entries.order_by("ordinal").first()
    made = objection(first)
    actions.uphold(objection=made, by=house.official, at=AT, note="属实")
    with pytest.raises(Refused, match="OBJ-08"):
        objection(first, text="另外还有一个问题，附上材料。")


def test_objection_after_the_announcement_is_refused(house):
    entry = announced(house).entries.get()
    assert refusal(entry, at=CLOSED) == [("OBJ-07", "")]


def test_same_objection_twice_is_one(entry):
    first, second = objection(entry), objection(entry)
    assert first == second
    assert Objection.objects.count() == 1
    assert objection(entry, mobile="13900000000") != first


# --- handled ----------------------------------------------------------------------------------


def test_upheld_objection_strikes_its_entry_and_hands_it_back(house, entry):
    made = objection(entry)
    with transaction.atomic():
        struck = actions.uphold(objection=made, by=house.official, at=AT, note="经核查属实")
        PUBLICITY.uphold(struck, house.official, AT, "经核查属实")
    entry.refresh_from_db()
    entry.filing.refresh_from_db()
    assert (struck, entry.state, entry.filing.state) == (entry, "struck", "struck")
    assert (made.state, made.outcome, made.handled_by) == ("upheld", "经核查属实", house.official)


@pytest.mark.parametrize("act", [actions.decline_objection, actions.reject_objection])
def test_other_outcomes_release_the_entry(house, entry, act):
    act(objection=objection(entry), by=house.official, at=AT, note="未提供事实")
    entry.refresh_from_db()
    assert entry.state == "publicised"


def test_entry_is_held_until_its_last_objection_is_handled(house, entry):
    first, second = objection(entry), objection(entry, name="李小红", mobile="13900000000")
    actions.reject_objection(objection=first, by=house.official, at=AT, note="不属实")
    assert states(entry.batch) == ["held"]
    actions.reject_objection(objection=second, by=house.official, at=AT, note="不属实")
    assert states(entry.batch) == ["publicised"]


def test_entry_is_struck_off_once(house, entry):
    first, second = objection(entry), objection(entry, name="李小红", mobile="13900000000")
    assert actions.uphold(objection=first, by=house.official, at=AT, note="属实") == entry
    assert actions.uphold(objection=second, by=house.official, at=AT, note="属实") is None
    assert states(entry.batch) == ["struck"]


def test_objection_to_the_list_as_a_whole_strikes_nothing(house, entry):
    made = actions.object_(batch=entry.batch, entry=None, said=SAID, evidence=[paper()], at=AT)
    assert states(entry.batch) == ["publicised"]
    assert actions.uphold(objection=made, by=house.official, at=AT, note="属实") is None
    assert states(entry.batch) == ["publicised"]


def test_objection_is_handled_once_and_with_words(house, entry):
    made = objection(entry)
    with pytest.raises(Refused, match="OBJ-09"):
        actions.uphold(objection=made, by=house.official, at=AT, note=" ")
    actions.reject_objection(objection=made, by=house.official, at=AT, note="不属实")
    with pytest.raises(Stale):
        actions.uphold(objection=made, by=house.official, at=AT, note="属实")
    assert states(entry.batch) == ["publicised"]


def test_only_the_jurisdiction_handles_and_nobody_their_own_enterprise(house, entry):
    made = objection(entry)
    far = accounts.official("32", name="far-official")
    for person in (far, house.reviewer, house.filer, house.operator):
        with pytest.raises(Denied):
            actions.uphold(objection=made, by=person, at=AT, note="属实")
        assert not Objection.objects.visible_to(person).exists()
        assert not Batch.objects.visible_to(person).exists()
    Membership.objects.create(user=house.official, enterprise=house.firm, role="reader")
    with pytest.raises(Denied):
        actions.uphold(objection=made, by=User.objects.get(username="official"), at=AT, note="属实")
    country = accounts.official(None, name="country")
    actions.uphold(objection=made, by=country, at=AT, note="属实")
