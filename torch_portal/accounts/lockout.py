"""The lock-out after repeated failures (GB/T 22239-2019 8.1.4.1 b): axes, in the database."""

import datetime

from allauth.core.internal.httpkit import get_client_ip
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from torch_portal.accounts.enums import AccountAct
from torch_portal.accounts.models import AccountEvent, User


def address_of(request: HttpRequest) -> str | None:
    """The caller's address, as the proxies of NUM_PROXIES name it."""
    return get_client_ip(request)


def is_locked_out(request: HttpRequest) -> bool:
    """Whether the attempt of this request was refused without looking at the password."""
    return bool(getattr(request, "axes_locked_out", False))


def minutes() -> int:
    """How long a lock-out lasts."""
    return int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)


def locked_until(person: User, at: datetime.datetime) -> datetime.datetime | None:
    """When the last lock-out of this person ends; None when there is none."""
    rows = AccessAttempt.objects.filter(
        username__in=[name for name in (person.username, person.email) if name],
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=at - settings.AXES_COOLOFF_TIME,
    )
    last = rows.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    return last + settings.AXES_COOLOFF_TIME if last else None


@transaction.atomic
def release(*, person: User, by: User, at: datetime.datetime) -> None:
    """Let a person try again at once."""
    for name in {person.username, person.email} - {""}:
        reset(username=name)
    AccountEvent.objects.create(at=at, by=by, act=AccountAct.RELEASED, person=person)
