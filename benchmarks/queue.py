"""Figures queue.10k and queue.1m, of other lines queue.LINE.10k and .1m, and dashboard.1m.

Pages over so many filings.

Three people (an examiner of one agency, an official of a province, one of the whole country) open
every tab, filters, searches and a filing, through Django's own client; the two officials and a
visitor open the dashboard by year, kind and field. Beside wall milliseconds stands the CPU of
Django and of the database's backend, which a busy machine does not move. `queue.1m` prints
dashboard.1m as well, from the same million; dashboard.1m alone leaves the queue out.
"""

import argparse
import contextlib
import datetime
import importlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from torch_portal import embedded

PEOPLE = ("examiner", "official", "torch")
MOST_QUERIES = 15
LARGEST_PAGE = 150 * 1024
SEED = 38
LAST_YEAR = datetime.datetime.now(tz=datetime.UTC).year - 1


@dataclass(frozen=True)
class Desk:
    """The desk of a line: its model, tabs, filters, words to search for, a state to open."""

    line: str
    model: str
    queues: tuple[str, ...]
    filters: tuple[str, ...]
    words: tuple[str, ...]
    opened: str


CONTRACTS = Desk(
    "contracts",
    "contract",
    ("open", "mine", "waiting", "second", "overdue", "corrected", "returned", "decided", "all"),
    ("queue=all&kind=service", "queue=open&due=week", "queue=all&state=revoked"),
    ("智能灌溉", "量子", "检", "疫情防控的红外测温", "HT-2026-330101-000012"),
    "accepted",
)
EVALUATIONS = Desk(
    "sme_eval",
    "evaluation",
    ("open", "mine", "overdue", "corrected", "asked", "returned", "passed", "public", "entered",
     "revocations", "all"),
    ("queue=all&year=2026", "queue=open&due=week", "queue=all&state=revoked"),
    ("生物医药", "启衡", "药", "湘湖精密机械", "KX20263301000000000012"),
    "submitted",
)  # fmt: skip
APPLICATIONS = Desk(
    "hitech_cert",
    "application",
    ("open", "mine", "overdue", "corrected", "asked", "local", "returned", "recommended",
     "accepted", "review", "scored", "listed", "certified", "refused", "ended", "all"),
    ("queue=all&year=2026", "queue=all&field=8", "queue=open&due=week", "queue=all&state=scored"),
    ("生物医药", "启衡", "药", "湘湖精密机械", "GR202533000012"),
    "submitted",
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A figure: how many filings of which desk, how often each page is opened, p95 limit in ms."""

    name: str
    filings: int
    rounds: int
    limit_ms: int
    desk: Desk = CONTRACTS
    dashboard: bool = False


MILLION = Figure("dashboard.1m", 1_000_000, 20, 150, dashboard=True)
FIGURES = {
    "queue.10k": Figure("queue.10k", 10_000, 20, 150),
    "queue.1m": Figure("queue.1m", 1_000_000, 5, 400),
    MILLION.name: MILLION,
    "queue.sme_eval.10k": Figure("queue.sme_eval.10k", 10_000, 20, 150, EVALUATIONS),
    "queue.sme_eval.1m": Figure("queue.sme_eval.1m", 1_000_000, 5, 400, EVALUATIONS),
    "queue.hitech_cert.10k": Figure("queue.hitech_cert.10k", 10_000, 20, 150, APPLICATIONS),
}


def prepare(line: str, filings: int) -> float:
    """Migrate the scratch database and load it; returns the seconds of the load."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed", stdout=sys.stderr)
    begun = time.perf_counter()
    call_command("seed_demo", line=line, filings=filings, seed=SEED, stdout=sys.stderr)
    return time.perf_counter() - begun


def addresses(desk: Desk, person: Any) -> list[str]:
    """What this person opens: tabs, filters, searches, one filing under examination."""
    home = reverse(f"admin:{desk.line}_{desk.model}_changelist")
    asked = [f"queue={q}" for q in desk.queues] + [*desk.filters, *(f"q={w}" for w in desk.words)]
    seen = apps.get_model(desk.line, desk.model).objects.visible_to(person)
    one = seen.filter(filing__state=desk.opened).order_by("pk").first()
    page = reverse(f"admin:{desk.line}_{desk.model}_change", args=[one.pk])
    return [*(f"{home}?{a}" for a in asked), page]


def boards(person: str) -> list[str]:
    """What this official, or with "" a visitor, opens of the dashboard."""
    if not person:
        return [reverse("reports:public")]
    home = reverse("reports:board")
    narrowed = ("kind=service", "field=electronics", "kind=development&field=electronics")
    return [home, *(f"{home}?{n}" for n in (f"year={LAST_YEAR}", *narrowed))]


def visits(figure: Figure) -> Iterator[tuple[str, Client, list[str]]]:
    """Who opens which pages, each with a client that is signed in."""
    users = apps.get_model("accounts", "User").objects
    for name in ("official", "torch", "") if figure.dashboard else PEOPLE:
        client = Client()
        person = users.get(username=name) if name else None
        if person is not None:
            client.force_login(person)
        yield name, client, boards(name) if figure.dashboard else addresses(figure.desk, person)


def measure(figure: Figure) -> dict[str, Any]:
    """Milliseconds of wall and of CPU over all pages of all people; the most queries, bytes."""
    wall: list[float] = []
    spent: list[float] = []
    queries = size = 0
    for name, client, pages in visits(figure):
        for page in pages:
            # Twice: once a minute a visit also notes that the session is in use.
            counts = []
            for _visit in range(2):
                with CaptureQueriesContext(connection) as counted:
                    answer = client.get(page)
                counts.append(len(counted))
            if answer.status_code != 200:
                raise RuntimeError(f"{page} answers {name} with {answer.status_code}")
            queries, size = max(queries, min(counts)), max(size, len(answer.content))
            rounds = [_timed(client, page) for _round in range(figure.rounds)]
            wall += [took for took, _worked in rounds]
            spent += [worked for _took, worked in rounds]
            slowest = max(worked for _took, worked in rounds)
            sys.stderr.write(f"{slowest:7.0f} CPU ms {min(counts)} queries {name or '-'} {page}\n")
    return {
        "p50": statistics.median(wall),
        "p95": _share(wall, 0.95),
        "cpu_p50": statistics.median(spent),
        "cpu_p95": _share(spent, 0.95),
        "queries": queries,
        "page_kb": size / 1024,
    }


def _share(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


def _timed(client: Any, page: str) -> tuple[float, float]:
    """Milliseconds of wall, and of CPU in this process and in the backend that serves it."""
    wall, own, behind = time.perf_counter(), time.process_time(), _backend_seconds()
    client.get(page)
    worked = time.process_time() - own + _backend_seconds() - behind
    return (time.perf_counter() - wall) * 1000, worked * 1000


def _backend_seconds() -> float:
    """CPU seconds of the database's process for this connection (Linux, same machine)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(figure: Figure, kept: Path | None) -> None:
    """Print the figure as one JSON line; the scratch database goes with its folder, unless kept."""
    with contextlib.ExitStack() as ends:
        folder = kept or Path(
            ends.enter_context(tempfile.TemporaryDirectory(prefix="torch-queue-"))
        )
        loaded = folder / "loaded"
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(folder / "embedded")
        ends.callback(services.stop)
        os.environ.update(services.environment())
        os.environ["TORCH_VAR"] = str(folder)
        os.environ["ALLOWED_HOSTS"] = "testserver"
        os.environ["LOG_LEVEL"] = "WARNING"
        os.environ["DEBUG"] = ""
        os.environ["SECOND_FACTOR"] = "optional"  # the client signs in without a page
        os.environ["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
        embedded.create_database(services.database_url)
        django.setup()
        if not loaded.exists():
            loaded.write_text(str(prepare(figure.desk.line, figure.filings)))
        seconds = float(loaded.read_text())
        _say(figure, seconds)
        if figure.name == "queue.1m":
            _say(replace(MILLION, filings=figure.filings), seconds)


def _say(figure: Figure, load_seconds: float) -> None:
    """Measure and print one figure; the dashboard is counted first, as beat does it."""
    counting = time.perf_counter()
    if figure.dashboard:
        importlib.import_module("torch_portal.reports.tables.tasks").recount()
    line = {"count_s": round(time.perf_counter() - counting, 1)} if figure.dashboard else {}
    line = _line(figure, measure(figure), load_seconds) | line
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _line(figure: Figure, found: dict[str, Any], seconds: float) -> dict[str, Any]:
    return {
        "figure": figure.name,
        "value": round(found["p95"], 1),
        "unit": "ms",
        "peer": "limit",
        "peer_value": figure.limit_ms,
        "ratio": round(figure.limit_ms / found["p95"], 2),
        **{name: round(value, 1) for name, value in found.items()},
        "filings": figure.filings,
        "load_s": round(seconds),
        "within": found["queries"] <= MOST_QUERIES and found["page_kb"] * 1024 <= LARGEST_PAGE,
    }


def main() -> None:
    """The figure that was asked for; --filings tries it with fewer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("figure", nargs="?", choices=list(FIGURES), default="queue.10k")
    parser.add_argument("--filings", type=int)
    parser.add_argument("--kept", type=Path, help="a folder whose database is kept and used again")
    asked = parser.parse_args()
    figure = FIGURES[asked.figure]
    filings = asked.filings or figure.filings
    run(replace(figure, filings=filings), asked.kept)


if __name__ == "__main__":
    main()
