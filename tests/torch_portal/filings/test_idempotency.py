"""One act for one key: also with two requests at once, a refusal in between, a slow first one."""

import datetime
import threading

import pytest
from django.db import connection
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from tests.factories import accounts
from torch_portal.accounts.models import Enterprise
from torch_portal.common.api import Problem
from torch_portal.filings import idempotency
from torch_portal.filings.models import IdempotencyKey

AT = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=datetime.UTC)


class Door:
    """A view whose act is to found an enterprise."""

    at = AT

    def __init__(self, status=201, wait=None, started=None):
        self.status, self.wait, self.started = status, wait, started
        self.runs = 0

    @idempotency.once
    def post(self, request):
        """Found one, after the doorkeeper lets it."""
        self.runs += 1
        made = accounts.enterprise()
        if self.started:
            self.started.set()
        if self.wait:
            assert self.wait.wait(20)
        if self.status is None:
            raise Problem(422, "refused", "no")
        answer = Response({"id": made.pk}, status=self.status)
        answer["Location"] = f"/{made.pk}/"
        return answer


def asked(user, body=None, key="k", path="/door/"):
    headers = {} if key is None else {"Idempotency-Key": key}
    plain = APIRequestFactory().post(path, body or {"a": 1}, format="json", headers=headers)
    request = Request(plain, parsers=[JSONParser()])
    request.user = user
    return request


@pytest.fixture
def user(db):
    return accounts.user("sender")


def test_without_a_key_every_request_acts(user):
    door = Door()
    door.post(asked(user, key=None))
    Enterprise.objects.all().delete()
    door.post(asked(user, key=None))
    assert door.runs == 2
    assert not IdempotencyKey.objects.exists()


def test_second_request_gets_the_first_answer(user):
    door = Door()
    first, again = door.post(asked(user)), door.post(asked(user))
    assert (again.status_code, again.data) == (201, first.data)
    assert again["Location"] == first["Location"]
    assert (first.get("Idempotent-Replay"), again["Idempotent-Replay"]) == (None, "true")
    assert door.runs == 1


def test_order_of_names_makes_no_difference(user):
    door = Door()
    door.post(asked(user, {"a": 1, "b": 2}))
    assert door.post(asked(user, {"b": 2, "a": 1}))["Idempotent-Replay"] == "true"


@pytest.mark.parametrize(
    "other", [{"body": {"a": 2}}, {"path": "/window/"}, {"path": "/door/?x=1"}]
)
def test_other_request_under_the_key_is_refused(user, other):
    door = Door()
    door.post(asked(user))
    with pytest.raises(Problem) as refused:
        door.post(asked(user, **other))
    assert (refused.value.status_code, refused.value.code) == (409, "idempotency_key_reused")
    assert door.runs == 1


def test_keys_of_two_people_are_two_keys(user):
    door = Door()
    door.post(asked(user))
    Enterprise.objects.all().delete()
    door.post(asked(accounts.user("other")))
    assert door.runs == 2


@pytest.mark.parametrize("status", [None, 400, 503])
def test_refusal_keeps_neither_act_nor_key(user, status):
    door = Door(status)
    if status is None:
        with pytest.raises(Problem):
            door.post(asked(user))
    else:
        assert door.post(asked(user)).status_code == status
    assert not Enterprise.objects.exists()
    assert not IdempotencyKey.objects.exists()
    mended = Door(201)
    assert mended.post(asked(user, {"a": 2})).status_code == 201


@pytest.mark.parametrize(
    ("key", "good"), [("k" * 100, True), ("k" * 101, False), ("", False), ("ä", False)]
)
def test_key_is_short_and_visible(key, good):
    if good:
        assert idempotency.checked_key(key) == key
        return
    with pytest.raises(Problem) as refused:
        idempotency.checked_key(key)
    assert refused.value.status_code == 400


def test_old_keys_are_forgotten(user):
    Door().post(asked(user))
    assert idempotency.forget(before=AT) == 0
    assert idempotency.forget(before=AT + datetime.timedelta(seconds=1)) == 1


def in_thread(door, user, answers):
    def run():
        try:
            answers.append(door.post(asked(user)))
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize("fails", [False, True])
def test_of_two_at_once_exactly_one_acts(live_house, fails):
    """The second waits; it gets the first one's answer, or acts itself when that one failed."""
    started, release, answers = threading.Event(), threading.Event(), []
    before = Enterprise.objects.count()
    Enterprise.objects.filter(pk=live_house.firm.pk).update(credit_code="0" * 18)
    slow = Door(None if fails else 201, wait=release, started=started)
    quick = Door()
    first = in_thread(slow, live_house.filer, answers)
    assert started.wait(20)
    second = in_thread(quick, live_house.filer, answers)
    second.join(0.5)
    assert second.is_alive()
    release.set()
    first.join(20)
    second.join(20)
    assert Enterprise.objects.count() == before + 1
    assert (slow.runs, quick.runs) == (1, 1 if fails else 0)
    if fails:
        assert {type(a) for a in answers} == {Problem, Response}
    else:
        assert answers[0].data == answers[1].data


def test_wait_ends_with_409(live_house, monkeypatch):
    monkeypatch.setattr(idempotency, "WAIT", "200ms")
    Enterprise.objects.filter(pk=live_house.firm.pk).update(credit_code="0" * 18)
    started, release, answers = threading.Event(), threading.Event(), []
    thread = in_thread(Door(wait=release, started=started), live_house.filer, answers)
    assert started.wait(20)
    try:
        busy = Door().post(asked(live_house.filer))
    finally:
        release.set()
        thread.join(20)
    assert (busy.status_code, busy["Retry-After"]) == (409, "2")
    assert [a.status_code for a in answers] == [201]


def test_bounded_wait_ends_with_the_transaction(live_house):
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        before = cursor.fetchone()
        Enterprise.objects.filter(pk=live_house.firm.pk).update(credit_code="0" * 18)
        Door().post(asked(live_house.filer))
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == before
