"""Writing messages and loading the notice."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language

from torch_portal.accounts.models import User
from torch_portal.common.queueing import queue_for_person
from torch_portal.notices import notice_2020
from torch_portal.notices.enums import MessageState
from torch_portal.notices.models import (
    HotlineEntry,
    Message,
    Notice,
    NoticeSection,
    ReminderChoice,
)

QUEUED_ONE_BY_ONE = 20


@dataclass(frozen=True)
class Letter:
    """One message to write, in the recipient's language.

    key: the occasion; a second letter with the same key is not written. link: address in the
    portal ("/desk/..."). Either user or email; email wins over the user's own address.
    """

    key: str
    subject: str
    body: str
    link: str = ""
    user: User | None = None
    email: str = ""


def post(
    *,
    key: str,
    user: User | None = None,
    email: str = "",
    subject: str,
    body: str,
    link: str = "",
    at: datetime.datetime,
) -> None:
    """Write a message in the caller's transaction and send it soon after the commit.

    Written once per key. A person without an e-mail address reads it in the portal. One
    statement now, and one after the commit; a queue that is down harms nobody, because beat
    queues what is waiting.
    """
    post_many(
        [Letter(key=key, subject=subject, body=body, link=link, user=user, email=email)], at=at
    )


def post_many(letters: Iterable[Letter], *, at: datetime.datetime) -> None:
    """Write many messages at once, each once per key; see post."""
    rows = [_row(letter, at) for letter in letters]
    if rows:
        Message.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        keys = [row.key for row in rows]
        transaction.on_commit(lambda: _queue(keys), robust=True)


def _row(letter: Letter, at: datetime.datetime) -> Message:
    address = letter.email or (letter.user.email if letter.user else "")
    return Message(
        key=letter.key,
        to_user=letter.user,
        to_email=address,
        language=get_language() or "",
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        link=letter.link,
        state=MessageState.PENDING if address else MessageState.IN_PORTAL,
        due_at=at,
        created_at=at,
    )


def _queue(keys: Sequence[str]) -> None:
    if len(keys) > QUEUED_ONE_BY_ONE:
        return
    waiting = Message.objects.filter(key__in=keys, state=MessageState.PENDING, attempts=0)
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        queue_for_person("torch_portal.notices.tasks.send", message_id=pk)


def send_again(*, messages: Iterable[Message], at: datetime.datetime) -> int:
    """Give failed messages their attempts back; answers how many. Beat queues them."""
    return Message.objects.filter(
        pk__in=[m.pk for m in messages], state=MessageState.FAILED
    ).update(state=MessageState.PENDING, attempts=0, due_at=at, claimed_until=None)


def choose_reminders(*, user: User, drafts: bool, signings: bool, terms: bool) -> ReminderChoice:
    """Keep which reminders this person wants."""
    row, _made = ReminderChoice.objects.update_or_create(
        user=user, defaults={"drafts": drafts, "signings": signings, "terms": terms}
    )
    return row


@transaction.atomic
def load_notice() -> Notice:
    """Load the notice of 2020-02-06 and its hotline table; safe to repeat.

    Texts are brought up to date; hotline rows that exist are left as the operators made them.
    """
    notice, _created = Notice.objects.update_or_create(
        document_number=notice_2020.DOCUMENT_NUMBER, defaults=notice_2020.HEAD
    )
    for order, (service, title, title_en, text, text_en) in enumerate(notice_2020.SECTIONS, 1):
        NoticeSection.objects.update_or_create(
            notice=notice,
            order=order,
            defaults={
                "service_code": service,
                "title": title,
                "title_en": title_en,
                "text": text,
                "text_en": text_en,
                "anchor": str(service).replace("_", "-"),
            },
        )
    _load_hotlines()
    return notice


def _load_hotlines() -> None:
    for order, (service, zh, en, kind, value, value_en) in enumerate(notice_2020.HOTLINES, 1):
        HotlineEntry.objects.get_or_create(
            service_code=service,
            valid_from=notice_2020.ISSUED_ON,
            defaults={
                "order": order,
                "label_zh": zh,
                "label_en": en,
                "kind": kind,
                "value": value,
                "value_en": value_en,
                "source": notice_2020.DOCUMENT_NUMBER,
            },
        )
