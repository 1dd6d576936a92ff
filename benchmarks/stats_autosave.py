"""Figure stats.autosave: autosaves per second of one web process; the bar is 100.

Eight accountants fill GQ-002 of eight returns at once; each request sends the whole table as the
page does, with another value in it, through gunicorn with one process over real loopback sockets:
middleware, session, reading the values, one document written. The clients share the machine with
the server and the database; cpu_ms_a_save is what the web process itself worked for one.
"""

import itertools
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks import serving, stats_ground
from benchmarks.load import descendants
from benchmarks.serving import Client, expect
from benchmarks.stats_ground import room

TABLE, CLIENTS, BAR = "GQ-002", 8, 100
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def begun() -> list[int]:
    """As many returns as there are clients, all of enterprises of the demonstration's owner."""
    models, actions = room("torch_portal.accounts.models"), room("stats.actions")
    owner = models.User.objects.get(username=serving.ENTERPRISE)
    firms = []
    for number in range(CLIENTS):
        firm = models.Enterprise.objects.create(
            credit_code=f"91330106FIGURE{number:04d}",
            name=f"自动保存测试企业{number}",
            division="330106",
            jurisdiction_id="33",
        )
        models.Membership.objects.create(user=owner, enterprise=firm, role="owner")
        firms.append(firm)
    one, two = stats_ground.officers()
    version = stats_ground.published(one, two)
    unit = models.Agency.objects.get(code=serving.AGENCY)
    made = stats_ground.open_round(version, one, firms, unit)
    return [
        actions.start(assignment=each, by=owner, at=stats_ground.NOW).pk
        for each in made.assignments.select_related("enterprise").order_by("pk")
    ]


def served(port: int, folder: str) -> "subprocess.Popen[bytes]":
    """One web process, as the portal is served, at the time of the round."""
    offset = stats_ground.NOW.timestamp() - time.time()
    environment = os.environ | {"PORTAL_CLOCK_OFFSET": str(int(offset))}
    environment |= {"SITE_URL": f"http://127.0.0.1:{port}"}
    command = [
        sys.executable, "-m", "gunicorn", "--config", "python:torch_portal.serving", "--bind",
        f"127.0.0.1:{port}", "--workers", "1", "--max-requests", "0", "--log-level", "warning",
    ]  # fmt: skip
    with open(f"{folder}/log", "w") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


class Accountant:
    """One person at one return."""

    def __init__(self, address: str, pk: int, numbers: "itertools.count[int]") -> None:
        self.client, self.numbers, self.took = Client(address), numbers, list[float]()
        page = expect(self.client.send("GET", "/accounts/login/"), 200).text
        name = {"username": serving.ENTERPRISE, "password": serving.PASSWORD}
        token = TOKEN.search(page)
        fields = name | {"csrfmiddlewaretoken": token[1] if token else ""}
        sent = self.client.send("POST", "/accounts/login/", serving.urlencoded(fields), FORM)
        expect(sent, 302)
        self.path = f"/stats/{pk}/{TABLE}/"
        page = expect(self.client.send("GET", self.path), 200).text
        token = TOKEN.search(page)
        self.client.headers["X-CSRFToken"] = token[1] if token else ""
        self.client.headers["HX-Request"] = "true"
        items = room("stats.editions").instrument("GQ").items.values()
        numeric = [item for item in items if item.table == TABLE and item.kind == "number"]
        self.fields: dict[str, Any] = {item.code: f"{n * 1000}" for n, item in enumerate(numeric)}

    def __call__(self) -> None:
        """One autosave with another value."""
        self.fields["qc05_0"] = str(100_000 + next(self.numbers))
        begun = time.perf_counter()
        body = serving.urlencoded(self.fields)
        answer = self.client.send("POST", f"{self.path}autosave/", body, FORM)
        self.took.append((time.perf_counter() - begun) * 1000)
        if 'name="seen"' not in expect(answer, 200).text:
            raise RuntimeError(f"not saved: {answer.text[:500]}")


def cpu_of(parent: int) -> float:
    """CPU seconds of a process and of those it started."""
    ticks = 0
    for pid in (parent, *descendants(parent)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(port: int, returns: list[int], web: int) -> tuple[float, list[float], float]:
    """Autosaves per second, the milliseconds of each, and CPU milliseconds of the web process."""
    numbers = itertools.count(1)
    people = [Accountant(f"127.0.0.1:{port}", pk, numbers) for pk in returns]
    for person in people:
        person()
        person.took.clear()
    began = cpu_of(web)
    rate = serving.rate(list(people))
    took = [each for person in people for each in person.took]
    return rate, took, (cpu_of(web) - began) * 1000 / len(took)


def wait(port: int) -> None:
    """Until the web process answers."""
    for _try in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.3)
    raise RuntimeError("the web process did not start")


def main() -> None:
    """Print the figure; the scratch portal goes with its folder."""
    with stats_ground.scratch() as folder:
        returns = begun()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        web = served(port, folder)
        try:
            wait(port)
            rate, took, cpu = measured(port, returns, web.pid)
        finally:
            web.send_signal(signal.SIGTERM)
            web.wait(60)
    told = {
        "figure": "stats.autosave",
        "value": round(rate, 1),
        "unit": "autosaves/s of one web process",
        "peer": "bar",
        "peer_value": BAR,
        "ratio": round(rate / BAR, 2),
        "cpu_ms_a_save": round(cpu, 1),
        "clients": CLIENTS,
        "median_ms": round(statistics.median(took), 1),
        "p95_ms": round(statistics.quantiles(took, n=20)[-1], 1),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
