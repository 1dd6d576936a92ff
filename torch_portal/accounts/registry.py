"""The registry of enterprises, asked by unified social credit code (GB 32100—2015).

One question, one of three answers. It never waits longer than SECONDS and never raises for a
registry that is slow, down or talks nonsense: whoever asks goes on with what people typed.
"""

import contextlib
import http.client
import json
import logging
import socket
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache

from torch_portal.common import codes

log = logging.getLogger(__name__)
SECONDS = 2.0  # for one question, its second attempt included
ATTEMPTS = 2
LARGEST = 64 * 1024  # bytes of an answer
LONGEST_NAME, LONGEST_ADDRESS = 120, 300
# So many questions in vain within WITHIN seconds, and nobody asks for REST seconds.
FAILURES, WITHIN, REST = 3, 120, 30
FAILED_KEY, RESTING_KEY = "registry:failed", "registry:resting"


@dataclass(frozen=True)
class Found:
    """What the registry has under the code; `address` and `division` may be empty."""

    name: str
    address: str = ""
    division: str = ""


@dataclass(frozen=True)
class Unknown:
    """The registry answered and has nobody under this code."""


@dataclass(frozen=True)
class Unavailable:
    """No answer that can be used; `why` is for operators, not for people who file."""

    why: str


Answer = Found | Unknown | Unavailable


class _Silent(Exception):
    """One attempt gave no usable answer."""


def switched_on() -> bool:
    """Whether this installation has a registry to ask (REGISTRY_URL)."""
    return bool(settings.REGISTRY_URL)


def resting() -> bool:
    """Whether the registry failed so often just now that nobody asks it for a while."""
    return cache.get(RESTING_KEY) is not None


def look_up(code: str) -> Answer:
    """Ask for one enterprise; `code` is a credit code that has been checked.

    Two attempts at most within SECONDS. While it rests the answer is Unavailable at once.
    """
    if not switched_on():
        return Unavailable("no registry is set")
    if resting():
        return Unavailable("it did not answer just now and is left alone for a while")
    until, why = time.monotonic() + SECONDS, ""
    for _attempt in range(ATTEMPTS):
        try:
            answer = _ask(code, until)
        except (OSError, http.client.HTTPException, ValueError, _Silent) as error:
            why = f"{type(error).__name__}: {error}"
        else:
            cache.delete(FAILED_KEY)
            return answer
        if time.monotonic() >= until:
            break
    log.warning("the registry of enterprises gave no answer: %s", why)
    _count_failure()
    return Unavailable(why[:200])


def _count_failure() -> None:
    cache.add(FAILED_KEY, 0, WITHIN)
    try:
        failed = cache.incr(FAILED_KEY)
    except ValueError:  # it ran out between the two
        failed = 1
    if failed >= FAILURES:
        cache.set(RESTING_KEY, 1, REST)


def _ask(code: str, until: float) -> Found | Unknown:
    """GET REGISTRY_URL/code; redirects are not followed, so the token goes nowhere else."""
    address = urllib.parse.urlsplit(settings.REGISTRY_URL)
    path = f"{address.path.rstrip('/')}/{urllib.parse.quote(code)}"
    headers = {"Accept": "application/json", "Connection": "close"}
    if settings.REGISTRY_TOKEN:
        headers["Authorization"] = f"Bearer {settings.REGISTRY_TOKEN}"
    with _connected(address, until) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        if response.status == http.client.NOT_FOUND:
            return Unknown()
        if response.status != http.client.OK:
            raise _Silent(f"status {response.status}")
        body = response.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise _Silent("the answer is too long")
    return _read(code, json.loads(body))


@contextlib.contextmanager
def _connected(
    address: urllib.parse.SplitResult, until: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut at `until`, also under a registry that sends byte by byte."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time is left")
    secure = address.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=left)
    connection.connect()
    knife = threading.Timer(max(0.0, until - time.monotonic()), _cut, [connection.sock])
    knife.daemon = True
    knife.start()
    try:
        yield connection
    finally:
        knife.cancel()
        connection.close()


def _cut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _read(code: str, told: Any) -> Found:
    """{"code", "name"[, "address"][, "division"]}; anything else is no answer."""
    if not isinstance(told, dict):
        raise _Silent("the answer is no object")
    name, address, division = (_text(told, n) for n in ("name", "address", "division"))
    if codes.normalise(_text(told, "code")) != code or not 0 < len(name) <= LONGEST_NAME:
        raise _Silent("the answer is about somebody else, or names nobody")
    try:
        division = codes.division(division) if division else ""
    except codes.CodeError:
        division = ""
    return Found(name, address[:LONGEST_ADDRESS], division)


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""
