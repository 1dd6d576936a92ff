"""Webhooks: who is told of what, signed, tried again, given up; and where nothing is sent."""

import datetime
import hashlib
import hmac
import json

import pytest
from django.db import connection
from django.utils import timezone

from contracts import actions
from contracts.enums import State
from tests.contracts.api_calls import PROBLEM, at_state, client, faults, post
from tests.torch_portal.filings.hook_server import receiver
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings import webhooks
from torch_portal.filings.models import Delivery, Event, Webhook
from torch_portal.filings.tasks import deliver_webhook, sweep_webhooks

URL = "/api/v1/webhooks/"
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def server(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiver() as running:
        yield running


def hook(house, server, by=None):
    return webhooks.subscribe(by=by or house.filer, url=server.url, at=clock.now())


def move(house, state=State.SUBMITTED):
    """A contract in a state, its events of this moment."""
    contract = at_state(house, state)
    assert Event.objects.filter(filing=contract.filing).exists()
    return contract


def old(hook):
    """The acts of the factories lie in 2020: a webhook of that time."""
    Webhook.objects.filter(pk=hook.pk).update(
        created_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    )
    return hook


def test_change_of_state_is_told_once_signed(house, server):
    made = old(hook(house, server))
    contract = move(house)
    sweep_webhooks()
    sweep_webhooks()
    told = [json.loads(body) for _path, _headers, body in server.came]
    assert [(t["from"], t["to"]) for t in told] == [("", "draft"), ("draft", "submitted")]
    last = contract.filing.events.order_by("seq").last()
    assert told[-1] == {
        "event": last.pk, "line": "contracts", "filing": contract.pk,
        "number": contract.filing.number, "move": "submit", "from": "draft", "to": "submitted",
        "at": last.at.isoformat(),
    }  # fmt: skip
    path, headers, body = server.came[-1]
    assert path == "/hook?who=torch"
    moment, mac = (part.partition("=")[2] for part in headers["Torch-Signature"].split(","))
    signed = hmac.new(made.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    assert mac == signed.hexdigest()
    assert {d.state for d in made.deliveries.all()} == {"delivered"}


def test_what_happened_before_the_webhook_is_not_told(house, server):
    contract = move(house)
    made = hook(house, server)
    assert webhooks.sweep(timezone.now()) == 0
    old(made)
    actions.accept(contract=contract, by=house.reviewer, at=clock.now())
    assert webhooks.sweep(timezone.now()) == 3, "the window looks back; the moment decides"


def test_each_is_told_only_of_what_they_may_see(house, server):
    own = old(hook(house, server))
    strange = old(hook(house, server, by=house.stranger))
    far = old(hook(house, server, by=house.far_reviewer))
    near = old(hook(house, server, by=house.reviewer))
    move(house)
    webhooks.sweep(timezone.now())
    told = {h.pk: h.deliveries.count() for h in (own, strange, far, near)}
    assert told == {own.pk: 2, strange.pk: 0, far.pk: 0, near.pk: 2}


def test_who_lost_the_role_meanwhile_is_not_told(house, server):
    made = old(hook(house, server))
    move(house)
    webhooks.sweep(timezone.now())
    house.filer.memberships.all().delete()
    for row in made.deliveries.all():
        assert webhooks.deliver(row.pk, timezone.now()) == "failed"
    assert server.came == []


def test_failure_is_tried_again_with_growing_pauses_and_given_up(house, server):
    made = old(hook(house, server))
    move(house)
    at = timezone.now()
    webhooks.sweep(at)
    row = made.deliveries.order_by("pk").first()
    server.status = 503
    pauses = []
    for _attempt in range(webhooks.ATTEMPTS - 1):
        assert webhooks.deliver(row.pk, at) == "given back"
        row.refresh_from_db()
        pauses.append((row.due_at - at) / webhooks.FIRST_RETRY)
    assert pauses == [2**n for n in range(webhooks.ATTEMPTS - 1)]
    assert (row.status, row.error) == (503, "answered 503")
    assert webhooks.deliver(row.pk, at) == "failed"
    assert webhooks.deliver(row.pk, at) == "nothing to do"
    made.refresh_from_db()
    assert made.failures == 1
    server.status = 200
    assert webhooks.deliver(made.deliveries.order_by("pk").last().pk, at) == "delivered"
    made.refresh_from_db()
    assert made.failures == 0


def test_webhook_that_never_answers_is_stopped(house, server):
    made = old(hook(house, server))
    Webhook.objects.update(failures=webhooks.GIVEN_UP_IN_A_ROW - 1)
    move(house)
    webhooks.sweep(timezone.now())
    Delivery.objects.update(attempts=webhooks.ATTEMPTS - 1)
    server.status = 500
    first, second = made.deliveries.order_by("pk")
    assert webhooks.deliver(first.pk, timezone.now()) == "failed"
    made.refresh_from_db()
    assert made.stopped_at
    assert made.stopped_why
    assert webhooks.deliver(second.pk, timezone.now()) == "nothing to do"
    assert webhooks.take_due(timezone.now() + webhooks.LEASE) == []


def test_worker_that_died_with_a_delivery_leaves_it_due(house, server):
    old(hook(house, server))
    move(house)
    at = timezone.now()
    webhooks.sweep(at)
    taken = webhooks.take_due(at)
    assert len(taken) == 2
    assert webhooks.take_due(at) == []
    assert webhooks.take_due(at + webhooks.LEASE - SECOND) == []
    assert webhooks.take_due(at + webhooks.LEASE) == taken


def test_redirect_is_not_followed(house, server):
    made = old(hook(house, server))
    move(house)
    webhooks.sweep(timezone.now())
    server.status, server.elsewhere = 307, server.url
    row = made.deliveries.order_by("pk").first()
    assert deliver_webhook(delivery_id=row.pk) == "given back"
    assert len(server.came) == 1


def test_nobody_there_is_an_error_on_the_row(house, server):
    made = old(hook(house, server))
    move(house)
    webhooks.sweep(timezone.now())
    Webhook.objects.update(url="http://127.0.0.1:9/")
    row = made.deliveries.order_by("pk").first()
    assert webhooks.deliver(row.pk, timezone.now()) == "given back"
    row.refresh_from_db()
    assert "ConnectionRefusedError" in row.error


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://10.1.2.3/x", "https://192.168.0.9:8443/", "https://[::1]/",
        "https://169.254.169.254/latest/meta-data", "https://[::ffff:10.0.0.1]/",
        "https://localhost/", "https://100.64.0.1/", "https://224.0.0.1/", "https://0.0.0.0/",
    ],
)  # fmt: skip
def test_private_networks_are_refused(house, url):
    with pytest.raises(Refused) as refused:
        webhooks.subscribe(by=house.filer, url=url, at=clock.now())
    (finding,) = refused.value.findings
    assert finding.field == "url"
    assert "内部网络" in finding.message
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("ftp://example.com/", "不是有效的地址"), ("example", "不是有效的地址"),
        ("https://example.com:99999/", "不是有效的地址"), ("https://a:b@1.1.1.1/", "用户名"),
        ("http://1.1.1.1/", "https"), ("https://no-such-name.invalid/", "找不到"),
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_used_are_told_how_to_mend(house, url, word):
    assert word in webhooks.address_fault(url)


def test_public_address_may_be_used(settings):
    assert webhooks.address_fault("https://1.1.1.1/hook") == ""


def test_address_that_turned_private_after_it_was_taken_gets_nothing(house, server, settings):
    made = old(hook(house, server))
    move(house)
    webhooks.sweep(timezone.now())
    settings.WEBHOOK_NETWORKS = []
    row = made.deliveries.order_by("pk").first()
    assert webhooks.deliver(row.pk, timezone.now()) == "given back"
    row.refresh_from_db()
    assert "private network" in row.error
    assert server.came == []


def test_api_makes_shows_and_ends(house, server):
    api = client(house.filer)
    answer = post(api, URL, {"url": server.url})
    made = answer.json()
    assert answer.status_code == 201
    assert len(made["secret"]) == 43
    assert Webhook.objects.get().secret == made["secret"]
    assert "secret" not in api.get(f"{URL}{made['id']}/").json()
    again = post(api, URL, {"url": server.url})
    assert (again.status_code, again["Content-Type"]) == (422, PROBLEM)
    assert "删除" in faults(again)["url"]["message"]
    assert client(house.stranger).get(f"{URL}{made['id']}/").status_code == 404
    assert client(house.stranger).delete(f"{URL}{made['id']}/").status_code == 404
    old(Webhook.objects.get())
    move(house)
    sweep_webhooks()
    shown = api.get(f"{URL}{made['id']}/deliveries/").json()["results"]
    assert [d["state"] for d in shown] == ["delivered", "delivered"]
    assert client(house.stranger).get(f"{URL}{made['id']}/deliveries/").status_code == 404
    assert api.delete(f"{URL}{made['id']}/").status_code == 204
    assert api.get(f"{URL}{made['id']}/").json()["stopped_why"]
    assert len(api.get(URL).json()["results"]) == 1


def test_sixth_webhook_is_one_too_many(house, server):
    for number in range(webhooks.MOST):
        webhooks.subscribe(by=house.filer, url=f"{server.url}&n={number}", at=clock.now())
    with pytest.raises(Refused) as refused:
        hook(house, server)
    assert refused.value.findings[0].message == "您已有5个事件推送，请先删除一个。"


def test_secret_stands_sealed_in_the_database(house, server):
    made = hook(house, server)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM filings_webhook")
        assert made.secret not in cursor.fetchone()[0]
