"""The registry of enterprises as it is in life: right, unknown, slow, broken, silent."""

import json
import time

import pytest
from django.core.cache import cache

from tests.torch_portal.filings.registry import NINGBO, Registry
from torch_portal.accounts import registry
from torch_portal.accounts.registry import Found, Unavailable, Unknown

CODE = NINGBO["code"]


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def serve(settings):
    """A registry of a behaviour, set as the one to ask."""
    made = []

    def begin(says):
        made.append(Registry(says))
        settings.REGISTRY_URL = made[-1].url
        return made[-1]

    yield begin
    for one in made:
        one.end()


def as_bytes(**other):
    return json.dumps(NINGBO | other).encode()


def test_known_enterprise_is_found(serve, settings):
    settings.REGISTRY_TOKEN = "secret"
    server = serve({CODE: NINGBO})
    assert registry.look_up(CODE) == Found(NINGBO["name"], NINGBO["address"], "330203")
    assert server.asked == [f"/enterprises/{CODE}"]
    assert server.tokens == ["Bearer secret"]


def test_nobody_under_this_code(serve):
    server = serve({})
    assert registry.look_up(CODE) == Unknown()
    assert len(server.asked) == 1


def test_without_an_address_nobody_is_asked(settings):
    settings.REGISTRY_URL = ""
    assert not registry.switched_on()
    assert isinstance(registry.look_up(CODE), Unavailable)


def test_address_and_place_may_be_missing_or_unreadable(serve):
    server = serve(json.dumps({"code": CODE, "name": "甲有限公司"}).encode())
    assert registry.look_up(CODE) == Found("甲有限公司")
    server.says = as_bytes(division="somewhere", address=7)
    assert registry.look_up(CODE) == Found(NINGBO["name"])


@pytest.mark.parametrize(
    "says",
    [
        500,
        503,
        302,
        403,
        b"",
        b"<html>maintenance</html>",
        b"\xff\xfe",
        b"[]",
        b"null",
        as_bytes(code="91330106MAGUJ65R6B"),
        as_bytes(name=""),
        as_bytes(name="x" * 121),
        as_bytes(name=["x"]),
        b" " * (registry.LARGEST + 1),
    ],
)
def test_answer_that_says_nothing_is_asked_once_more_and_no_further(serve, says):
    server = serve(says)
    assert isinstance(registry.look_up(CODE), Unavailable)
    assert len(server.asked) == 2
    assert not any("elsewhere" in path for path in server.asked)


@pytest.mark.parametrize("says", ["hang", "drip"])
def test_nobody_waits_longer_than_the_limit(serve, says):
    serve(says)
    begun = time.monotonic()
    assert isinstance(registry.look_up(CODE), Unavailable)
    assert time.monotonic() - begun < registry.SECONDS + 0.5


def test_nobody_listens(serve):
    serve({}).end()
    assert isinstance(registry.look_up(CODE), Unavailable)


def test_registry_that_fails_again_and_again_is_left_alone_for_a_while(serve):
    server = serve(500)
    for _n in range(registry.FAILURES - 1):
        registry.look_up(CODE)
    assert not registry.resting()
    registry.look_up(CODE)
    assert registry.resting()
    asked = len(server.asked)
    assert isinstance(registry.look_up(CODE), Unavailable)
    assert len(server.asked) == asked


def test_registry_is_asked_again_after_the_rest_and_one_answer_forgives(serve):
    server = serve(500)
    for _n in range(registry.FAILURES):
        registry.look_up(CODE)
    cache.delete(registry.RESTING_KEY)  # the rest is over
    registry.look_up(CODE)
    assert registry.resting()  # one more in vain is enough
    cache.delete(registry.RESTING_KEY)
    server.says = {CODE: NINGBO}
    assert isinstance(registry.look_up(CODE), Found)
    server.says = 500
    registry.look_up(CODE)
    assert not registry.resting()


def test_registry_answers_while_redis_is_down(serve, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "torch_portal.common.caching.SteadyRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    server = serve({CODE: NINGBO})
    assert isinstance(registry.look_up(CODE), Found)
    server.says = 500
    for _n in range(registry.FAILURES):
        registry.look_up(CODE)
    assert registry.resting()
