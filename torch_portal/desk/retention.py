"""Forgetting by rule: what is due, and doing it. Events and certificates are never touched."""

import datetime
from calendar import monthrange
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from torch_portal.accounts.models import User
from torch_portal.desk.lines import LINES
from torch_portal.desk.models import RetentionRule, RetentionRun
from torch_portal.desk.models.retention import Subject
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Access
from torch_portal.notices.enums import MessageState
from torch_portal.notices.models import Message
from torch_portal.publicity import actions as publicity

DEFAULTS = (
    (Subject.DRAFTS, 24, "个人信息保护法 第十九条"),
    (Subject.WITHDRAWN, 36, "个人信息保护法 第十九条"),
    (Subject.ACCESS, 12, "网络安全法 第二十一条"),
    (Subject.MESSAGES, 36, "个人信息保护法 第十九条"),
    (Subject.ACCOUNTS, 36, "个人信息保护法 第四十七条"),
    (Subject.OBJECTORS, 36, "个人信息保护法 第十九条"),
)
STAGES = {Subject.DRAFTS: Stage.DRAFT, Subject.WITHDRAWN: Stage.WITHDRAWN}


def load_rules() -> None:
    """A row for each subject, switched off; rows that exist are left as they are."""
    for subject, months, source in DEFAULTS:
        defaults = {"months": months, "source": source}
        RetentionRule.objects.get_or_create(subject=subject, defaults=defaults)


def cutoff(day: datetime.date, months: int) -> datetime.date:
    """The day so many months earlier; the last of its month where that is shorter."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(subject: str, before: datetime.date) -> int:
    """How many a rule would forget; nothing is changed."""
    if subject in STAGES:
        stage = STAGES[Subject(subject)]
        return sum(line.forgettable(stage, before).count() for line in LINES.values())
    return _rows(subject, before).count()


def _rows(subject: str, before: datetime.date) -> QuerySet[Any]:
    start = timezone.make_aware(datetime.datetime.combine(before, datetime.time()))
    if subject == Subject.ACCESS:
        return Access.objects.filter(seen_at__lt=start)
    if subject == Subject.OBJECTORS:
        return publicity.forgettable(before)
    if subject == Subject.MESSAGES:
        delivered = (MessageState.SENT, MessageState.IN_PORTAL)
        return Message.objects.filter(state__in=delivered, created_at__lt=start)
    unused = Q(last_login__lt=start) | Q(last_login__isnull=True, date_joined__lt=start)
    told = ~Q(email="") | ~Q(phone="") | Q(pk__in=EmailAddress.objects.values("user"))
    told |= Q(pk__in=UserSession.objects.values("user"))
    return User.objects.filter(unused, told, is_active=False)


def _delete(subject: str, before: datetime.date) -> int:
    return _rows(subject, before).delete()[0]


def _close_accounts(subject: str, before: datetime.date) -> int:
    """E-mail, telephone and the addresses of sessions go, also those that allauth keeps.

    The name stays, as it stands in the events of what was done.
    """
    people = list(_rows(subject, before).values_list("pk", flat=True))
    EmailAddress.objects.filter(user__in=people).delete()
    UserSession.objects.filter(user__in=people).delete()
    return User.objects.filter(pk__in=people).update(email="", phone="")


def _forget_objectors(_subject: str, before: datetime.date) -> int:
    return publicity.forget_objectors(before=before)


FORGET: dict[str, Callable[[str, datetime.date], int]] = {
    Subject.ACCESS: _delete,
    Subject.MESSAGES: _delete,
    Subject.ACCOUNTS: _close_accounts,
    Subject.OBJECTORS: _forget_objectors,
}


def forget(*, day: datetime.date, at: datetime.datetime) -> dict[str, int]:
    """Do what the active rules say and note how much; subject by subject. Twice is once."""
    done: dict[str, int] = {}
    for rule in RetentionRule.objects.filter(active=True).order_by("subject"):
        before = cutoff(day, rule.months)
        with transaction.atomic():
            count = _forget(rule.subject, before, day, at)
            if count:
                _note(rule, day, count)
                done[rule.subject] = count
    return done


def _forget(subject: str, before: datetime.date, day: datetime.date, at: datetime.datetime) -> int:
    if subject in STAGES:
        stage = STAGES[Subject(subject)]
        lines = LINES.values()
        return sum(x.forget(stage=stage, before=before, day=day, at=at) for x in lines)
    return FORGET[subject](subject, before)


def _note(rule: RetentionRule, day: datetime.date, count: int) -> None:
    run, _new = RetentionRun.objects.get_or_create(
        subject=rule.subject, day=day, defaults={"months": rule.months, "forgotten": 0}
    )
    run.forgotten += count
    run.save(update_fields=["forgotten"])
