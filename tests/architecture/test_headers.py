"""Every answer says what a browser may do with it; whatever is a file goes out as one."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.architecture.addresses import ROUTES, Things
from torch_portal.common.policy import DESK, PAGES

PEOPLE = ("filer", "reviewer", "operator")
# Pages and answers for programs; everything else is somebody's file, or made from filings.
PAGE_TYPES = {"text/html", "application/json", "application/problem+json", "text/javascript",
              "application/vnd.oai.openapi", "application/vnd.oai.openapi+json"}  # fmt: skip


@pytest.fixture
def things(house):
    """A recognised contract with everything on it."""
    cache.clear()
    return Things(house)


def read(client, things, route):
    """The answer to GET, with nothing kept of it."""
    with transaction.atomic():
        answer = client.get(things.path(route))
        transaction.set_rollback(True)
    return answer


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", PEOPLE)
def test_every_answer_carries_its_headers(house, things, name, settings):
    settings.LIMITS_A_MINUTE = dict.fromkeys(settings.LIMITS_A_MINUTE, 10_000)
    wrong, files = {}, set()
    client = Client(raise_request_exception=False)
    client.force_login(getattr(house, name))
    for route in ROUTES:
        answer = read(client, things, route)
        kind = answer.get("Content-Type", "").partition(";")[0]
        policy = answer.get("Content-Security-Policy", "")
        faults = [answer.get("X-Content-Type-Options") != "nosniff", not policy]
        if answer.status_code == 200 and kind not in PAGE_TYPES and route.name != "desk:healthz":
            files.add(route.name)
            faults.append("attachment" not in answer.get("Content-Disposition", ""))
        if answer.streaming:
            files.add(route.name)
            faults += ["sandbox" not in policy, "default-src 'none'" not in policy]
        if any(faults):
            wrong[route.name] = (answer.status_code, kind, policy, faults)
    assert wrong == {}
    if name in {"filer", "reviewer"}:
        assert {"contracts:attachment", "api:contract-attachment"} <= files


def test_pages_forbid_what_is_inline_and_the_desk_scripts_as_well():
    assert not any("unsafe" in word for words in PAGES.values() for word in words)
    assert "'unsafe-inline'" not in DESK["script-src"]
    assert {name for name in PAGES if PAGES[name] != DESK[name]} == {"script-src", "style-src"}


@pytest.mark.django_db
def test_policy_is_in_force_not_only_reported(client):
    public, desk = client.get("/"), client.get(reverse("admin:login"))
    assert "script-src 'self';" in public["Content-Security-Policy"] + ";"
    assert "unsafe" not in public["Content-Security-Policy"]
    assert "'unsafe-eval'" in desk["Content-Security-Policy"]
    assert "Content-Security-Policy-Report-Only" not in public
    assert "camera=(self)" in public["Permissions-Policy"]
