"""Keys of programs: made once, narrower than their person, ended, expired, counted."""

import datetime

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from contracts.enums import State
from tests.contracts.api_calls import LIST, PROBLEM, at_state, post, url
from tests.torch_portal.accounts.signing import sign_in
from torch_portal.accounts import keys
from torch_portal.accounts.models import AccountEvent, ApiKey
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Filing

PAGE = "/accounts/keys/"
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()


def key(person, *scopes, days=30):
    made, text = keys.make(by=person, name="ERP", scopes=list(scopes), days=days, at=clock.now())
    api = APIClient(headers={"Authorization": f"Bearer {text}"})
    return made, api


def test_key_reads_and_its_digest_alone_is_kept(house):
    made, api = key(house.filer, "read")
    assert api.get(LIST).status_code == 200
    made.refresh_from_db()
    assert made.last_used_on == clock.today()
    assert len(made.digest) == 64
    assert made.start.startswith("torch_")
    assert AccountEvent.objects.get(act="key_made").by == house.filer


def test_key_that_reads_does_not_file(house):
    _made, api = key(house.filer, "read")
    answer = post(api, LIST, {"project_name": "x"})
    assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
    assert answer.json()["type"].endswith("scope_missing")
    assert "“file”" in answer.json()["title"]
    _made, api = key(house.filer, "read", "file")
    assert post(api, LIST, {"project_name": "x"}).status_code == 201


def test_key_that_files_does_not_decide_and_decides_no_further_than_its_person(house):
    contract = at_state(house, State.SUBMITTED)
    _made, files = key(house.reviewer, "read", "file")
    assert post(files, url(contract, "accept")).json()["type"].endswith("scope_missing")
    _made, far = key(house.far_reviewer, "decide")
    assert post(far, url(contract, "accept")).status_code == 404
    _made, api = key(house.reviewer, "decide")
    assert post(api, url(contract, "accept")).status_code == 200
    assert api.get(url(contract)).status_code == 403, "what decides need not read"


def test_key_of_a_stranger_sees_nothing(house):
    contract = at_state(house, State.SUBMITTED)
    _made, api = key(house.stranger, "read", "file")
    assert api.get(url(contract)).status_code == 404
    assert api.get(LIST).json()["results"] == []


def test_key_to_decide_is_for_who_decides(house):
    for person in (house.filer, house.operator):
        assert keys.scopes_of(person) == ["read", "file"]
        with pytest.raises(Refused) as refused:
            key(person, "read", "decide")
        assert [f.field for f in refused.value.findings] == ["scopes"]
    for person in (house.reviewer, house.official):
        assert keys.scopes_of(person) == ["read", "file", "decide"]
    assert not ApiKey.objects.exists()


def test_page_offers_the_scope_to_decide_to_examiners_alone(client, house):
    sign_in(client, "filer")
    assert 'value="decide"' not in client.get(PAGE).text
    page = client.post(PAGE, {"name": "x", "scopes": ["read", "decide"], "days": "90"})
    assert page.context["form"].errors["scopes"]
    assert not ApiKey.objects.exists()
    examiner = type(client)()
    sign_in(examiner, "reviewer")
    assert 'value="decide"' in examiner.get(PAGE).text


@pytest.mark.parametrize(
    ("after", "status", "word"), [(30 * DAY - DAY, 200, ""), (30 * DAY, 401, "有效期至")]
)
def test_key_opens_until_its_end_and_not_after(house, settings, after, status, word):
    _made, api = key(house.filer, "read")
    settings.PORTAL_CLOCK_OFFSET += after
    answer = api.get(LIST)
    assert answer.status_code == status
    if word:
        assert word in answer.json()["title"]


def test_expired_key_opens_no_address_and_keeps_nothing(house, settings):
    _made, api = key(house.filer, "read", "file")
    settings.PORTAL_CLOCK_OFFSET += 31 * DAY
    bulk = api.post(f"{LIST}bulk/", b"{}", content_type="application/x-ndjson")
    asked = [
        api.get(LIST), post(api, LIST, {"project_name": "x"}), bulk, api.get("/api/v1/tables/"),
        post(api, "/api/v1/webhooks/", {"url": "https://x.example/"}), api.delete("/api/v1/token/"),
    ]  # fmt: skip
    for answer in asked:
        assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)
        assert "有效期至" in answer.json()["title"]
    assert not Filing.objects.exists()


def test_key_that_was_ended_or_never_made_opens_nothing(house):
    made, api = key(house.filer, "read")
    keys.end(key=made, by=house.filer, at=clock.now())
    keys.end(key=made, by=house.filer, at=clock.now())
    assert "已停用" in api.get(LIST).json()["title"]
    assert AccountEvent.objects.filter(act="key_ended").count() == 1
    for header in ("Bearer torch_x", "Bearer", "Bearer a b"):
        wrong = APIClient(headers={"Authorization": header}).get(LIST)
        assert wrong.status_code == 401
        assert wrong["Content-Type"] == PROBLEM


def test_key_of_a_closed_account_opens_nothing(house):
    _made, api = key(house.filer, "read")
    house.filer.is_active = False
    house.filer.save()
    assert api.get(LIST).status_code == 401


def test_key_has_a_rate_of_its_own(house):
    made, api = key(house.filer, "read")
    ApiKey.objects.filter(pk=made.pk).update(per_minute=2)
    assert [api.get(LIST).status_code for _n in range(3)] == [200, 200, 429]
    assert 0 < int(api.get(LIST)["Retry-After"]) <= 60
    _other, second = key(house.filer, "read")
    assert second.get(LIST).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"scopes": []}, "scopes"), ({"scopes": ["all"]}, "scopes"),
        ({"days": 0}, "days"), ({"days": 367}, "days"),
    ],
)  # fmt: skip
def test_key_is_not_made_without_name_scope_and_end(house, wrong, field):
    asked = {"name": "ERP", "scopes": ["read"], "days": 366} | wrong
    with pytest.raises(Refused) as refused:
        keys.make(by=house.filer, at=clock.now(), **asked)
    assert [f.field for f in refused.value.findings] == [field]
    assert not ApiKey.objects.exists()


def test_eleventh_key_is_one_too_many(house):
    for _n in range(keys.MOST):
        key(house.filer, "read")
    with pytest.raises(Refused) as refused:
        key(house.filer, "read")
    assert "10" in refused.value.findings[0].message


def test_page_shows_a_new_key_once_and_ends_it(client, house):
    sign_in(client, "filer")
    page = client.post(PAGE, {"name": "财务系统", "scopes": ["read", "file"], "days": "90"})
    text = page.context["text"]
    assert text in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    api = APIClient(headers={"Authorization": f"Bearer {text}"})
    assert api.get(LIST).status_code == 200
    again = client.get(PAGE).content.decode()
    assert "财务系统" in again
    assert text not in again
    made = ApiKey.objects.get()
    other = type(client)()
    sign_in(other, "stranger")
    assert other.post(f"{PAGE}{made.pk}/end/").status_code == 404
    assert client.post(f"{PAGE}{made.pk}/end/").status_code == 302
    assert api.get(LIST).status_code == 401


def test_page_keeps_what_was_typed_and_says_what_is_missing(client, house):
    sign_in(client, "filer")
    page = client.post(PAGE, {"name": "财务系统", "days": "90"})
    assert page.context["form"].errors["scopes"]
    assert "财务系统" in page.content.decode()
    assert not ApiKey.objects.exists()
