"""A second factor: needed in office, possible for everybody, lost and given back."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from rest_framework.test import APIClient

from tests.factories import accounts
from tests.torch_portal.accounts.signing import code_of, set_up_app, sign_in
from torch_portal.accounts.enums import AccountAct
from torch_portal.accounts.models import AccountEvent

pytestmark = pytest.mark.django_db
QUEUE = "/admin/contracts/contract/"
SET_UP = "/accounts/factor/app/"


@pytest.fixture
def required(settings):
    """As in production."""
    settings.SECOND_FACTOR = "required"


def token(**more):
    sent = {"username": "reviewer", "password": accounts.PASSWORD} | more
    return APIClient().post("/api/v1/token/", sent, format="json")


@pytest.mark.parametrize("path", [QUEUE, "/admin/", "/desk/start/", "/accounts/", "/"])
def test_reviewer_without_factor_is_sent_to_set_one_up(client, house, required, path):
    sign_in(client, "reviewer")
    assert client.get(path)["Location"] == SET_UP
    assert client.post(path)["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_reviewer_without_factor_can_leave(client, house, required):
    sign_in(client, "reviewer")
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("who", ["official", "operator"])
def test_everybody_in_office_needs_it(client, house, required, who):
    sign_in(client, who)
    assert client.get("/admin/")["Location"] == SET_UP


def test_enterprise_does_not_need_it(client, house, required):
    sign_in(client, "filer")
    assert client.get("/desk/").status_code == 200


def test_session_of_the_api_is_under_the_same_rule(client, house, required):
    sign_in(client, "reviewer")
    answer = client.get("/api/v1/contracts/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_app_is_set_up_and_asked_for_at_the_next_sign_in(client, house, required):
    sign_in(client, "reviewer")
    wrong = client.post(SET_UP, {"code": "000000"})
    assert wrong.context["form"].errors
    secret = set_up_app(client)
    codes = client.get("/accounts/factor/codes/").context["unused_codes"]
    assert len(codes) == 10
    assert client.get(QUEUE).status_code == 200
    client.post("/accounts/logout/")
    assert sign_in(client, "reviewer")["Location"] == "/accounts/factor/sign-in/"
    assert client.get(QUEUE)["Location"].startswith("/accounts/login/")
    client.post("/accounts/factor/sign-in/", {"code": "000000"})
    assert client.get(QUEUE)["Location"].startswith("/accounts/login/")
    client.post("/accounts/factor/sign-in/", {"code": code_of(secret, 1)})
    assert client.get(QUEUE).status_code == 200


def test_owner_of_the_account_is_told(client, house, django_capture_on_commit_callbacks):
    sign_in(client, "reviewer")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    told = mail.outbox[-1]
    assert (told.to, "验证器" in told.body) == ([house.reviewer.email], True)


def test_code_works_once(client, house):
    sign_in(client, "reviewer")
    secret = set_up_app(client)
    code = code_of(secret, 1)
    for expected in (200, 302):
        client.post("/accounts/logout/")
        sign_in(client, "reviewer")
        client.post("/accounts/factor/sign-in/", {"code": code})
        assert client.get(QUEUE).status_code == expected


def test_recovery_code_opens_once(client, house, required):
    sign_in(client, "reviewer")
    set_up_app(client)
    code = client.get("/accounts/factor/codes/").context["unused_codes"][0]
    for expected in (200, 302):
        client.post("/accounts/logout/")
        sign_in(client, "reviewer")
        client.post("/accounts/factor/sign-in/", {"code": code})
        assert client.get(QUEUE).status_code == expected


def test_older_session_has_to_sign_in_again(client, house, required):
    sign_in(client, "reviewer")
    other = type(client)()
    sign_in(other, "reviewer")
    set_up_app(client)
    assert other.get(QUEUE)["Location"] == f"/accounts/login/?next={QUEUE.replace('/', '%2F')}"


def test_secret_of_the_app_is_sealed(client, house):
    sign_in(client, "reviewer")
    secret = set_up_app(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_last_factor_of_an_office_stays(client, house, settings):
    settings.SECOND_FACTOR = "required"
    sign_in(client, "reviewer")
    set_up_app(client)
    client.post("/accounts/factor/app/remove/")
    assert Authenticator.objects.filter(type="totp").exists()
    settings.SECOND_FACTOR = "optional"
    client.post("/accounts/factor/app/remove/")
    assert not Authenticator.objects.exists()


def test_operator_takes_a_lost_factor_away(client, house):
    sign_in(client, "reviewer")
    set_up_app(client)
    away = reverse("admin:accounts_user_factor", args=[house.reviewer.pk])
    assert client.post(away).status_code == 403
    client.force_login(house.operator)
    assert client.get(away).status_code == 403
    page = client.get(reverse("admin:accounts_user_change", args=[house.reviewer.pk]))
    assert away in page.content.decode()
    client.post(away)
    assert not Authenticator.objects.exists()
    event = AccountEvent.objects.get()
    assert (event.act, event.by, event.person) == (
        AccountAct.FACTOR_RESET,
        house.operator,
        house.reviewer,
    )
    own = reverse("admin:accounts_user_factor", args=[house.operator.pk])
    assert client.post(own).status_code == 403


def test_token_of_an_office_needs_the_factor(client, house, required):
    assert token().status_code == 403
    sign_in(client, "reviewer")
    secret = set_up_app(client)
    assert token().json()["type"].endswith("invalid_code")
    assert token(code="000000").status_code == 400
    assert token(code=code_of(secret, 1)).status_code == 200


def test_token_of_an_enterprise_needs_the_factor_only_when_there_is_one(client, house, required):
    assert token(username="filer").status_code == 200
    sign_in(client, "filer")
    set_up_app(client)
    assert token(username="filer").status_code == 400
