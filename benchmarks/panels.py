"""Figures panels.draw.5k, panels.averages.5k, panels.close, panels.list: expert review of a batch.

A batch of 5,000 accepted applications and a pool of 600 experts. The worker draws all panels; the
averages of all are worked out from 25,000 sheets as the leader's page does it; leaders close
reviews; the desk's list and an expert's list are opened. Wall seconds (or milliseconds), CPU of
this process and its database backend, statements.
"""

import argparse
import datetime
import importlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from benchmarks.lists import timed
from torch_portal import embedded

APPLICATIONS, EXPERTS, CLOSED, OPENED = 5_000, 600, 200, 20
NOW = datetime.datetime(2026, 11, 27, 2, 0, tzinfo=datetime.UTC)
LIMITS = {"draw": 120.0, "averages": 60.0, "close": 150.0, "desk": 150.0, "expert": 150.0}


def line(name: str, value: float, unit: str, **more: Any) -> str:
    """One figure against its limit."""
    limit = LIMITS[name]
    figure = {
        "figure": f"panels.{name}.5k",
        "value": round(value, 1),
        "unit": unit,
        "peer": "limit",
        "peer_value": limit,
        "ratio": round(limit / value, 2) if value else None,
    }
    return json.dumps(figure | more)


def tell(text: str) -> None:
    """A line as soon as it is known."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def measure(count: int) -> None:
    """Prepare and print every figure."""
    steps = importlib.import_module("benchmarks.panels_steps")
    steps.load(count, EXPERTS, NOW)
    found = timed(lambda: steps.draw(NOW))
    steps.check_drawn(count)
    tell(line("draw", found["seconds"], "s", cpu_s=round(found["cpu"], 1),
              statements=int(found["statements"]), applications=count))  # fmt: skip
    steps.fill(NOW)
    found = timed(steps.averages)
    tell(line("averages", found["seconds"], "s", cpu_s=round(found["cpu"], 1),
              statements=int(found["statements"]), panels=count))  # fmt: skip
    closed = min(CLOSED, count)
    found = timed(lambda: steps.close(closed, NOW))
    tell(line("close", found["seconds"] / closed * 1000, "ms",
              statements=round(found["statements"] / closed, 1), panels=closed))  # fmt: skip
    for name, page in (("desk", steps.desk), ("expert", steps.expert)):
        page()  # warms up
        rounds = [timed(page) for _n in range(OPENED)]
        slow = sorted(r["seconds"] for r in rounds)[int(OPENED * 0.95) - 1]
        tell(line(name, slow * 1000, "ms", queries=int(rounds[-1]["statements"])))


def main() -> None:
    """Print the figures as JSON lines; the scratch database goes with its folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--applications", type=int, default=APPLICATIONS)
    count = parser.parse_args().applications
    with tempfile.TemporaryDirectory(prefix="torch-panels-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(Path(folder) / "embedded")
        try:
            os.environ.update(services.environment())
            os.environ |= {"TORCH_VAR": folder, "LOG_LEVEL": "WARNING", "DEBUG": ""}
            os.environ |= {"ALLOWED_HOSTS": "testserver", "SECOND_FACTOR": "optional"}
            os.environ["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
            embedded.create_database(services.database_url)
            django.setup()
            for command in ("migrate", "seed"):
                call_command(command, stdout=sys.stderr)
            call_command("collectstatic", interactive=False, verbosity=0)
            measure(count)
        finally:
            services.stop()


if __name__ == "__main__":
    main()
