"""Changes of settings: recorded with who and why; grave ones by two persons, within a week."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import accounts
from torch_portal.accounts.changes import actions
from torch_portal.accounts.changes.values import differences
from torch_portal.accounts.models import Agency, Change
from torch_portal.accounts.roles import Denied

AT = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=datetime.UTC)
WEEK = datetime.timedelta(days=7)


def form(office, **changes):
    """The page of an agency as it is posted."""
    return {
        "name": office.name,
        "code": office.code,
        "jurisdiction": office.jurisdiction_id,
        "review_body": office.review_body,
        "active": "on",
        "areas": "3301",
        "reason": "机构调整",
        **changes,
    }


def change_url(office):
    return reverse("admin:accounts_agency_change", args=[office.pk])


def draft(office, **after):
    """A change of an agency's name."""
    before = {"name": office.name}
    return actions.Draft(Agency, office, office.name, before, after, "机构调整", "33")


def recorded(house):
    return actions.record(
        draft=draft(house.office, name="甲"), write=lambda: None, by=house.operator, at=AT
    )


def areas(office):
    return sorted(office.areas.values_list("prefix", flat=True))


def write(office):
    """What a confirmation does to the row."""

    def put(change):
        Agency.objects.filter(pk=office.pk).update(name=change.after["name"])

    return put


def current(office):
    return lambda _change: {"name": Agency.objects.get(pk=office.pk).name}


def test_harmless_change_is_made_and_recorded(client, house):
    client.force_login(house.operator)
    client.post(change_url(house.office), form(house.office, phone="0571-1"))
    kept = Change.objects.get()
    assert Agency.objects.get(pk=house.office.pk).phone == "0571-1"
    assert (kept.act, kept.state, kept.made_by, kept.settled_by) == (
        "change",
        "applied",
        house.operator,
        house.operator,
    )
    assert (kept.before["phone"], kept.after["phone"], kept.reason) == ("", "0571-1", "机构调整")
    shown = client.get(change_url(house.office))
    assert [e["change"] for e in shown.context["changes"]] == [kept]
    assert "机构调整" in shown.content.decode()


def test_change_without_a_reason_is_not_made(client, house):
    client.force_login(house.operator)
    answer = client.post(change_url(house.office), form(house.office, phone="1", reason=" "))
    assert "reason" in answer.context["adminform"].errors
    assert Agency.objects.get(pk=house.office.pk).phone == ""
    assert not Change.objects.exists()


def test_nothing_changed_leaves_no_record(client, house):
    client.force_login(house.operator)
    client.post(change_url(house.office), form(house.office))
    assert not Change.objects.exists()


def test_area_waits_for_a_second_person(client, house):
    client.force_login(house.operator)
    answer = client.post(change_url(house.office), form(house.office, areas="3301, 3302"))
    proposal = Change.objects.get()
    page = reverse("admin:accounts_agency_proposal", args=[proposal.pk])
    assert answer["Location"] == page
    assert (proposal.state, areas(house.office)) == ("proposed", ["3301"])
    own = client.get(page)
    assert (own.context["may_confirm"], own.context["may_take_back"]) == (False, True)
    client.post(page, {"answer": "confirm"})
    assert areas(house.office) == ["3301"]
    client.force_login(house.official)
    assert client.get(page).context["may_confirm"]
    assert client.get(page).context["effects"]
    client.post(page, {"answer": "confirm"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.settled_by) == ("applied", house.official)
    assert areas(house.office) == ["3301", "3302"]


@pytest.mark.parametrize("typed", ["9901", "33x", "3"])
def test_area_that_is_no_place_is_named(client, house, typed):
    client.force_login(house.operator)
    answer = client.post(change_url(house.office), form(house.office, areas=f"3301 {typed}"))
    assert typed in str(answer.context["adminform"].errors["areas"])
    assert not Change.objects.exists()


def test_rejection_needs_a_reason_and_changes_nothing(client, house):
    client.force_login(house.operator)
    page = client.post(change_url(house.office), form(house.office, areas="3302"))["Location"]
    client.force_login(house.official)
    client.post(page, {"answer": "reject", "note": " "})
    assert Change.objects.get().state == "proposed"
    client.post(page, {"answer": "reject", "note": "宁波另有机构"})
    kept = Change.objects.get()
    assert (kept.state, kept.answer, areas(house.office)) == (
        "rejected",
        "宁波另有机构",
        ["3301"],
    )
    assert "宁波另有机构" in client.get(page).content.decode()


def test_proposer_takes_it_back(client, house):
    client.force_login(house.operator)
    page = client.post(change_url(house.office), form(house.office, areas="3302"))["Location"]
    client.post(page, {"answer": "reject"})
    assert Change.objects.get().state == "withdrawn"


@pytest.mark.parametrize("who", ["reviewer", "far_official"])
def test_proposal_is_out_of_sight_for_others(client, house, who):
    house.far_official = accounts.official("32", name="far-official")
    client.force_login(house.operator)
    page = client.post(change_url(house.office), form(house.office, areas="3302"))["Location"]
    client.force_login(getattr(house, who))
    assert client.get(page).status_code == 404
    assert client.post(page, {"answer": "confirm"}).status_code == 404
    assert Change.objects.get().state == "proposed"


def test_two_proposals_of_one_setting_are_not_open_at_once(house):
    actions.propose(draft=draft(house.office, name="甲"), by=house.operator, at=AT)
    with pytest.raises(actions.Settled):
        actions.propose(draft=draft(house.office, name="乙"), by=house.official, at=AT)
    later = AT + WEEK
    actions.propose(draft=draft(house.office, name="乙"), by=house.official, at=later)
    assert sorted(Change.objects.values_list("state", flat=True)) == ["expired", "proposed"]


@pytest.mark.parametrize(("seconds", "possible"), [(-1, True), (0, False)])
def test_proposal_expires_after_a_week(house, seconds, possible):
    change = actions.propose(draft=draft(house.office, name="甲"), by=house.operator, at=AT)
    late = AT + WEEK + datetime.timedelta(seconds=seconds)
    known = {"current": current(house.office), "write": write(house.office)}
    if possible:
        actions.confirm(change=change, by=house.official, at=late, **known)
    else:
        with pytest.raises(actions.Settled):
            actions.confirm(change=change, by=house.official, at=late, **known)
        assert (actions.expire(at=late), actions.expire(at=late)) == (1, 0)
    assert (Agency.objects.get(pk=house.office.pk).name == "甲") is possible


def test_setting_that_moved_meanwhile_is_not_overwritten(house):
    change = actions.propose(draft=draft(house.office, name="甲"), by=house.operator, at=AT)
    Agency.objects.filter(pk=house.office.pk).update(name="乙")
    with pytest.raises(actions.Settled):
        actions.confirm(
            change=change,
            current=current(house.office),
            write=write(house.office),
            by=house.official,
            at=AT,
        )
    assert Agency.objects.get(pk=house.office.pk).name == "乙"
    change.refresh_from_db()
    assert change.state == "proposed"


def test_nobody_confirms_the_own_proposal(house):
    change = actions.propose(draft=draft(house.office, name="甲"), by=house.operator, at=AT)
    with pytest.raises(Denied):
        actions.confirm(
            change=change,
            current=current(house.office),
            write=write(house.office),
            by=house.operator,
            at=AT,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(state="applied", settled_by=house.operator, settled_at=AT)


def test_second_confirmation_comes_too_late(house):
    change = actions.propose(draft=draft(house.office, name="甲"), by=house.operator, at=AT)
    known = {"current": current(house.office), "write": write(house.office)}
    actions.confirm(change=change, by=house.official, at=AT, **known)
    with pytest.raises(actions.Settled):
        actions.confirm(change=change, by=house.second, at=AT, **known)


def test_record_is_append_only(house):
    actions.record(
        draft=draft(house.office, name="甲"), write=lambda: None, by=house.operator, at=AT
    )
    for harm in (
        lambda: Change.objects.update(reason="x"),
        lambda: Change.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            harm()


def test_list_of_changes_by_role(client, house):
    far = accounts.official("32", name="far-official")
    actions.record(
        draft=draft(house.office, name="甲"), write=lambda: None, by=house.operator, at=AT
    )
    page = reverse("admin:accounts_change_changelist")
    counts = {}
    for person in (house.operator, house.official, far, house.reviewer):
        client.force_login(person)
        answer = client.get(page)
        counts[person.username] = (
            len(answer.context["cl"].result_list) if answer.status_code == 200 else None
        )
    assert counts == {"operator": 1, "official": 1, "far-official": 0, "reviewer": None}
    client.force_login(house.operator)
    row = reverse("admin:accounts_change_change", args=[Change.objects.get().pk])
    assert "proposals" in client.get(row)["Location"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_changes_in_a_budget(client, house, rows, django_assert_max_num_queries):
    for n in range(rows):
        actions.record(
            draft=draft(house.office, name=f"甲{n}"), write=lambda: None, by=house.operator, at=AT
        )
    client.force_login(house.operator)
    with django_assert_max_num_queries(8):
        client.get(reverse("admin:accounts_change_changelist"))


def test_differences_are_told_in_words(house):
    found = differences(
        Agency, {"active": True, "jurisdiction": "33"}, {"active": False, "jurisdiction": "32"}
    )
    assert [f["before"] for f in found][1].endswith("(33)")
    assert found[0]["before"] != found[0]["after"]
