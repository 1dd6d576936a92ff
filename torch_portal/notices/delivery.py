"""Sending one message: claim it, send it, say how it went.

A worker that dies between the mail server's yes and the note of it lets the message go out a
second time when the claim runs out; the same Message-ID lets mail programs show it once.
"""

import datetime
import logging
import smtplib
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from torch_portal.notices.enums import MessageState
from torch_portal.notices.models import Message

log = logging.getLogger(__name__)

ATTEMPTS = 8
LEASE = datetime.timedelta(minutes=5)
REQUEUE = datetime.timedelta(minutes=10)
FIRST_DELAY = datetime.timedelta(minutes=2)
MAIL_TIMEOUT_SECONDS = 30
AT_ONCE = 500


def deliver(message_id: int, at: datetime.datetime) -> bool:
    """Send one message unless it is done, not due, or in other hands; True when it went out."""
    if not _claim(message_id, at):
        return False
    message = Message.objects.get(pk=message_id)
    try:
        _mail(message).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.warning("message %s was not sent: %r", message_id, error)
        _put_back(message, error, at)
        return False
    mine = Message.objects.filter(pk=message_id, state=MessageState.SENDING)
    mine.update(state=MessageState.SENT, sent_at=at, claimed_until=None, last_error="")
    return True


def take_waiting(at: datetime.datetime) -> list[int]:
    """Messages to queue now, at most 500: due and in nobody's hands.

    They are marked as queued for ten minutes, so that a stopped worker finds no heap of copies.
    """
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    abandoned = Q(state=MessageState.SENDING, attempts__lt=ATTEMPTS)
    waiting = Message.objects.filter(free, _ready(at) | abandoned)
    ids = list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    pending = Message.objects.filter(free, pk__in=ids, state=MessageState.PENDING)
    pending.update(claimed_until=at + REQUEUE)
    return ids


def release(ids: Sequence[int]) -> None:
    """Take back the mark of messages that could not be queued after all."""
    Message.objects.filter(pk__in=ids, state=MessageState.PENDING).update(claimed_until=None)


def give_up_lost(at: datetime.datetime) -> int:
    """Close messages whose worker died on the last attempt; answers how many."""
    lost = Message.objects.filter(
        state=MessageState.SENDING, claimed_until__lt=at, attempts__gte=ATTEMPTS
    )
    return lost.update(
        state=MessageState.FAILED, claimed_until=None, last_error="the worker stopped while sending"
    )


def delay_after(attempts: int) -> datetime.timedelta:
    """The wait after so many failed attempts: 2, 6, 18, 54 minutes and so on, three times longer
    each time; together about a day and a half.
    """
    return FIRST_DELAY * 3 ** (attempts - 1)


def _ready(at: datetime.datetime) -> Q:
    """Pending and never tried, or tried and due again.

    The first attempt asks for no hour: the moment of writing may come from a set clock.
    """
    return Q(state=MessageState.PENDING) & (Q(attempts=0) | Q(due_at__lte=at))


def _claim(message_id: int, at: datetime.datetime) -> bool:
    abandoned = Q(state=MessageState.SENDING, claimed_until__lt=at)
    return bool(
        Message.objects.filter(_ready(at) | abandoned, pk=message_id, attempts__lt=ATTEMPTS).update(
            state=MessageState.SENDING, claimed_until=at + LEASE, attempts=F("attempts") + 1
        )
    )


def _put_back(message: Message, error: Exception, at: datetime.datetime) -> None:
    last = message.attempts >= ATTEMPTS
    Message.objects.filter(pk=message.pk, state=MessageState.SENDING).update(
        state=MessageState.FAILED if last else MessageState.PENDING,
        due_at=at + delay_after(message.attempts),
        claimed_until=None,
        last_error=f"{type(error).__name__}: {error}"[:300],
    )


def _mail(message: Message) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject=message.subject,
        body=_text(message),
        to=[message.to_email],
        headers={
            "Message-ID": f"<message-{message.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(timeout=MAIL_TIMEOUT_SECONDS),
    )


def _text(message: Message) -> str:
    with translation.override(message.language or settings.LANGUAGE_CODE):
        parts = [message.body]
        if message.link:
            link = message.link
            address = settings.SITE_URL + link if link.startswith("/") else link
            parts.append(_("Open it in the portal: %(address)s") % {"address": address})
        parts.append(_("This message was written by the portal; nobody reads answers to it."))
    return "\n\n".join(parts) + "\n"
