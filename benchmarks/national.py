"""Figure national.1500: a national list of 1,500 rows brought in, matched and taken over.

As many applications wait before the leading group office among 5,000 certified enterprises of the
same body. Two figures: reading and matching the workbook, and taking all good rows over; wall
seconds, CPU seconds of this process and its database backend, and statements.
"""

import argparse
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

ROWS = 1_500
BESIDE = 5_000
LIMIT_S = 10


def line(name: str, rows: int, found: dict[str, float]) -> dict[str, Any]:
    """One figure."""
    return {
        "figure": name,
        "value": round(found["seconds"], 2),
        "unit": "s",
        "peer": "limit",
        "peer_value": LIMIT_S,
        "ratio": round(LIMIT_S / found["seconds"], 2),
        "cpu_s": round(found["cpu"], 2),
        "statements": int(found["statements"]),
        "rows": rows,
    }


def main() -> None:
    """Print the figures as JSON lines; the scratch database goes with its folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--beside", type=int, default=BESIDE)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="torch-national-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(Path(folder) / "embedded")
        try:
            os.environ.update(services.environment())
            os.environ |= {"TORCH_VAR": folder, "LOG_LEVEL": "WARNING", "DEBUG": ""}
            os.environ["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
            embedded.create_database(services.database_url)
            django.setup()
            for command in ("migrate", "seed"):
                call_command(command, stdout=sys.stderr)
            steps = importlib.import_module("benchmarks.national_steps")
            content = steps.prepared(asked.rows, asked.beside)
            for name, step in (("match", steps.bring), ("take", steps.take)):
                found = timed(lambda step=step: step(content))
                told = line(f"national.{name}.1500", asked.rows, found)
                sys.stdout.write(json.dumps(told) + "\n")
                sys.stdout.flush()
            steps.check(asked.rows)
        finally:
            services.stop()


if __name__ == "__main__":
    main()
