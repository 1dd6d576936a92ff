"""Keys of programs: made on the account page, shown once, checked at every request.

A key is narrower than its person: it reads, files or decides as its scopes say, ends on a day, and
has a rate of its own (GB/T 22239-2019 8.1.4.2 d: the least rights that a task needs).
"""

import datetime
import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from torch_portal.accounts.enums import AccountAct, KeyScope
from torch_portal.accounts.models import AccountEvent, ApiKey, User
from torch_portal.accounts.roles import is_official, is_reviewer
from torch_portal.common import clock, limits
from torch_portal.common.findings import Finding, Level, Refused

MARK = "torch_"
MOST = 10  # keys of one person at a time
LONGEST = datetime.timedelta(days=366)
CLAUSE = "GB/T 22239-2019 8.1.4.2"


def digest(key: str) -> str:
    """What is kept of a key; 256 bits of chance need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def scopes_of(user: User) -> list[KeyScope]:
    """What a key of this person can be for: to decide only for who works at a desk."""
    decides = is_reviewer(user) or is_official(user)
    return [scope for scope in KeyScope if decides or scope != KeyScope.DECIDE]


def make(
    *, by: User, name: str, scopes: list[str], days: int, at: datetime.datetime
) -> tuple[ApiKey, str]:
    """A new key and its text, which is shown once. `days` is how long it is good, 1 to 366.

    Raises Refused with everything that is wrong.
    """
    lasts = datetime.timedelta(days=days)
    wrong = []
    if not name.strip():
        wrong.append(("name", _("Say which program it is for.")))
    if not scopes or set(scopes) - set(scopes_of(by)):
        wrong.append(("scopes", _("Choose at least one thing that the key may do.")))
    if not datetime.timedelta(days=1) <= lasts <= LONGEST:
        wrong.append(("days", _("A key is good for 1 to 366 days.")))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        if live_keys(by, at).count() >= MOST:
            words = _("You have %(most)s keys already. End one first.") % {"most": MOST}
            wrong.append(("name", words))
        if wrong:
            raise Refused([Finding("AK-01", Level.BLOCK, f, words, CLAUSE) for f, words in wrong])
        text = MARK + secrets.token_urlsafe(32)
        key = ApiKey.objects.create(
            user=by,
            name=name.strip()[:60],
            start=text[: len(MARK) + 4],
            digest=digest(text),
            scopes=sorted(scopes),
            created_at=at,
            expires_at=at + lasts,
        )
        note = f"{key.name}: {', '.join(key.scopes)}"
        AccountEvent.objects.create(at=at, by=by, act=AccountAct.KEY_MADE, note=note)
    return key, text


def end(*, key: ApiKey, by: User, at: datetime.datetime) -> None:
    """From now on the key opens nothing."""
    with transaction.atomic():
        if ApiKey.objects.filter(pk=key.pk, ended_at__isnull=True).update(ended_at=at):
            AccountEvent.objects.create(at=at, by=by, act=AccountAct.KEY_ENDED, note=key.name)


def live_keys(user: User, at: datetime.datetime) -> Any:
    """The keys that open something, newest first."""
    rows = ApiKey.objects.filter(user=user, ended_at__isnull=True, expires_at__gt=at)
    return rows.order_by("-created_at", "-pk")


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer torch_...`; counts against the key's own rate."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """The person and the key; None when the header is of another kind."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed(_("Write the header as: Authorization: Bearer <key>"))
        at = clock.now()
        key = _key(parts[1].decode("ascii", "replace"), at)
        wait = limits.seconds_to_wait_of(f"key-{key.pk}", key.per_minute)
        if wait:
            raise Throttled(wait)
        today = timezone.localdate(at)
        if key.last_used_on != today:
            ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        """The scheme that a 401 names."""
        return "Bearer"


def _key(text: str, at: datetime.datetime) -> ApiKey:
    key = ApiKey.objects.select_related("user").filter(digest=digest(text)).first()
    if key is None or not key.user.is_active:
        raise AuthenticationFailed(_("This key is not known. Make one on your account page."))
    if key.ended_at is not None:
        raise AuthenticationFailed(_("This key was ended. Make a new one on your account page."))
    if key.expires_at <= at:
        day = {"day": f"{timezone.localtime(key.expires_at):%Y-%m-%d %H:%M}"}
        words = _("This key was good until %(day)s. Make a new one on your account page.") % day
        raise AuthenticationFailed(words)
    return key


class ScopeMissing(PermissionDenied):
    """The key does not reach so far; the message names the scope."""

    default_code = "scope_missing"


class WithinScopes(BasePermission):
    """A key does what its scopes name; people and their tokens do what their roles say.

    A view whose act is an official decision says so by `is_deciding()`.
    """

    def has_permission(self, request: Any, view: Any) -> bool:
        """Whether the key reaches so far; raises ScopeMissing."""
        key = request.auth
        if not isinstance(key, ApiKey):
            return True
        needed = _needed(request, view)
        if needed in key.scopes:
            return True
        title = _("This key may not do that. It needs the scope “%(scope)s”.") % {"scope": needed}
        raise ScopeMissing(title)


def _needed(request: Any, view: Any) -> str:
    if request.method in SAFE_METHODS:
        return KeyScope.READ
    deciding = getattr(view, "is_deciding", None)
    return KeyScope.DECIDE if deciding and deciding() else KeyScope.FILE


class KeyScheme(OpenApiAuthenticationExtension):
    """How the description of the API names the key."""

    target_class = KeyAuthentication
    name = "keyAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """An HTTP bearer key."""
        words = "A key made on the account page: torch_..."
        return {"type": "http", "scheme": "bearer", "description": words}
