"""The outbox: written once, sent once, tried again, given up in sight."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import translation

from torch_portal.accounts.models import User
from torch_portal.notices import actions, delivery, queries, tasks
from torch_portal.notices.models import Message

AT = datetime.datetime(2020, 2, 20, 2, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
BROKEN = "tests.torch_portal.notices.test_messages.BrokenBackend"


class BrokenBackend(BaseEmailBackend):
    """A mail server that refuses; the edge of the portal, so faked."""

    def send_messages(self, email_messages):
        raise smtplib.SMTPServerDisconnected("please run connect() first")


@pytest.fixture
def owner(db):
    return User.objects.create(username="owner", email="owner@example.org")


def post(user=None, key="k1", **extra):
    words = {"subject": "已受理", "body": "请等待审核。", "link": "/desk/", **extra}
    actions.post(key=key, user=user, at=AT, **words)


def only():
    return Message.objects.get()


def test_post_sends_after_the_commit(owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(owner)
        assert mail.outbox == []
        assert only().state == "pending"
    assert [m.to for m in mail.outbox] == [["owner@example.org"]]
    message = only()
    assert (message.state, message.attempts, message.last_error) == ("sent", 1, "")
    assert message.sent_at is not None


def test_post_writes_what_is_sent(owner, django_capture_on_commit_callbacks):
    with translation.override("zh-hans"), django_capture_on_commit_callbacks(execute=True):
        post(owner, subject="已受理\n第二行")
    sent = mail.outbox[0]
    assert sent.subject == "已受理 第二行"
    assert sent.body.startswith("请等待审核。")
    assert "http://testserver/desk/" in sent.body
    assert sent.extra_headers["Message-ID"] == f"<message-{only().pk}@testserver>"
    assert only().language == "zh-hans"


def test_post_once_per_key(owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(owner)
        post(owner, subject="别的")
    with django_capture_on_commit_callbacks(execute=True):
        post(owner)
    assert only().subject == "已受理"
    assert len(mail.outbox) == 1


def test_post_is_gone_with_the_transaction_of_the_caller(owner, django_capture_on_commit_callbacks):
    def fail():
        with transaction.atomic():
            post(owner)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        fail()
    assert not Message.objects.exists()
    assert mail.outbox == []


def test_post_to_a_person_without_address_stays_in_the_portal(
    db, django_capture_on_commit_callbacks
):
    silent = User.objects.create(username="silent")
    with django_capture_on_commit_callbacks(execute=True):
        post(silent)
    assert only().state == "in_portal"
    assert mail.outbox == []
    assert list(queries.inbox_of(silent)) == [only()]


def test_post_to_an_address_alone(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(email="office@example.org")
    assert mail.outbox[0].to == ["office@example.org"]


def test_post_to_nobody_is_refused(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            key="x", language="en", subject="x", body="x", state="pending", due_at=AT, created_at=AT
        )


def test_post_in_one_statement(owner, django_assert_num_queries):
    with django_assert_num_queries(1):
        post(owner)


@pytest.mark.timeout(60)
def test_post_with_a_broker_that_is_down(
    owner, settings, celery_broker_down, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        post(owner)
    assert only().state == "pending"
    assert mail.outbox == []
    celery_broker_down()
    tasks.retry_unsent()
    assert only().state == "sent"


def test_post_many_leaves_a_crowd_to_beat(owner, django_capture_on_commit_callbacks):
    letters = [
        actions.Letter(key=f"k{n}", subject="s", body="b", user=owner)
        for n in range(actions.QUEUED_ONE_BY_ONE + 1)
    ]
    with django_capture_on_commit_callbacks(execute=True):
        actions.post_many(letters, at=AT)
    assert mail.outbox == []
    tasks.retry_unsent()
    assert len(mail.outbox) == len(letters)


def test_send_twice_sends_once(owner):
    post(owner)
    tasks.send(message_id=only().pk)
    tasks.send(message_id=only().pk)
    assert len(mail.outbox) == 1


def test_deliver_leaves_what_another_worker_has(owner):
    post(owner)
    Message.objects.update(state="sending", attempts=1, claimed_until=AT + 5 * MINUTE)
    assert not delivery.deliver(only().pk, AT + 5 * MINUTE)
    assert delivery.deliver(only().pk, AT + 5 * MINUTE + datetime.timedelta(seconds=1))
    assert len(mail.outbox) == 1


def test_deliver_puts_back_with_a_growing_delay(owner, settings):
    settings.EMAIL_BACKEND = BROKEN
    post(owner)
    at = AT
    waits = []
    for attempt in range(1, delivery.ATTEMPTS + 1):
        assert not delivery.deliver(only().pk, at)
        message = only()
        assert message.attempts == attempt
        assert "SMTPServerDisconnected" in message.last_error
        waits.append((message.due_at - at) / MINUTE)
        assert not delivery.deliver(only().pk, message.due_at - datetime.timedelta(seconds=1))
        assert only().attempts == attempt
        at = message.due_at
    assert waits[:7] == [2, 6, 18, 54, 162, 486, 1458]
    assert only().state == "failed"
    assert list(queries.failed_messages()) == [only()]
    assert not delivery.deliver(only().pk, at + 100 * MINUTE)


def test_deliver_after_a_failure_succeeds_later(owner, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = BROKEN
    post(owner)
    delivery.deliver(only().pk, AT)
    settings.EMAIL_BACKEND = backend
    assert delivery.deliver(only().pk, AT + 2 * MINUTE)
    assert (only().state, only().attempts, only().last_error) == ("sent", 2, "")


def test_deliver_first_attempt_whatever_clock_wrote_it(owner):
    actions.post(
        key="future", user=owner, subject="s", body="b", at=AT + datetime.timedelta(days=4000)
    )
    assert delivery.deliver(only().pk, AT)


def test_take_waiting_marks_what_it_queues(owner):
    post(owner)
    assert delivery.take_waiting(AT) == [only().pk]
    assert delivery.take_waiting(AT + 10 * MINUTE) == []
    assert delivery.take_waiting(AT + 11 * MINUTE) == [only().pk]
    delivery.release([only().pk])
    assert delivery.take_waiting(AT + 11 * MINUTE) == [only().pk]


def test_take_waiting_takes_over_from_a_dead_worker(owner):
    post(owner)
    Message.objects.update(state="sending", attempts=1, claimed_until=AT)
    assert delivery.take_waiting(AT) == []
    assert delivery.take_waiting(AT + MINUTE) == [only().pk]


@pytest.mark.parametrize(("attempts", "state"), [(7, "sending"), (8, "failed")])
def test_give_up_lost_after_the_last_attempt(owner, attempts, state):
    post(owner)
    Message.objects.update(state="sending", attempts=attempts, claimed_until=AT)
    delivery.give_up_lost(AT + MINUTE)
    assert only().state == state


def test_retry_unsent_twice_sends_once(owner):
    post(owner)
    tasks.retry_unsent()
    tasks.retry_unsent()
    assert len(mail.outbox) == 1


def test_send_again_gives_failed_messages_new_attempts(owner):
    post(owner)
    post(owner, key="k2")
    failed, pending = Message.objects.order_by("pk")
    Message.objects.filter(pk=failed.pk).update(state="failed", attempts=8)
    assert actions.send_again(messages=[failed, pending], at=AT) == 1
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("pending", 0)


def test_inbox_newest_first_and_only_ones_own(owner, db):
    other = User.objects.create(username="other", email="other@example.org")
    for number, user in enumerate((owner, other, owner)):
        actions.post(
            key=f"k{number}", user=user, subject=str(number), body="b", at=AT + number * MINUTE
        )
    assert [m.subject for m in queries.inbox_of(owner)] == ["2", "0"]
