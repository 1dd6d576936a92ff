"""Figures for Prometheus: what this process counts, and what others add when they are asked."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 1.0, 2.5, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OF_ALL = "PROMETHEUS_MULTIPROC_DIR"

_requests = Counter(
    "torch_requests", "Answers by view, method and status", ["view", "method", "status"],
    registry=None,
)  # fmt: skip
_seconds = Histogram(
    "torch_request_seconds", "Time to the answer by view", ["view"], registry=None, buckets=BUCKETS
)


def count(view: str, method: str, status: int, seconds: float) -> None:
    """One answer: its view by name, its status, seconds it took."""
    _requests.labels(view, method if method in METHODS else "other", str(status)).inc()
    _seconds.labels(view).observe(seconds)


def text(*more: Collector) -> bytes:
    """Everything in Prometheus' text format; of all web processes where gunicorn shares a folder.

    `more`: collectors asked now, for figures that stand in the database.
    """
    registry = CollectorRegistry()
    if os.environ.get(OF_ALL):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_requests)
        registry.register(_seconds)
    for collector in more:
        registry.register(collector)
    return generate_latest(registry)
