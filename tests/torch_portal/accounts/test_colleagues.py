"""Colleagues: asked in by e-mail, roles, leaving; never without an owner; all on record."""

import datetime
import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.factories import accounts
from tests.torch_portal.accounts.signing import GOOD, link_in
from torch_portal.accounts import actions
from torch_portal.accounts.actions.colleagues import digest
from torch_portal.accounts.enums import AccountAct, MemberRole
from torch_portal.accounts.models import AccountEvent, Invitation, Membership, User
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2020, 3, 2, 9, tzinfo=datetime.UTC)


def page(house):
    return reverse("accounts:colleagues", args=[house.firm.pk])


def invite(house, email="new@zhiwei.example", role="filer", at=AT):
    return actions.invite(enterprise=house.firm, by=house.filer, at=at, email=email, role=role)


def membership(person):
    return Membership.objects.get(user=person)


def test_invited_person_makes_an_account_and_is_in(client, house):
    client.force_login(house.filer)
    client.post(page(house), {"email": "new@zhiwei.example", "role": "filer"})
    letter = mail.outbox[-1]
    assert letter.to == ["new@zhiwei.example"]
    client.logout()
    path = link_in(letter)
    assert house.firm.name in client.get(path).content.decode()
    own = {"full_name": "林新", "username": "linxin", "password1": GOOD, "password2": GOOD}
    assert client.post(path, own)["Location"] == "/desk/start/"
    person = User.objects.get(username="linxin")
    assert (membership(person).role, person.email) == (MemberRole.FILER, "new@zhiwei.example")
    assert client.get("/accounts/").wsgi_request.user == person
    assert list(
        AccountEvent.objects.filter(enterprise=house.firm)
        .order_by("pk")
        .values_list("act", flat=True)
    ) == [AccountAct.INVITED, AccountAct.ARRIVED]
    client.logout()
    assert "已失效" in client.get(path).content.decode()
    client.post(path, own | {"username": "again"})
    assert not User.objects.filter(username="again").exists()


def test_who_has_an_account_comes_in_with_it(client, house):
    token = invite(house, at=clock.now(), role="reader")
    client.force_login(house.stranger)
    client.post(reverse("accounts:invitation", args=[token]))
    assert Membership.objects.get(user=house.stranger, enterprise=house.firm).role == "reader"


def test_no_second_account_is_made_for_a_known_address(client, house):
    token = invite(house, at=clock.now(), email=house.stranger.email)
    path = reverse("accounts:invitation", args=[token])
    own = {"full_name": "林", "username": "linxin", "password1": GOOD, "password2": GOOD}
    page = client.post(path, own)
    assert house.stranger.email in page.content.decode()
    assert not User.objects.filter(username="linxin").exists()


def test_secret_of_the_link_is_not_kept(house):
    token = invite(house)
    row = Invitation.objects.get()
    assert token not in {str(value) for value in vars(row).values()}
    assert row.digest == digest(token)


def test_invitation_ends_after_its_days(house, settings):
    invite(house)
    row = Invitation.objects.get()
    late = AT + datetime.timedelta(days=settings.INVITATION_DAYS)
    with pytest.raises(Refused):
        actions.take_up(invitation=row, by=house.stranger, at=late)
    actions.take_up(invitation=row, by=house.stranger, at=late - datetime.timedelta(microseconds=1))
    assert Membership.objects.filter(user=house.stranger, enterprise=house.firm).exists()


def test_invitation_withdrawn_or_made_again_ends_the_old_link(house):
    invite(house)
    first = Invitation.objects.get()
    invite(house)
    second = Invitation.objects.exclude(pk=first.pk).get()
    actions.withdraw_invitation(invitation=second, by=house.filer, at=AT)
    for row in (first, second):
        with pytest.raises(Refused):
            actions.take_up(invitation=row, by=house.stranger, at=AT)


def test_colleague_is_not_asked_in_twice(client, house):
    client.force_login(house.filer)
    answer = client.post(page(house), {"email": house.reader.email, "role": "owner"})
    assert "email" in answer.context["form"].errors
    assert not Invitation.objects.exists()


def test_owner_changes_roles_and_removes(client, house):
    client.force_login(house.filer)
    row = membership(house.reader)
    client.post(reverse("accounts:change-role", args=[row.pk]), {"role": "filer"})
    assert membership(house.reader).role == MemberRole.FILER
    client.post(reverse("accounts:change-role", args=[row.pk]), {"role": "emperor"})
    assert membership(house.reader).role == MemberRole.FILER
    client.post(reverse("accounts:remove", args=[row.pk]))
    assert not Membership.objects.filter(user=house.reader).exists()
    acts = AccountEvent.objects.order_by("pk").values_list(
        "act", "by__username", "person__username"
    )
    assert list(acts) == [
        (AccountAct.ROLE_CHANGED, "filer", "reader"),
        (AccountAct.REMOVED, "filer", "reader"),
    ]


def test_last_owner_stays(client, house):
    client.force_login(house.filer)
    row = membership(house.filer)
    for act, data in (("change-role", {"role": "reader"}), ("remove", {})):
        answer = client.post(reverse(f"accounts:{act}", args=[row.pk]), data, follow=True)
        assert membership(house.filer).role == MemberRole.OWNER
        assert answer.status_code == 200
    closed = accounts.member(house.firm, name="closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(Refused):
        actions.remove(membership=row, by=house.filer, at=AT)
    accounts.member(house.firm, name="second-owner")
    actions.remove(membership=row, by=house.filer, at=AT)
    assert not Membership.objects.filter(user=house.filer).exists()


@pytest.mark.parametrize("who", ["reader", "stranger", "reviewer", "operator"])
def test_others_do_nothing_here(client, house, who):
    person = getattr(house, who)
    client.force_login(person)
    assert client.get(page(house)).status_code == (403 if who == "reader" else 404)
    row = membership(house.filer)
    assert client.post(reverse("accounts:remove", args=[row.pk])).status_code == 404
    with pytest.raises(Denied):
        actions.invite(enterprise=house.firm, by=person, at=AT, email="x@example.com", role="owner")
    with pytest.raises(Denied):
        actions.change_role(membership=row, by=person, at=AT, role="reader")


def test_record_cannot_be_changed(house):
    invite(house)
    for change in (lambda rows: rows.update(note="x"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(AccountEvent.objects.all())


@pytest.mark.django_db(transaction=True)
def test_two_owners_cannot_both_leave_at_once(house):
    other = accounts.member(house.firm, name="second-owner")
    rows = [membership(house.filer), membership(other)]
    gate, refused = threading.Barrier(2), []

    def leave(row):
        gate.wait()
        try:
            actions.remove(membership=row, by=row.user, at=AT)
        except Refused:
            refused.append(row.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Membership.objects.filter(enterprise=house.firm, role=MemberRole.OWNER).count() == 1


def test_queries_of_the_page_do_not_grow(client, house, django_assert_num_queries):
    client.force_login(house.filer)
    client.get(page(house))
    with django_assert_num_queries(8):
        client.get(page(house))
    for number in range(3):
        accounts.member(house.firm, "reader", name=f"more{number}")
        invite(house, email=f"more{number}@example.net", at=clock.now())
    with django_assert_num_queries(8):
        client.get(page(house))
