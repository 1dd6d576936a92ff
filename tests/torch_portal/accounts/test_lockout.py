"""Repeated failures shut one name from one address out, for a while, with Redis or without."""

import datetime

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from rest_framework.test import APIClient

from tests.factories import accounts
from tests.torch_portal.accounts.signing import sign_in
from torch_portal.accounts.enums import AccountAct
from torch_portal.accounts.models import AccountEvent
from torch_portal.common.caching import SteadyRedisCache

pytestmark = pytest.mark.django_db
LIMIT = 5


def fail(client, times, name="filer", **more):
    for _try in range(times):
        page = sign_in(client, name, "wrong", **more)
    return page


def is_in(client):
    return client.get("/desk/").status_code == 200


def test_one_failure_less_than_the_limit_lets_in(client, house):
    fail(client, LIMIT - 1)
    assert sign_in(client, "filer").status_code == 302
    assert is_in(client)


def test_limit_shuts_out_even_with_the_right_password(client, house):
    page = fail(client, LIMIT)
    assert "15" in page.content.decode()
    page = sign_in(client, "filer")
    assert "失败次数过多" in page.content.decode()
    assert not is_in(client)
    assert sign_in(client, "reader").status_code == 302


def test_success_wipes_the_failures(client, house):
    fail(client, LIMIT - 1)
    sign_in(client, "filer")
    client.post("/accounts/logout/")
    fail(client, LIMIT - 1)
    assert sign_in(client, "filer").status_code == 302


def test_other_address_is_not_shut_out(client, house):
    fail(client, LIMIT)
    given = {"username": "filer", "password": accounts.PASSWORD}
    elsewhere = client.post("/accounts/login/", given, REMOTE_ADDR="10.1.2.3")
    assert elsewhere.status_code == 302


def test_lock_out_ends_by_itself(client, house):
    fail(client, LIMIT)
    for row in AccessAttempt.objects.all():
        row.attempt_time -= datetime.timedelta(minutes=15, seconds=1)
        row.save()
    assert sign_in(client, "filer").status_code == 302


def test_operator_releases_it(client, house):
    fail(client, LIMIT)
    desk = type(client)()
    desk.force_login(house.operator)
    change = reverse("admin:accounts_user_change", args=[house.filer.pk])
    release = reverse("admin:accounts_user_release", args=[house.filer.pk])
    assert release in desk.get(change).content.decode()
    desk.post(release)
    assert release not in desk.get(change).content.decode()
    assert AccountEvent.objects.get().act == AccountAct.RELEASED
    assert sign_in(client, "filer").status_code == 302


@pytest.mark.parametrize("who", ["filer", "reviewer", "official"])
def test_nobody_else_releases_it(client, house, who):
    fail(client, LIMIT, "second")
    client.force_login(getattr(house, who))
    answer = client.post(reverse("admin:accounts_user_release", args=[house.second.pk]))
    assert answer.status_code in {302, 403}
    assert not AccountEvent.objects.exists()
    assert AccessAttempt.objects.exists()


def test_tokens_are_under_the_same_lock_out(client, house):
    fail(client, LIMIT)
    sent = {"username": "filer", "password": accounts.PASSWORD}
    answer = APIClient().post("/api/v1/token/", sent, format="json")
    assert (answer.status_code, answer.json()["type"]) == (429, "about:blank#locked_out")


def test_many_attempts_from_one_address_are_slowed_down(client, house, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    statuses = [sign_in(client, f"nobody{n}", "wrong").status_code for n in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert client.get("/accounts/login/").status_code == 200


@pytest.fixture
def no_redis(settings):
    """The cache of production, with nobody at the other end."""
    settings.CACHES = {
        "default": {
            "BACKEND": "torch_portal.common.caching.SteadyRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }


def test_people_sign_in_and_are_shut_out_while_redis_is_down(client, house, no_redis):
    fail(client, LIMIT)
    assert "失败次数过多" in sign_in(client, "filer").content.decode()
    assert sign_in(client, "reader").status_code == 302
    assert is_in(client)


def test_limits_hold_while_redis_is_down(client, house, no_redis, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    statuses = [sign_in(client, f"nobody{n}", "wrong").status_code for n in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_cache_uses_redis_when_it_answers(settings):
    steady = SteadyRedisCache(settings.REDIS_URL, {})
    beside = SteadyRedisCache(settings.REDIS_URL, {})
    assert steady.add("lockout-test", "1", timeout=5)
    assert not beside.add("lockout-test", "1", timeout=5)
    assert beside.get("lockout-test") == "1"
    assert steady.delete("lockout-test")
    assert beside.get("lockout-test") is None


def test_cache_keeps_to_itself_when_redis_is_down():
    alone = SteadyRedisCache("redis://127.0.0.1:1/0", {})
    alone.set("n", 1)
    assert (alone.incr("n"), alone.get("n"), "n" in alone) == (2, 2, True)
