"""Figures load.submit, .recognise, .queue, .search, .page and .memory: 20 people at once.

Ten enterprises' people file over the API while ten examiners accept and recognise what comes in
and read the queue and the filing at the desk, all over real loopback sockets on one portal. Each
request is timed; the 95th percentile stands against the bar of 400 ms. Everybody pauses BENCH_THINK
seconds (2) between two contracts, still ten times faster than people are; with 0 the figures are
those of a queue before a saturated machine (filing.api is that rate). BENCH_FILINGS=1000000 puts
so many filings there first. `soak` is the same for ten minutes: memory of web, worker and beat
(proportional set size) after a fifth of the time against the end. Any answer that was not expected
ends the run.
"""

import itertools
import json
import os
import queue
import re
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks import serving
from benchmarks.filing_api import BEGUN, ENTRIES, send, signed_in, token_of
from benchmarks.serving import Answer, Client, expect

PEOPLE = 20
LIMIT_MS = 400
SECONDS = float(os.environ.get("BENCH_SECONDS", "600" if "soak" in sys.argv else "60"))
FILINGS = int(os.environ.get("BENCH_FILINGS", "0"))
THINK = float(os.environ.get("BENCH_THINK", "2"))
TIMED = ("submit", "recognise", "queue", "search", "page")


class Clockwork:
    """What all people share: the time, the work handed over, what each request took."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.waiting: queue.Queue[str] = queue.Queue()
        self.numbers = itertools.count(1)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.failures: list[BaseException] = []

    def timed(self, what: str, call: Callable[[], Answer], *statuses: int) -> Answer:
        """One request, its milliseconds noted."""
        begun = time.perf_counter()
        answer = expect(call(), *statuses)
        self.took[what].append((time.perf_counter() - begun) * 1000)
        return answer


def enterprise(address: str, work: Clockwork, pdf: bytes) -> None:
    """Files one contract after another."""
    client = signed_in(address, serving.ENTERPRISE)
    sent = {"agency": serving.AGENCY}
    while not work.stop.is_set():
        number = next(work.numbers)
        begun = BEGUN | {"project_name": f"{BEGUN['project_name']}{number}"}
        path = f"/api/v1/contracts/{expect(send(client, 'POST', '', begun), 201).json['id']}/"
        entries = ENTRIES | {"total_yuan": f"{1_000_000 + number}.00"}
        expect(send(client, "PATCH", path, entries), 200)
        body, kind = serving.multipart({"kind": "contract_text"}, "file", "合同.pdf", pdf)
        expect(client.send("POST", f"{path}attachments/", body, kind), 201)
        work.timed("submit", lambda p=path: send(client, "POST", f"{p}submit/", sent), 200)
        work.waiting.put(path)
        work.stop.wait(THINK)


def examiner(address: str, work: Clockwork) -> None:
    """Looks at the queue and at a filing, accepts and recognises it over the API."""
    api, desk = signed_in(address, serving.EXAMINER), at_the_desk(address)
    while not work.stop.is_set():
        try:
            path = work.waiting.get(timeout=0.5)
        except queue.Empty:
            continue
        pk = path.rstrip("/").rpartition("/")[2]
        work.timed("queue", lambda: desk.send("GET", "/admin/contracts/contract/"), 200)
        found = f"/admin/contracts/contract/?queue=all&q={quote('红外测温')}"
        work.timed("search", lambda f=found: desk.send("GET", f), 200)
        page = f"/admin/contracts/contract/{pk}/change/"
        work.timed("page", lambda p=page: desk.send("GET", p), 200)
        expect(send(api, "POST", f"{path}accept/", {}), 200)
        work.timed("recognise", lambda p=path: send(api, "POST", f"{p}recognise/", {}), 200)
        work.stop.wait(THINK)


def at_the_desk(address: str) -> Client:
    """An examiner signed in with a browser's cookies."""
    client = Client(address)
    page = expect(client.send("GET", "/accounts/login/"), 200).text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    fields = {
        "csrfmiddlewaretoken": token.group(1) if token else "",
        "username": serving.EXAMINER,
        "password": serving.PASSWORD,
    }
    kind = "application/x-www-form-urlencoded"
    expect(client.send("POST", "/accounts/login/", serving.urlencoded(fields), kind), 302)
    return client


def descendants(parent: int) -> Iterator[int]:
    """The processes that a process started, and theirs."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            yield int(entry.name)
            yield from descendants(int(entry.name))


def memory_mb() -> float:
    """Proportional set size of everything that this run started, in MB."""
    kilobytes = 0
    for pid in descendants(os.getpid()):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        kilobytes += int(found.group(1)) if found else 0
    return kilobytes / 1024


def guarded(work: Clockwork, task: Callable[..., None], *args: Any) -> None:
    """A person's day; what goes wrong ends the run and is told."""
    try:
        task(*args)
    except BaseException as error:
        work.failures.append(error)
        work.stop.set()


def report(figure: str, value: float, unit: str, peer: str, peer_value: float) -> None:
    """One figure as a JSON line; less is better."""
    line = {
        "figure": figure,
        "value": round(value, 1),
        "unit": unit,
        "peer": peer,
        "peer_value": round(peer_value, 1),
        "ratio": round(peer_value / value, 2),
    }
    sys.stdout.write(json.dumps(line) + "\n")


def main() -> None:
    """Print the figures."""
    figure = "soak" if "soak" in sys.argv else "load"
    work, pdf = Clockwork(), serving.small_pdf()
    with serving.portal(FILINGS) as address:
        for name in (serving.ENTERPRISE, serving.EXAMINER):
            token_of(address, name)  # asked for once, before everybody begins
        calls = [(enterprise, address, work, pdf), (examiner, address, work)] * (PEOPLE // 2)
        threads = [threading.Thread(target=guarded, args=(work, *call)) for call in calls]
        for thread in threads:
            thread.start()
        work.stop.wait(SECONDS / 5)
        early = memory_mb()
        work.stop.wait(SECONDS * 4 / 5)
        late = memory_mb()
        work.stop.set()
        for thread in threads:
            thread.join()
        if work.failures:
            raise work.failures[0]
    for what in TIMED:
        took = work.took[what]
        p95 = statistics.quantiles(took, n=20)[-1]
        unit = f"ms p95, p50 {statistics.median(took):.0f}, {len(took)} requests, {PEOPLE} people"
        report(f"{figure}.{what}", p95, unit, "the bar for a page at 1,000,000", LIMIT_MS)
    report(f"{figure}.memory", late, f"MB after {SECONDS:.0f} s", "a fifth into the run", early)


if __name__ == "__main__":
    main()
