"""The cache: Redis, and while Redis is down a memory of this process, so that nobody waits."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

# Seconds for which Redis is not asked again after it did not answer.
PAUSE = 5


class SteadyRedisCache(RedisCache):
    """A Redis cache that people can sign in with while Redis is down.

    Limits then count in each process by itself, which is looser, and used one-time codes are
    known to that process alone; the lock-out after failures stands in the database.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_connect_timeout", 1)
        options.setdefault("socket_timeout", 2)
        super().__init__(server, params)
        self._own = LocMemCache(f"beside {server}", {})
        self._asked_again_at = 0.0

    def _either(self, name: str, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() >= self._asked_again_at:
            ask: Callable[..., Any] = getattr(super(), name)
            try:
                return ask(*arguments, **options)
            except (NoConnection, NoAnswer):
                self._asked_again_at = time.monotonic() + PAUSE
        return getattr(self._own, name)(*arguments, **options)

    def add(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("add", *arguments, **options)

    def get(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("get", *arguments, **options)

    def set(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("set", *arguments, **options)

    def touch(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("touch", *arguments, **options)

    def delete(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("delete", *arguments, **options)

    def incr(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("incr", *arguments, **options)

    def has_key(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("has_key", *arguments, **options)

    def get_many(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("get_many", *arguments, **options)

    def set_many(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("set_many", *arguments, **options)

    def delete_many(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("delete_many", *arguments, **options)

    def clear(self, *arguments: Any, **options: Any) -> Any:
        """As Django's."""
        return self._either("clear", *arguments, **options)
