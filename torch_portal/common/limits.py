"""How often one caller may ask: a count for each minute, kept in the cache that all share.

While the cache does not answer every process counts for itself: the limit is looser then, by the
number of processes, but nobody is locked out, nothing fails and nothing is unlimited.
"""

import functools
import ipaddress
import logging
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.throttling import BaseThrottle

from torch_portal.common import clock

log = logging.getLogger(__name__)
MINUTE = 60
# Seconds for which the cache is not asked again after it did not answer.
PAUSE = 5.0
_quiet = {"until": 0.0}
_own: Counter[str] = Counter()
View = Callable[..., HttpResponse]


def forget() -> None:
    """What this process counted by itself; the cache is asked again at once."""
    _own.clear()
    _quiet["until"] = 0.0


def seconds_to_wait(scope: str, caller: str) -> int:
    """Count one request; 0 when it is within settings.LIMITS_A_MINUTE[scope], else the wait."""
    return seconds_to_wait_of(f"{scope}:{caller}", settings.LIMITS_A_MINUTE[scope])


def seconds_to_wait_of(what: str, most: int) -> int:
    """Count one request of this name; 0 when it is within so many a minute, else the wait."""
    now = int(clock.now().timestamp())
    within = _counted(f"limit:{what}:{now // MINUTE}") <= most
    return 0 if within else MINUTE - now % MINUTE


def _counted(key: str) -> int:
    if time.monotonic() >= _quiet["until"]:
        try:
            cache.add(key, 0, 2 * MINUTE)
            return int(cache.incr(key))
        except (redis.RedisError, ValueError):  # ValueError: it ran out between the two
            _quiet["until"] = time.monotonic() + PAUSE
            log.warning("limits are counted in each process: the cache does not answer")
    if not any(other.endswith(key.rpartition(":")[2]) for other in _own):
        _own.clear()  # another minute
    _own[key] += 1
    return _own[key]


def caller(request: HttpRequest) -> str:
    """Who asks: the account, else the address, of IPv6 the network that one household has."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"user-{user.pk}"
    address = address_of(request)
    return str(ipaddress.ip_network((address, 64), strict=False)) if ":" in address else address


def address_of(request: HttpRequest) -> str:
    """The address of the caller as the NUM_PROXIES proxies in front of us tell it."""
    told = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    proxies: Any = settings.REST_FRAMEWORK["NUM_PROXIES"]
    believed = told[-min(proxies, len(told))] if proxies and told else ""
    try:
        return str(ipaddress.ip_address(believed or request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", "unknown"))


def limited(scope: str) -> Callable[[View], View]:
    """Decorate a page: whoever asks too often gets 429 with a sentence and Retry-After."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def within_limits(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = seconds_to_wait(scope, caller(request))
            return too_many(request, wait) if wait else view(request, *args, **kwargs)

        return within_limits

    return decorate


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """The page that asks for patience."""
    answer = render(request, "errors/429.html", {"wait": wait}, status=429)
    answer["Retry-After"] = str(wait)
    return answer


class Limit(BaseThrottle):  # type: ignore[misc]  # it has no types
    """The same for the API: the view names its `throttle_scope`."""

    waiting = 0

    def allow_request(self, request: Any, view: Any) -> bool:
        """Whether this one is within the limit."""
        self.waiting = seconds_to_wait(view.throttle_scope, caller(request))
        return not self.waiting

    def wait(self) -> int:
        """Seconds until the next minute."""
        return self.waiting
