"""Limits a minute: each scope and caller for itself, with the cache and without it."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.enums import State
from tests.contracts.api_calls import at_state
from torch_portal.common import limits

DOWN = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
    }
}


@pytest.fixture(autouse=True)
def one_minute(monkeypatch):
    """The clock stands, and everything is counted from the beginning."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    cache.clear()


def waits(scope, caller, times):
    return [bool(limits.seconds_to_wait(scope, caller)) for _turn in range(times)]


def test_last_within_the_limit_and_first_beyond(settings):
    assert settings.LIMITS_A_MINUTE["token"] == 10
    assert waits("token", "a", 11) == [False] * 10 + [True]
    assert waits("token", "b", 1) == waits("verify", "a", 1) == [False]


def test_wait_lasts_to_the_end_of_the_minute():
    waits("token", "a", 10)
    assert 1 <= limits.seconds_to_wait("token", "a") <= limits.MINUTE


def test_next_minute_counts_anew(monkeypatch):
    later = timezone.now() + timezone.timedelta(minutes=1)
    assert waits("token", "a", 11)[-1]
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert waits("token", "a", 1) == [False]


def test_without_the_cache_each_process_counts(settings, monkeypatch):
    settings.CACHES = DOWN
    assert waits("token", "a", 11) == [False] * 10 + [True]
    assert waits("token", "b", 1) == [False]
    later = timezone.now() + timezone.timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert waits("token", "a", 1) == [False]
    assert len(limits._own) == 1


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "198.51.100.7", "127.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "198.51.100.7", "198.51.100.7"),
        (1, "rubbish", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_address_is_believed_as_far_as_the_proxies_are_ours(rf, settings, proxies, told, address):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    request = rf.get("/", headers={"X-Forwarded-For": told})
    assert limits.address_of(request) == address


def test_one_network_of_ipv6_is_one_caller(rf):
    one, two = (rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}") for n in (1, 2))
    other = rf.get("/", REMOTE_ADDR="2001:db8:1:3::1")
    assert limits.caller(one) == limits.caller(two) != limits.caller(other)


def test_download_beyond_the_limit_asks_for_patience(client, house, settings):
    settings.LIMITS_A_MINUTE = settings.LIMITS_A_MINUTE | {"download": 2}
    contract = at_state(house, State.SUBMITTED)
    kept = contract.filing.attachments.get()
    url = reverse("contracts:attachment", args=[contract.pk, kept.pk])
    client.force_login(house.filer)
    assert [client.get(url).status_code for _turn in range(2)] == [200, 200]
    refused = client.get(url)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Retry-After"] in refused.content.decode()
    client.force_login(house.reviewer)
    assert client.get(url).status_code == 200
    program = APIClient()
    program.force_authenticate(house.filer)
    assert program.get(f"/api/v1/contracts/{contract.pk}/attachments/{kept.pk}/").status_code == 429


@pytest.mark.django_db
def test_api_answers_while_the_cache_is_down(settings):
    settings.CACHES = DOWN
    settings.LIMITS_A_MINUTE = settings.LIMITS_A_MINUTE | {"verify": 2}
    query = {"number": "1", "code": "2"}
    answers = [APIClient().get("/api/v1/verify/", query).status_code for _turn in range(3)]
    assert answers == [200, 200, 429]
