"""`make run`: it starts everything, stops what it started and nothing else, keeps the data."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import psutil
import psycopg2
import pytest
from django.conf import settings

from torch_portal.accounts.models import User

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("launch")]
BASE = Path(__file__).resolve().parent.parent
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL")
OURS += ("SIGNING_P12", "SIGNING_P12_PASSWORD", "DJANGO_SETTINGS_MODULE", "PORT", "HOST", "CLOCK")


class Launch:
    """One `python -m torch_portal.launch` in a process group of its own."""

    def __init__(self, var, port):
        self.var, self.port = var, port
        self.words = var.parent / f"{uuid.uuid4().hex}.log"
        with self.words.open("wb") as out:
            self.process = subprocess.Popen(
                command(port),
                env=environment(var),
                cwd=BASE,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self):
        return self.words.read_text()

    def wait_until_it_serves(self, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            if "Ctrl-C stops everything" in self.said():
                return
            time.sleep(0.2)
        pytest.fail(f"it does not serve:\n{self.said()}")

    def started(self):
        """Every process that it started: those under it and the detached PostgreSQL."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        postgres = psutil.Process(self.postgres_pid())
        return [*found, postgres, *postgres.children(recursive=True)]

    def postgres_pid(self):
        return int(self.postmaster().read_text().split()[0])

    def wait_for_postgres(self, seconds=60):
        """The pid as soon as there is one (initdb's own server writes a negative one)."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            if self.postmaster().exists():
                words = self.postmaster().read_text().split()
                if words and int(words[0]) > 0:
                    return int(words[0])
            time.sleep(0.01)
        pytest.fail(f"PostgreSQL did not start:\n{self.said()}")

    def postmaster(self):
        return self.var / "embedded" / "postgres" / "postmaster.pid"

    def addresses(self):
        return json.loads((self.var / "embedded" / "embedded.json").read_text())

    def end(self):
        """Whatever happened in the test: nothing of it stays behind."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.words.unlink()


def command(port):
    return [sys.executable, "-m", "torch_portal.launch", "--port", str(port)]


def environment(var):
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return kept | {"TORCH_VAR": str(var), "METRICS_NETWORKS": "127.0.0.0/8"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def folder():
    """A scratch folder outside of pytest's own, whose rights pytest keeps resetting."""
    path = settings.VAR / f"launch-{uuid.uuid4().hex[:8]}"
    path.mkdir(parents=True)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def launch(folder):
    """Starts it; what was started ends with the test."""
    running = []

    def start(name="var", port=None):
        running.append(Launch(folder / name, port or free_port()))
        return running[-1]

    yield start
    for one in running:
        one.end()


@pytest.fixture
def bystander():
    """A process that has nothing to do with it."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    yield process
    process.kill()
    process.wait()


def gone(processes, seconds=5):
    """Those that are still there after a while (zombies of others do not count)."""
    _ended, alive = psutil.wait_procs(processes, timeout=seconds)
    return [p for p in alive if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def page(port, path="/"):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.status, answer.read().decode()


def names(database_url):
    connection = psycopg2.connect(database_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT username FROM accounts_user")
            return {row[0] for row in cursor.fetchall()}
    finally:
        connection.close()


def add_name(database_url, name):
    connection = psycopg2.connect(database_url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_user (username, password, is_superuser, first_name,"
                " last_name, email, is_staff, is_active, date_joined, phone)"
                " VALUES (%s, '', false, '', '', '', false, true, now(), '')",
                [name],
            )
    finally:
        connection.close()


def run_again(var, port):
    return subprocess.run(
        command(port), env=environment(var), cwd=BASE, capture_output=True, text=True, timeout=60
    )


@pytest.mark.django_db
def test_launch_starts_all_stops_all_of_its_own_and_nothing_else_and_keeps_the_data(
    launch, bystander
):
    User.objects.create(username="of-the-tests")
    run = launch()
    run.wait_until_it_serves()
    assert page(run.port)[0] == 200
    check_the_figures_are_those_of_all_processes(run)
    assert "enterprise" in run.said()
    assert f"http://127.0.0.1:{run.port}/" in run.said()
    assert (run.var / "embedded" / "embedded.json").stat().st_mode & 0o077 == 0
    assert (run.var / "secrets").stat().st_mode & 0o077 == 0
    started = run.started()
    kinds = " ".join(" ".join(p.cmdline()) for p in started if p.is_running())
    for part in ("gunicorn", "worker", "beat", "postgres", "valkey-server"):
        assert part in kinds
    add_name(run.addresses()["DATABASE_URL"], "kept")

    os.killpg(run.process.pid, signal.SIGINT)
    assert run.process.wait(40) == 0
    assert gone(started) == []
    assert run.said().endswith("Stopped.\n")
    assert not (run.var / "embedded" / "embedded.json").exists()
    assert bystander.poll() is None
    assert User.objects.filter(username="of-the-tests").exists()

    again = launch()
    again.wait_until_it_serves()
    assert {"kept", "enterprise"} <= names(again.addresses()["DATABASE_URL"])
    check_a_second_one_is_refused(again)
    check_the_end_of_one_process_ends_all(again)


def check_the_figures_are_those_of_all_processes(run):
    """Whichever web process is asked, it tells what all of them answered."""
    for _turn in range(8):
        page(run.port, "/contracts/")
    told = page(run.port, "/metrics")[1]
    assert 'torch_requests_total{method="GET",status="200",view="contracts:guide"} 8.0' in told
    assert 'torch_up{part="worker"}' in told


def check_a_second_one_is_refused(run):
    """Same port, same folder: a clear message each, and the first goes on."""
    same_port = run_again(run.var, run.port)
    assert same_port.returncode == 1
    assert f"Port {run.port} on 127.0.0.1 is in use" in same_port.stderr
    assert f"make run PORT={run.port + 1}" in same_port.stderr
    same_folder = run_again(run.var, free_port())
    assert same_folder.returncode == 1
    assert "already runs" in same_folder.stderr
    beside = subprocess.run(
        [sys.executable, "manage.py", "check_consistency"],
        env=environment(run.var), cwd=BASE, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (beside.returncode, beside.stderr) == (0, "")
    assert page(run.port)[0] == 200


def check_the_end_of_one_process_ends_all(run):
    """A worker killed from outside takes the whole run down in order, children included."""
    started = run.started()
    next(p for p in started if "worker" in p.cmdline()).kill()
    assert run.process.wait(40) == 1
    assert "One of the processes ended" in run.said()
    assert gone(started) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_launch_interrupted_while_the_database_starts_leaves_nothing(launch, number):
    run = launch(f"early-{number}")
    postgres = psutil.Process(run.wait_for_postgres())
    run.process.send_signal(number)
    assert run.process.wait(40) == 0
    assert gone([postgres]) == []
    assert not run.postmaster().exists()
    assert "Traceback" not in run.said()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "abc"], "PORT=abc is not a port"),
        (["--port", "0"], "PORT=0 is not a port"),
        (["--port", "65536"], "PORT=65536 is not a port"),
        (["--clock", "2020-02-30"], "CLOCK=2020-02-30 is not a moment"),
    ],
)
def test_launch_with_bad_arguments_says_which(folder, arguments, words):
    answer = subprocess.run(
        [sys.executable, "-m", "torch_portal.launch", *arguments],
        env=environment(folder / "never"), cwd=BASE, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert answer.returncode == 2
    assert words in answer.stderr
    assert not (folder / "never").exists()
