"""`make run`: everything the portal needs, started in order and stopped in order.

Starts PostgreSQL and Valkey from wheels where no address is given, migrates, seeds, then web,
worker and beat. Ctrl-C, or the end of any one of them, stops all that was started here.
"""

import argparse
import contextlib
import datetime
import errno
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import zoneinfo
from pathlib import Path

from torch_portal import embedded
from torch_portal.accounts.demo_people import PASSWORD, PEOPLE

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("TORCH_VAR", BASE / "var"))
PYTHON = sys.executable
GRACE = 15


def main() -> int:
    """Parse, start, wait, stop; the exit code says whether it ended as asked."""
    options = _options()
    if refusal := _refusal(options.host, options.port):
        print(refusal, file=sys.stderr)
        return 1
    VAR.mkdir(parents=True, exist_ok=True)
    services = None
    try:
        services = _start_services()
        return _run(options, services)
    except embedded.AlreadyRunning:
        print(f"The portal already runs from {VAR}. Stop it first (Ctrl-C there).", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        command = " ".join(error.cmd[1:])
        print(f"This step did not succeed, its words stand above: {command}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _ignore_interrupts()
        if services is not None:
            services.stop()
            print("Stopped.")


def _start_services() -> embedded.Embedded:
    """PostgreSQL and Valkey; a wish to end that comes meanwhile is heard when they stand."""
    wishes: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: wishes.append(number))
    services = embedded.start(VAR / "embedded")
    signal.signal(signal.SIGTERM, _interrupt)
    if wishes:
        services.stop()
        raise KeyboardInterrupt
    return services


def _ignore_interrupts() -> None:
    """From here on everything is being stopped in order; a second Ctrl-C would only disturb."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--port", type=_port, default=os.environ.get("PORT") or "8000")
    parser.add_argument("--clock", type=_clock, default=os.environ.get("CLOCK") or "")
    return parser.parse_args()


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed) < 65536):
        raise argparse.ArgumentTypeError(f"PORT={typed} is not a port, 1 to 65535")
    return int(typed)


def _clock(typed: str) -> datetime.datetime | None:
    """The moment at which a demonstration shall begin ("2020-03-02", Beijing time); None: now."""
    if not typed:
        return None
    try:
        moment = datetime.datetime.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"CLOCK={typed} is not a moment like 2020-03-02 or 2020-03-02T09:00"
        ) from None
    zone = zoneinfo.ZoneInfo(os.environ.get("TIME_ZONE") or "Asia/Shanghai")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _refusal(host: str, port: int) -> str:
    """Why the web server could not listen there; "" when it could."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return f"Nothing can listen on {host}:{port} here: {error.strerror}."
            return (
                f"Port {port} on {host} is in use by another program.\n"
                f"Choose another one:  make run PORT={port % 65535 + 1}"
            )
    return ""


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _run(options: argparse.Namespace, services: embedded.Embedded) -> int:
    environment = _environment(options, services)
    if services.postgres is not None:
        embedded.create_database(services.database_url)
    _manage(environment, "prepare", "--demo")
    children: list[subprocess.Popen[bytes]] = []
    try:
        _start_children(options, environment, children)
        ready = embedded.wait_for_port(
            options.host, options.port, seconds=60, alive=lambda: _all_alive(children)
        )
        if not ready:
            print("The web server did not start; its words stand above.", file=sys.stderr)
            return 1
        _welcome(environment)
        while _all_alive(children):
            time.sleep(0.5)
        print("One of the processes ended; stopping the others.", file=sys.stderr)
        return 1
    finally:
        _stop(children)


def _environment(options: argparse.Namespace, services: embedded.Embedded) -> dict[str, str]:
    site = f"http://{options.host}:{options.port}"
    defaults = {
        "SECRET_KEY": _kept_secret("secret_key"),
        "SIGNING_P12_PASSWORD": _kept_secret("p12_password"),
        "SITE_URL": site,
        "ALLOWED_HOSTS": f"{options.host},localhost,127.0.0.1,[::1]",
        "DEMO": "1",
        "PORTAL_CLOCK_OFFSET": str(_offset(options.clock)),
        "DJANGO_SETTINGS_MODULE": "torch_portal.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return defaults | dict(os.environ) | services.environment()


def _kept_secret(name: str) -> str:
    """A secret made at the first start and kept in a file that only its owner can read."""
    path = VAR / "secrets" / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(40))
    return path.read_text()


def _offset(clock: datetime.datetime | None) -> int:
    """Seconds between now and the moment that a demonstration shall begin at."""
    if clock is None:
        return 0
    return int((clock - datetime.datetime.now().astimezone()).total_seconds())


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [PYTHON, str(BASE / "manage.py"), *arguments], env=environment, cwd=BASE, check=True
    )


def _start_children(
    options: argparse.Namespace,
    environment: dict[str, str],
    children: list[subprocess.Popen[bytes]],
) -> None:
    """Start web, worker and beat, each noted in `children` at once, so that none is forgotten."""
    (VAR / "beat").mkdir(exist_ok=True)
    celery = [PYTHON, "-m", "celery", "-A", "torch_portal", "--quiet"]
    commands = [
        [
            PYTHON, "-m", "gunicorn", "--config", "python:torch_portal.serving",
            "--bind", f"{options.host}:{options.port}", "--workers", "3", "--preload",
            "--log-level", "warning", "--worker-tmp-dir", str(VAR),
        ],
        [*celery, "worker", "--loglevel", "warning", "--concurrency", "1"],
        [
            *celery, "beat", "--loglevel", "warning",
            "--schedule", str(VAR / "beat" / "schedule"), "--pidfile", "",
        ],
    ]  # fmt: skip
    for command in commands:
        child = subprocess.Popen(command, env=environment, cwd=BASE, start_new_session=True)
        children.append(child)


def _all_alive(children: list[subprocess.Popen[bytes]]) -> bool:
    return all(child.poll() is None for child in children)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, wait, and end by force what is left of their groups."""
    _ignore_interrupts()
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _welcome(environment: dict[str, str]) -> None:
    print(f"\n  Torch Portal  →  {environment['SITE_URL']}/\n", flush=True)
    width = max(len(p.username) for p in PEOPLE)
    for person in PEOPLE:
        print(f"  {person.username.ljust(width)}  {PASSWORD}   {person.label}")
    print("\n  Ctrl-C stops everything that was started here.\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
