"""What stands in the database and the queue, as figures for Prometheus, and who may read them."""

import contextlib
import hmac
import ipaddress
import time
from collections.abc import Callable, Iterable
from typing import Any

import redis
from django.conf import settings
from django.core.cache import cache
from django.db.models import Count
from django.http import HttpRequest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate
from torch_portal.common import clock
from torch_portal.common.limits import address_of
from torch_portal.desk.queries import HEARTBEAT, readiness
from torch_portal.filings.enums import LookupState
from torch_portal.filings.models import Filing, RegistryLookup
from torch_portal.notices.enums import MessageState
from torch_portal.notices.models import Message

# Seconds for which a count over a whole table is kept: no scrape of a minute counts a million.
KEPT = 300
NOT_YET = {
    "certificates": (Certificate, "making", [Making.PENDING, Making.RENDERING], Making.FAILED),
    "messages": (
        Message,
        "state",
        [MessageState.PENDING, MessageState.SENDING],
        MessageState.FAILED,
    ),
    "lookups": (
        RegistryLookup,
        "state",
        [LookupState.WAITING, LookupState.ASKING],
        LookupState.FAILED,
    ),
}


def may_read(request: HttpRequest) -> bool:
    """Has the token (METRICS_TOKEN), or comes from one of METRICS_NETWORKS; without both nobody."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(n) for n in settings.METRICS_NETWORKS)


class Figures(Collector):
    """Asked at each scrape; a part that does not answer is told as down and leaves gaps."""

    def collect(self) -> Iterable[Metric]:
        """Parts up or down, the worker's last sign of life, rows of work, filings."""
        parts = readiness()
        up = GaugeMetricFamily("torch_up", "1 when this part answers", labels=["part"])
        for part, said in parts.items():
            up.add_metric([part], float(said == "ok"))
        yield up
        if parts["broker"] == "ok":
            yield from _sign_of_life()
        if parts["database"] == "ok":
            yield _work()
            yield from _filings()


def _sign_of_life() -> Iterable[Metric]:
    at = cache.get(HEARTBEAT)
    if at is not None:
        age = GaugeMetricFamily(
            "torch_worker_heartbeat_age_seconds", "Since a worker last took a task"
        )
        age.add_metric([], max(0.0, time.time() - float(at)))
        yield age


def _work() -> Metric:
    """Rows that workers have to do: waiting, due by now, given up."""
    rows = GaugeMetricFamily("torch_work_rows", "Work that is kept in rows", labels=["of", "is"])
    now = clock.now()
    for name, (model, field, waiting, failed) in NOT_YET.items():
        table: Any = model._default_manager
        open_rows = table.filter(**{f"{field}__in": waiting})
        rows.add_metric([name, "waiting"], open_rows.count())
        rows.add_metric([name, "due"], open_rows.filter(due_at__lte=now).count())
        given_up = _kept(f"failed:{name}", table.filter(**{field: failed}).count)
        rows.add_metric([name, "failed"], given_up)
    return rows


def _filings() -> Iterable[Metric]:
    """Filings by line and stage, as counted within the last five minutes."""
    rows = GaugeMetricFamily("torch_filings", "Filings", labels=["line", "stage"])
    pairs = Filing.objects.values_list("line", "stage").annotate(n=Count("pk"))
    for line, stage, number in _kept("filings", lambda: list(pairs.order_by("line", "stage"))):
        rows.add_metric([line, stage], number)
    yield rows


def _kept(name: str, count: Callable[[], Any]) -> Any:
    """What `count` answers, asked at most every five minutes while there is a cache."""
    key = f"figures:{name}"
    with contextlib.suppress(redis.RedisError):
        known = cache.get(key)
        if known is not None:
            return known
    answer = count()
    with contextlib.suppress(redis.RedisError):
        cache.set(key, answer, KEPT)
    return answer
