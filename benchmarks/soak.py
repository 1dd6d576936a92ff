"""Figure soak: many people file for ten minutes; no error, no memory that keeps growing.

BENCH_CLIENTS enterprises and examiners (20 unless set) take filings from the draft to the
recognition over real sockets for SOAK_SECONDS, while a worker makes the certificates. Memory is
the resident set of web, worker and beat, once warm (after a fifth of the time) and at the end.
The times of submission and recognition are those that the twenty saw, on the shared machine.
"""

import itertools
import json
import os
import statistics
import sys
import threading
import time
from collections import defaultdict
from typing import Any

import psutil

from benchmarks import serving
from benchmarks.filing_api import Filing

SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
CLIENTS = int(os.environ.get("BENCH_CLIENTS", "20"))
GROWTH_LIMIT = 1.10
WARM = 0.2
STEPS = ("submit", "accept", "recognise")
MB = 1024 * 1024


class Stopwatch:
    """A client that notes how long each kind of request took, in milliseconds."""

    def __init__(self, client: serving.Client, times: dict[str, list[float]]) -> None:
        self.client, self.times = client, times

    def send(self, method: str, path: str, *rest: Any) -> serving.Answer:
        """One request."""
        began = time.perf_counter()
        answer = self.client.send(method, path, *rest)
        self.times[path.rstrip("/").rpartition("/")[2]].append((time.perf_counter() - began) * 1000)
        return answer


class Soak:
    """What the clients did and saw."""

    def __init__(self, address: str) -> None:
        self.numbers, self.pdf = itertools.count(1), serving.small_pdf()
        self.address, self.done, self.errors = address, 0, []
        self.times: dict[str, list[float]] = defaultdict(list)
        self.stop = threading.Event()

    def work(self) -> None:
        """File until told to stop; an error is noted and the next filing begun."""
        filing = Filing(self.address, self.numbers, self.pdf)
        filing.firm, filing.examiner = (
            Stopwatch(client, self.times) for client in (filing.firm, filing.examiner)
        )  # type: ignore[assignment]
        while not self.stop.is_set():
            try:
                filing()
                self.done += 1
            except Exception as error:
                self.errors.append(f"{type(error).__name__}: {error}"[:300])


def memory() -> float:
    """Megabytes resident in the portal's own processes (the databases apart)."""
    found = 0
    for process in psutil.Process().children(recursive=True):
        with_words = " ".join(process.cmdline()) if process.is_running() else ""
        if "gunicorn" in with_words or "celery" in with_words:
            found += process.memory_info().rss
    return found / MB


def run(address: str) -> dict[str, Any]:
    """The figure."""
    soak = Soak(address)
    threads = [threading.Thread(target=soak.work) for _client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS * WARM)
    warm = memory()
    time.sleep(SECONDS * (1 - WARM))
    last = memory()
    soak.stop.set()
    for thread in threads:
        thread.join()
    growth = last / warm
    return {
        "figure": "soak",
        "value": round(growth, 3),
        "unit": "memory at the end / memory when warm",
        "limit": GROWTH_LIMIT,
        "ratio": round(growth / GROWTH_LIMIT, 3),
        "seconds": SECONDS,
        "clients": CLIENTS,
        "filings": soak.done,
        "errors": len(soak.errors),
        "first_error": soak.errors[0] if soak.errors else "",
        "memory_mb": [round(warm), round(last)],
        **{step: percentiles(soak.times[step]) for step in STEPS},
    }


def percentiles(times: list[float]) -> dict[str, float]:
    """Half and nineteen in twenty were as quick, in milliseconds."""
    if len(times) < 2:
        return {}
    cuts = statistics.quantiles(times, n=20)
    return {"p50_ms": round(cuts[9], 1), "p95_ms": round(cuts[18], 1)}


def main() -> int:
    """One JSON line; 1 when there was an error or memory grew beyond the limit."""
    with serving.portal() as address:
        told = run(address)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return int(bool(told["errors"]) or told["value"] > GROWTH_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
