"""`make run`: everything the portal needs, started in order and stopped in order.

Starts PostgreSQL and Valkey from wheels where no address is given, migrates, seeds, then web,
worker and beat. Ctrl-C, or the end of any one of them, stops all that was started here.
"""

import argparse
import contextlib
import datetime
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from torch_portal import embedded

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("TORCH_VAR", BASE / "var"))
PYTHON = sys.executable
GRACE = 15


def main() -> int:
    """Parse, start, wait, stop; the exit code says whether it ended as asked."""
    options = _options()
    if _taken(options.host, options.port):
        print(
            f"Port {options.port} on {options.host} is in use by another program.\n"
            f"Choose another one:  make run PORT={options.port + 1}",
            file=sys.stderr,
        )
        return 1
    VAR.mkdir(parents=True, exist_ok=True)
    try:
        services = embedded.start(VAR / "embedded")
    except embedded.AlreadyRunning:
        print(f"The portal already runs from {VAR}. Stop it first (Ctrl-C there).", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _run(options, services)
    except KeyboardInterrupt:
        return 0
    finally:
        services.stop()
        print("Stopped.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument("--clock", default=os.environ.get("CLOCK", ""))
    return parser.parse_args()


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _run(options: argparse.Namespace, services: embedded.Embedded) -> int:
    environment = _environment(options, services)
    if services.postgres is not None:
        embedded.create_database(services.database_url)
    for command in (["migrate", "--verbosity", "0"], ["prepare"], ["seed", "--demo"]):
        _manage(environment, *command)
    _manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    children = _start_children(options, environment)
    try:
        ready = embedded.wait_for_port(
            options.host, options.port, seconds=60, alive=lambda: _all_alive(children)
        )
        if not ready:
            print("The web server did not start; its words stand above.", file=sys.stderr)
            return 1
        _welcome(options, environment)
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


def _offset(clock: str) -> int:
    """Seconds between now and the moment a demonstration shall begin at ("2020-03-02")."""
    if not clock:
        return 0
    start = datetime.datetime.fromisoformat(clock)
    return int((start.astimezone() - datetime.datetime.now().astimezone()).total_seconds())


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [PYTHON, str(BASE / "manage.py"), *arguments], env=environment, cwd=BASE, check=True
    )


def _start_children(
    options: argparse.Namespace, environment: dict[str, str]
) -> list[subprocess.Popen[bytes]]:
    (VAR / "beat").mkdir(exist_ok=True)
    celery = [PYTHON, "-m", "celery", "-A", "torch_portal"]
    commands = [
        [
            PYTHON, "-m", "gunicorn", "torch_portal.wsgi:application",
            "--bind", f"{options.host}:{options.port}",
            "--workers", "2", "--threads", "4", "--worker-class", "gthread",
            "--log-level", "warning", "--worker-tmp-dir", str(VAR),
        ],
        [*celery, "worker", "--loglevel", "warning", "--concurrency", "1"],
        [
            *celery, "beat", "--loglevel", "warning",
            "--schedule", str(VAR / "beat" / "schedule"), "--pidfile", "",
        ],
    ]  # fmt: skip
    return [
        subprocess.Popen(command, env=environment, cwd=BASE, start_new_session=True)
        for command in commands
    ]


def _all_alive(children: list[subprocess.Popen[bytes]]) -> bool:
    return all(child.poll() is None for child in children)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _welcome(options: argparse.Namespace, environment: dict[str, str]) -> None:
    print(f"\n  Torch Portal  →  {environment['SITE_URL']}/\n", flush=True)
    _manage(environment, "prepare", "--accounts")
    print("\n  Ctrl-C stops everything that was started here.\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
