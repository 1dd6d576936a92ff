"""Reads of the notice, the hotline table and the messages."""

import datetime

from django.db.models import QuerySet

from torch_portal.accounts.models import User
from torch_portal.notices.enums import MessageState
from torch_portal.notices.models import (
    HotlineEntry,
    HotlineQuerySet,
    Message,
    Notice,
    ReminderChoice,
)


def current_notice() -> Notice | None:
    """The latest notice; None before the data is loaded."""
    return Notice.objects.order_by("-issued_on", "-pk").first()


def hotlines_on(day: datetime.date) -> HotlineQuerySet:
    """The hotline table as it is on this day, in the order of the notice."""
    return HotlineEntry.objects.in_force(day).order_by("order", "pk")


def hotline_for(service_code: str, day: datetime.date) -> HotlineEntry | None:
    """Where to ask about one service on this day."""
    return hotlines_on(day).filter(service_code=service_code).first()


def inbox_of(user: User) -> QuerySet[Message]:
    """The messages to this person, newest first, sent by e-mail or not."""
    return Message.objects.filter(to_user=user).order_by("-created_at", "-id")


def failed_messages() -> QuerySet[Message]:
    """Messages that could not be sent and wait for an operator."""
    return Message.objects.filter(state=MessageState.FAILED).order_by("due_at", "pk")


def reminder_choice(user: User) -> ReminderChoice:
    """Which reminders this person wants: as chosen, else all of them."""
    return ReminderChoice.objects.filter(pk=user.pk).first() or ReminderChoice(user=user)
