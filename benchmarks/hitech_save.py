"""Figure hitech.save: how long each save of a large application takes, in milliseconds.

60 R&D activities of three years, 40 products, 200 rights; the four kinds of saves that the pages
send while one types, through the whole portal in one process (middleware, session, database).
The value is the median of the slowest kind, beside it the 95th percentile of each kind and the
median of processor time that this process spends on it (the database's apart); the limit is 150 ms.
"""

import datetime
import importlib
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
from django.core.management import call_command

from torch_portal import embedded

ACTIVITIES, PRODUCTS, RIGHTS, ROUNDS, LIMIT_MS = 60, 40, 200, 60, 150
YEARS = (2023, 2024, 2025)
NOW = datetime.datetime(2026, 6, 1, 9, 0, tzinfo=datetime.UTC)
FIELD = "8.3.2"


def rows() -> dict[str, list[dict[str, Any]]]:
    """The tables of a large application."""
    projects = [f"RD{n:02d}" for n in range(1, ACTIVITIES + 1)]
    begins, ends = datetime.date(YEARS[0], 1, 1), datetime.date(YEARS[-1], 12, 31)
    return {
        "rights": [
            {"name": f"软件 {n}", "kind": "software", "number": f"2020SR{n:07d}", "gained": "own"}
            for n in range(1, RIGHTS + 1)
        ],
        "projects": [
            {"code": code, "name": f"研制 {code}", "starts_on": begins, "ends_on": ends}
            | {"field_code": FIELD, "goal": "字" * 400, "core": "字" * 400, "outcome": "字" * 400}
            for code in projects
        ],
        "products": [
            {"name": f"仪器 {n}", "income": 40, "rights": ["IP01"], "technology": "字" * 400}
            for n in range(1, PRODUCTS + 1)
        ],
        "costs": [
            {"project": code, "year": year, "personnel": 60, "direct": 40}
            for code in projects
            for year in YEARS
        ],
    }


def saves(application: Any) -> dict[str, tuple[str, dict[str, str]]]:
    """The kinds of saves: address and what is sent."""
    base = f"/hitech/{application.pk}"
    row = application.projects.order_by("code").first()
    cells = ("personnel", "direct", "depreciation", "design", "trial", "other", "external")
    costs = {f"RD{n:02d}-{cell}": "12.50" for n in range(1, ACTIVITIES + 1) for cell in cells}
    texts = dict.fromkeys(("goal", "core", "outcome"), "字" * 400)
    return {
        "row": (f"{base}/projects/{row.pk}/autosave/", {"name": "研制", **texts}),
        "page": (f"{base}/main/autosave/", {"sales_3": "2200.00", "gross_income": "2300.00"}),
        "staff": (f"{base}/staff/autosave/", {"total-staff": "60", "total-st": "12"}),
        "costs": (f"{base}/costs/autosave/?year={YEARS[-1]}", costs),
    }


def measured() -> dict[str, list[float]]:
    """Milliseconds by kind of save: median and 95th percentile, median of processor time."""
    for command in ("migrate", "seed"):
        call_command(command, stdout=sys.stderr)
    importlib.import_module("torch_portal.accounts.demo").load()
    models = importlib.import_module("torch_portal.accounts.models")
    actions = importlib.import_module("hitech_cert.actions")
    client = importlib.import_module("django.test").Client()
    owner = models.Membership.objects.filter(role="owner").select_related("user", "enterprise")
    member = owner.order_by("pk").first()
    application = actions.start(enterprise=member.enterprise, by=member.user, at=NOW)
    actions.save_draft(application=application, values={}, rows=rows(), by=member.user, at=NOW)
    client.force_login(member.user)
    return {kind: timed(client, *sent) for kind, sent in saves(application).items()}


def timed(client: Any, url: str, sent: dict[str, str]) -> list[float]:
    """Milliseconds of so many saves, each with another cell."""
    took, worked = [], []
    first = next(iter(sent))
    for place in range(ROUNDS):
        body = urlencode(sent | {first: str(place)})
        begun, busy = time.perf_counter(), time.process_time()
        answer = client.post(url, body, "application/x-www-form-urlencoded")
        took.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - busy) * 1000)
        if answer.headers.get("HX-Trigger") != "saved":
            raise RuntimeError(f"{url}: {answer.status_code}")
    return [
        statistics.median(took),
        statistics.quantiles(took, n=20)[-1],
        statistics.median(worked),
    ]


def main() -> None:
    """Print the figure as a JSON line; the scratch database goes with its folder."""
    with tempfile.TemporaryDirectory(prefix="torch-saves-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(Path(folder) / "embedded")
        try:
            os.environ.update(services.environment())
            os.environ |= {"TORCH_VAR": folder, "LOG_LEVEL": "WARNING", "DEBUG": ""}
            os.environ["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
            os.environ["ALLOWED_HOSTS"] = "testserver"
            embedded.create_database(services.database_url)
            django.setup()
            found = measured()
        finally:
            services.stop()
    slowest = max(median for median, _p95, _cpu in found.values())
    told = {
        "figure": "hitech.save",
        "value": round(slowest, 1),
        "unit": "ms",
        "peer": "limit",
        "peer_value": LIMIT_MS,
        "ratio": round(LIMIT_MS / slowest, 2),
        **{f"{kind}_ms": [round(ms, 1) for ms in three[:2]] for kind, three in found.items()},
        **{f"{kind}_cpu_ms": round(three[2], 1) for kind, three in found.items()},
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
