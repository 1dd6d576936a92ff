"""A whole portal for the figures of serving, started and stopped as `make run` does it.

PostgreSQL and Valkey from wheels, gunicorn with two gthread workers, one Celery worker and beat,
all in a folder of its own; requests go over real loopback sockets. The clients share the machine.
"""

import contextlib
import http.client
import io
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pikepdf

BASE = Path(__file__).resolve().parent.parent
CLOCK = "2020-03-02T09:00"
SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))
CLIENTS = int(os.environ.get("BENCH_CLIENTS", "4"))
START_SECONDS = 120
PEER = "comparable systems on this machine size"
PEER_VALUE = 4
PASSWORD = "torch-demo-2020"  # of the demonstration accounts, as the sign-in page shows it
ENTERPRISE, EXAMINER, AGENCY = "enterprise", "examiner", "330101"


@contextlib.contextmanager
def portal(filings: int = 0) -> Iterator[str]:
    """A running portal, with so many filings in it already; gives host:port.

    Ends it, and what it started, by its process id.
    """
    with tempfile.TemporaryDirectory(prefix="torch-bench-") as folder:
        port = _free_port()
        environment = {
            k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")
        }
        with (Path(folder) / "log").open("w+b") as log:
            process = subprocess.Popen(
                [
                    sys.executable, "-m", "torch_portal.launch",
                    "--host", "127.0.0.1", "--port", str(port), "--clock", CLOCK,
                ],
                cwd=BASE, stdout=log, stderr=log, start_new_session=True,
                env=environment | {"TORCH_VAR": f"{folder}/var"},
            )  # fmt: skip
            try:
                _wait(process, port, log)
                if filings:
                    _load(filings, environment | {"TORCH_VAR": f"{folder}/var", "DEMO": "1"})
                yield f"127.0.0.1:{port}"
            except BaseException:
                sys.stderr.write(_end_of(log))
                raise
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(60)


def _load(filings: int, environment: dict[str, str]) -> None:
    """Through COPY into the running portal's database, which its own settings find."""
    kept = Path(environment["TORCH_VAR"]) / "secrets" / "secret_key"
    secret = {"SECRET_KEY": kept.read_text()}
    command = [sys.executable, "manage.py", "seed_demo", "--line", "contracts"]
    command += ["--filings", str(filings), "--seed", "38"]
    subprocess.run(command, cwd=BASE, env=environment | secret, stdout=sys.stderr, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Any) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if Client(f"127.0.0.1:{port}").send("GET", "/verify/").status == 200:
                return
        time.sleep(0.3)
    raise RuntimeError("the portal did not start")


def _end_of(log: Any) -> str:
    log.seek(0)
    return str(log.read().decode()[-5000:])


@dataclass
class Answer:
    """One answer: status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Client:
    """One caller with a connection that is kept and, for pages, a jar of cookies."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(address, timeout=60)
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}

    def send(
        self, method: str, path: str, body: bytes | None = None, content_type: str = ""
    ) -> Answer:
        """One request; a connection that the server closed while idle is opened again."""
        headers = dict(self.headers)
        if content_type:
            headers["Content-Type"] = content_type
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        try:
            self.connection.request(method, path, body, headers)
            got = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()
            self.connection.request(method, path, body, headers)
            got = self.connection.getresponse()
        for value in got.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: m.value for name, m in SimpleCookie(value).items()}
        known = {name.lower(): value for name, value in got.getheaders()}
        return Answer(got.status, known, got.read())


def expect(answer: Answer, *statuses: int) -> Answer:
    """The answer if it has one of these statuses; a figure of failures is worth nothing."""
    if answer.status not in statuses:
        raise RuntimeError(f"answered {answer.status}, not {statuses}: {answer.text[:2000]}")
    return answer


def multipart(fields: dict[str, str], file_field: str, name: str, data: bytes) -> tuple[bytes, str]:
    """Body and content type of a form with one PDF."""
    boundary = secrets.token_hex(12)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{file_field}"; filename="{name}"'
        "\r\nContent-Type: application/pdf\r\n\r\n"
    )
    body = b"".join([*parts, head.encode(), data, f"\r\n--{boundary}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={boundary}"


def urlencoded(fields: dict[str, Any]) -> bytes:
    """Fields of a form without files."""
    return urllib.parse.urlencode(fields, doseq=True).encode()


def small_pdf() -> bytes:
    """One blank page."""
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@dataclass
class Tally:
    """What the clients got done."""

    done: int = 0
    failures: list[BaseException] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def rate(workers: list[Callable[[], None]]) -> float:
    """Filings per second: every worker files one by one, after one to warm up, for SECONDS."""
    tally, stop = Tally(), threading.Event()
    ready = threading.Barrier(len(workers) + 1)
    threads = [threading.Thread(target=_work, args=(work, tally, ready, stop)) for work in workers]
    for thread in threads:
        thread.start()
    ready.wait(START_SECONDS)
    start = time.perf_counter()
    time.sleep(SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    if tally.failures:
        raise tally.failures[0]
    return tally.done / seconds


def _work(
    work: Callable[[], None], tally: Tally, ready: threading.Barrier, stop: threading.Event
) -> None:
    try:
        work()
        ready.wait(START_SECONDS)
        while not stop.is_set():
            work()
            with tally.lock:
                tally.done += 1
    except BaseException as error:
        ready.abort()
        with tally.lock:
            tally.failures.append(error)


def report(name: str, value: float) -> None:
    """The figure as one JSON line."""
    line = {
        "figure": name,
        "value": round(value, 2),
        "unit": "filings/s",
        "peer": PEER,
        "peer_value": PEER_VALUE,
        "ratio": round(value / PEER_VALUE, 2),
    }
    sys.stdout.write(json.dumps(line) + "\n")


__all__ = [
    "AGENCY",
    "CLIENTS",
    "ENTERPRISE",
    "EXAMINER",
    "PASSWORD",
    "Answer",
    "Client",
    "expect",
    "multipart",
    "portal",
    "rate",
    "report",
    "small_pdf",
    "urlencoded",
]
