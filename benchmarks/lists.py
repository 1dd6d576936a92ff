"""Figures lists.publicise.15k and lists.announce.15k: one public list of 15,000 evaluations.

A list of as many filings that passed the form review is put together, publicised and announced
with numbers, as a worker does it, part by part. Each step against the limit of a minute: wall
seconds, CPU seconds of this process and its database backend, and statements.
"""

import argparse
import datetime
import importlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from benchmarks.export import jiffies
from torch_portal import embedded

ENTRIES = 15_000
LIMIT_S = 60
PLACE = "33"
SEED = 38
NOW = datetime.datetime(2026, 11, 27, 9, 0, tzinfo=datetime.UTC)


def timed(work: Callable[[], Any]) -> dict[str, float]:
    """Wall and CPU seconds of a piece of work, and how many statements it sent."""
    statements = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*args)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    wall, own, behind = time.perf_counter(), time.process_time(), jiffies(backend)
    with connection.execute_wrapper(count):
        work()
    spent = time.process_time() - own + jiffies(backend) - behind
    return {"seconds": time.perf_counter() - wall, "cpu": spent, "statements": statements}


def prepare(count: int) -> Any:
    """A list of so many filings, not public yet; imports wait until Django knows its database."""
    for command in ("migrate", "seed"):
        call_command(command, stdout=sys.stderr)
    importlib.import_module("torch_portal.accounts.demo").load()
    loads = importlib.import_module("sme_eval.management.load")
    loads.load_passed(place=PLACE, filings=count, seed=SEED, at=NOW)
    return importlib.import_module("benchmarks.lists_steps").begun(NOW, PLACE)


def line(name: str, entries: int, found: dict[str, float]) -> dict[str, Any]:
    """One figure."""
    return {
        "figure": name,
        "value": round(found["seconds"], 1),
        "unit": "s",
        "peer": "limit",
        "peer_value": LIMIT_S,
        "ratio": round(LIMIT_S / found["seconds"], 2),
        "cpu_s": round(found["cpu"], 1),
        "statements": int(found["statements"]),
        "entries": entries,
    }


def main() -> None:
    """Print the figures as JSON lines; the scratch database goes with its folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=ENTRIES)
    count = parser.parse_args().entries
    with tempfile.TemporaryDirectory(prefix="torch-lists-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(Path(folder) / "embedded")
        try:
            os.environ.update(services.environment())
            os.environ |= {"TORCH_VAR": folder, "LOG_LEVEL": "WARNING", "DEBUG": ""}
            os.environ["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
            embedded.create_database(services.database_url)
            django.setup()
            batch = prepare(count)
            steps = importlib.import_module("benchmarks.lists_steps")
            for name, step in (("publicise", steps.publicise), ("announce", steps.announce)):
                found = timed(lambda step=step: step(batch))
                told = line(f"lists.{name}.15k", count, found)
                sys.stdout.write(json.dumps(told) + "\n")
                sys.stdout.flush()
            steps.check(batch, count)
        finally:
            services.stop()


if __name__ == "__main__":
    main()
