"""Figures export.xlsx.600k and export.csv.600k: a list of 600,000 rows and 20 columns as a file.

The workbook against openpyxl's write_only mode over the same rows, the CSV against a bare COPY of
the same SELECT. CPU seconds of this process and of its database backend together, in turn; and by
how much this process grew (a process of its own for each way, so that none hides behind another).
"""

import argparse
import importlib
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import django
from django.db import connection

from torch_portal import embedded

ROWS = 600_000
# Imported once Django knows its database: models cannot be imported before.
WAYS = "benchmarks.export_ways"
FIGURES = ("export.xlsx.600k", "export.csv.600k")


class Run(NamedTuple):
    """One way: CPU seconds, MB at the peak and by how many it grew, wall seconds, bytes."""

    cpu: float
    peak: float
    grown: float
    wall: float
    size: int


def jiffies(pid: int) -> float:
    """CPU seconds of another process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(what: str) -> float:
    """MB of this process: VmRSS now, VmHWM at the peak."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(n for n in lines if n.startswith(what)).split()[1]) / 1024


def _measure(name: str, answer: Any) -> None:
    """In a process of its own: CPU seconds of it and its backend, by how many MB it grew."""
    ways = importlib.import_module(WAYS)
    work: Callable[[Any], None] = getattr(ways, name)
    ways.sheet()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before, held = jiffies(backend), memory("VmRSS")
    began, wall = time.process_time(), time.monotonic()
    with tempfile.TemporaryFile() as out:
        work(out)
        size = out.seek(0, os.SEEK_END)
    spent = time.process_time() - began + jiffies(backend) - before
    peak = memory("VmHWM")
    answer.send(Run(spent, peak, peak - held, time.monotonic() - wall, size))


def measured(name: str) -> Run:
    """One way, in a process of its own."""
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_measure, args=(name, there))
    process.start()
    there.close()
    answer = here.recv()
    process.join()
    return answer


def _fill(count: int) -> None:
    """In a process of its own, so that nothing stays open when the ways are measured in forks."""
    importlib.import_module(WAYS).fill(count)


def figure(name: str, mine: str, peer: str, words: str) -> dict[str, Any]:
    """One figure; the ways in turn, ours first and last, its better run counts."""
    first, other, last = measured(mine), measured(peer), measured(mine)
    best = min(first, last)
    return {
        "figure": name,
        "value": round(best.cpu, 2),
        "unit": "CPU seconds, Python and database",
        "peer": words,
        "peer_value": round(other.cpu, 2),
        "ratio": round(other.cpu / best.cpu, 2),
        "peak_mb": round(best.peak),
        "grown_mb": round(best.grown, 1),
        "peer_grown_mb": round(other.grown, 1),
        "wall_seconds": round(best.wall, 1),
        "megabytes": round(best.size / 1e6, 1),
    }


def main() -> None:
    """Print the figures as JSON lines; the scratch database goes with its folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("figures", nargs="*", default=list(FIGURES))
    parser.add_argument("--rows", type=int, default=ROWS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="torch-export-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(Path(folder) / "embedded")
        try:
            os.environ.update(services.environment())
            os.environ |= {"TORCH_VAR": folder, "LOG_LEVEL": "WARNING", "DEBUG": ""}
            os.environ["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
            embedded.create_database(services.database_url)
            django.setup()
            loading = multiprocessing.get_context("fork").Process(target=_fill, args=(asked.rows,))
            loading.start()
            loading.join()
            for name in asked.figures:
                told = (
                    figure(name, "ours_xlsx", "openpyxl_write_only", "openpyxl write_only")
                    if name == FIGURES[0]
                    else figure(name, "ours_csv", "bare_copy", "bare COPY of the same SELECT")
                )
                told["rows"] = asked.rows
                sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
                sys.stdout.flush()
        finally:
            services.stop()


if __name__ == "__main__":
    main()
