"""Registering an enterprise: the letter, the first owner, everybody after."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import accounts
from tests.torch_portal.accounts.signing import GOOD, link_in, sign_in
from torch_portal.accounts.enums import AccountAct, JoinState, MemberRole
from torch_portal.accounts.models import (
    AccountEvent,
    Enterprise,
    JoinRequest,
    Membership,
    User,
)

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"


def typed(**changes):
    return {
        "credit_code": accounts.ZHIWEI,
        "enterprise_name": "杭州知微能源科技股份有限公司",
        "division": "",
        "full_name": "陈知微",
        "email": "chen@zhiwei.example",
        "phone": "13800001234",
        "username": "chenzw",
        "password1": GOOD,
        "password2": GOOD,
    } | changes


def register(client, **changes):
    return client.post(SIGN_UP, typed(**changes))


def confirm(client):
    return client.post(link_in(mail.outbox[-1]))


def test_first_person_becomes_owner_once_the_letter_is_opened(client):
    assert register(client)["Location"] == reverse("account_email_verification_sent")
    assert not Enterprise.objects.exists()
    assert sign_in(client, "chenzw", GOOD)["Location"] == reverse("account_email_verification_sent")
    assert not client.get("/accounts/").wsgi_request.user.is_authenticated
    confirm(client)
    firm = Enterprise.objects.get()
    assert (firm.credit_code, firm.division, firm.jurisdiction_id) == (
        accounts.ZHIWEI,
        "330106",
        "33",
    )
    member = Membership.objects.get()
    assert (member.user.username, member.role) == ("chenzw", MemberRole.OWNER)
    assert AccountEvent.objects.get().act == AccountAct.FOUNDED
    client.logout()
    assert sign_in(client, "chen@zhiwei.example", GOOD)["Location"] == "/desk/start/"


def test_letter_names_the_portal_not_the_host_of_the_request(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(SIGN_UP, typed(), headers={"host": "evil.example"})
    assert "http://testserver/accounts/confirm-email/" in mail.outbox[-1].body
    assert "evil" not in mail.outbox[-1].body


def test_second_person_waits_for_the_owner(client, house):
    register(client)
    confirm(client)
    row = JoinRequest.objects.get()
    assert row.state == JoinState.WAITING
    assert not Membership.objects.filter(user__username="chenzw").exists()
    told = mail.outbox[-1]
    assert told.to == [house.filer.email]
    assert reverse("accounts:colleagues", args=[house.firm.pk]) in told.body
    client.force_login(house.filer)
    client.post(reverse("accounts:let-in", args=[row.pk]), {"role": "reader"})
    assert Membership.objects.get(user=row.user).role == MemberRole.READER
    assert mail.outbox[-1].to == ["chen@zhiwei.example"]
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (JoinState.ACCEPTED, house.filer)
    page = client.post(reverse("accounts:let-in", args=[row.pk]), {"role": "owner"}, follow=True)
    assert "已处理" in page.content.decode()
    assert Membership.objects.get(user=row.user).role == MemberRole.READER


def test_owner_does_not_let_somebody_in(client, house):
    register(client)
    confirm(client)
    row = JoinRequest.objects.get()
    client.force_login(house.filer)
    client.post(reverse("accounts:turn-away", args=[row.pk]), {"note": "不是本单位员工"})
    row.refresh_from_db()
    assert (row.state, row.note) == (JoinState.REFUSED, "不是本单位员工")
    assert "不是本单位员工" in mail.outbox[-1].body
    assert not Membership.objects.filter(user=row.user).exists()


@pytest.mark.parametrize("who", ["reader", "stranger", "reviewer", "operator"])
def test_nobody_but_an_owner_decides(client, house, who):
    register(client)
    confirm(client)
    row = JoinRequest.objects.get()
    client.force_login(getattr(house, who))
    for act in ("let-in", "turn-away"):
        answer = client.post(reverse(f"accounts:{act}", args=[row.pk]), {"role": "owner"})
        assert answer.status_code == 404
    row.refresh_from_db()
    assert row.state == JoinState.WAITING


def test_enterprise_without_owner_is_the_operators_matter(client, house):
    Membership.objects.filter(enterprise=house.firm).delete()
    register(client)
    confirm(client)
    row = JoinRequest.objects.get()
    assert row.state == JoinState.WAITING
    desk = reverse("admin:accounts_joinrequest_changelist")
    chosen = {"action": "let_them_in", "_selected_action": [row.pk]}
    client.force_login(house.operator)
    client.post(desk, chosen)
    assert Membership.objects.get(user=row.user).role == MemberRole.OWNER
    other = JoinRequest.objects.create(
        user=house.stranger,
        credit_code=house.firm.credit_code,
        name="x",
        division="330106",
        state=JoinState.WAITING,
        asked_at=row.asked_at,
    )
    client.post(desk, chosen | {"_selected_action": [other.pk]})
    other.refresh_from_db()
    assert other.state == JoinState.WAITING


def test_everything_wrong_is_said_at_once_and_kept(client):
    page = register(
        client,
        credit_code="91330106MAGUJ65R6C",
        division="999999",
        email="no",
        password1="abc",
        username="ab",
    )
    form = page.context["form"]
    assert {"credit_code", "division", "email", "password1", "username"} <= set(form.errors)
    assert "91330106MAGUJ65R6C" in page.content.decode()
    assert not User.objects.filter(username="ab").exists()


@pytest.mark.parametrize(
    ("division", "code"),
    [("", "330106"), ("330108", "330108"), ("浙江省杭州市滨江区", "330108")],
)
def test_seat_is_typed_or_read_from_the_credit_code(client, division, code):
    register(client, division=division)
    assert JoinRequest.objects.get().division == code


@pytest.mark.parametrize("division", ["无此地", "820000", "33010"])
def test_seat_that_is_no_place_of_the_portal_is_refused(client, division):
    assert "division" in register(client, division=division).context["form"].errors


def test_known_address_is_told_to_its_owner_alone(client, house):
    answer = register(client, email=house.filer.email)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not User.objects.filter(username="chenzw").exists()
    assert mail.outbox[-1].to == [house.filer.email]
    assert "/accounts/password/reset/" in mail.outbox[-1].body


def test_mail_server_that_is_down_breaks_nothing(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = client.post(SIGN_UP, typed(), follow=True)
    assert page.status_code == 200
    assert "暂时未能发出" in page.content.decode()
    assert User.objects.filter(username="chenzw").exists()
