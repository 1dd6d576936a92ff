"""The whole portal, started as `make run` starts it, and browsers to walk through it.

What a first start does once (migrate, seed, collect) is done once for all modules and copied;
each module has a portal and data of its own.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.journeys import papers
from torch_portal.accounts.demo_people import PASSWORD

BASE = Path(__file__).resolve().parents[2]
SHOTS = BASE / "var" / "screenshots"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
CLOCK = "2020-03-02T09:00"
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Until the worker has made every certificate of the demonstration: no module waits for them again.
# Its receipts are drawn when somebody opens them; nobody draws the others in quiet moments here.
ALL_MADE = """
import datetime
import time
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate, Document
from torch_portal.common import clock

never = clock.now() + datetime.timedelta(days=3650)
Document.objects.filter(making=Making.PENDING).update(due_at=never)
waits = [Making.PENDING, Making.RENDERING]
for _second in range(120):
    if not Certificate.objects.filter(making__in=waits).exists():
        break
    time.sleep(1)
"""
OURS = {
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "SIGNING_P12_PASSWORD",
}


def pytest_collection_modifyitems(items):
    """The first journey of a worker waits for the preparation as well."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(600))


def environment(folder):
    """What a portal with its data in this folder is started with."""
    kept = {k: v for k, v in os.environ.items() if k not in OURS}
    return kept | {
        "TORCH_VAR": str(folder),
        "CLOCK": CLOCK,
        "DJANGO_SETTINGS_MODULE": "torch_portal.settings",
    }


class Portal:
    """A running portal: its address, its folder, and the environment of its commands."""

    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        self.url = f"http://127.0.0.1:{port}"
        self.environment = environment(folder) | {"PORT": str(port)}
        self.log = (folder / "launch.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "torch_portal.launch"],
            cwd=BASE,
            env=self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self):
        """Until the pages answer; the log is the message when they do not."""
        for _moment in range(1500):
            time.sleep(0.2)
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            except OSError:
                if self.process.poll() is not None:
                    break
            else:
                return
        pytest.fail((self.folder / "launch.log").read_text())

    def manage(self, *arguments, **more):
        """A management command beside the running portal."""
        secrets = self.folder / "secrets"
        known = {
            "SECRET_KEY": (secrets / "secret_key").read_text(),
            "SIGNING_P12_PASSWORD": (secrets / "p12_password").read_text(),
            "SITE_URL": self.url,
        }
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=BASE,
            env=self.environment | known | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def shell(self, script):
        """What a script prints that runs beside the portal, as JSON."""
        done = self.manage("shell", "-v0", "-c", script)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    def contracts(self, *wanted):
        """Keys of contracts brought to these states, each (state, values of its entries)."""
        known = "import datetime; from decimal import Decimal; from tests.journeys import bring"
        return self.shell(f"{known}; print(bring.bring({list(wanted)!r}))")

    def stop(self):
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        self.log.close()


def free_port():
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """The folder of a portal that ran once; the workers of xdist share it."""
    common = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent
    folder = common / "prepared"
    with (common / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir()
            first = Portal(folder, free_port())
            try:
                first.wait()
                first.shell(ALL_MADE)
            finally:
                first.stop()
    return folder


@pytest.fixture(scope="module")
def portal(tmp_path_factory, prepared):
    """The portal on a free port with data of its own, on the second of March 2020."""
    folder = tmp_path_factory.mktemp("portal")
    subprocess.run(["cp", "-a", f"{prepared}/.", folder], check=True)
    running = Portal(folder, free_port())
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def contract_files(tmp_path_factory):
    """The same contract as text, scan and photo."""
    return papers.make(tmp_path_factory.mktemp("papers"))


def lost(answer):
    """A fault of the portal, or a script, style, font or picture that is not there."""
    return answer.status >= 500 or (answer.status >= 400 and "/static/" in answer.url)


class Person:
    """Somebody at a browser: signs in, looks at pages, leaves screenshots."""

    shots = 0

    def __init__(self, browser, portal, name="", locale="zh-CN"):
        self.portal, self.name = portal, name or "public"
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale=locale, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self.heard)
        self.page.on(
            "response",
            lambda r: self.faults.append(f"{r.status} {r.url}") if lost(r) else None,
        )
        if name:
            self.go("/accounts/login/")
            self.page.fill("[name=username]", name)
            self.page.fill("[name=password]", PASSWORD)
            self.page.press("[name=password]", "Enter")
            self.page.wait_for_url(lambda url: "/login" not in url)

    def heard(self, message):
        """What the browser refused to load or run by the page's policy is a fault."""
        if "Content Security Policy" in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def go(self, path):
        """Open a page by its path."""
        self.page.goto(path if path.startswith("http") else self.portal.url + path)
        return self.page

    def look(self, name):
        """Screenshots at 1280 and 390 pixels; no sideways scrolling; no axe violation."""
        Person.shots += 1
        number = Person.shots
        self.shoot(f"{number:02d}-{name}-1280")
        self.check_access(name)
        wide = self.width_on_a_phone(name, number)
        assert wide <= 390, f"{name} scrolls sideways on a phone: {wide} px"

    def width_on_a_phone(self, name, number=None):
        """How wide the page is at 390 pixels, with a screenshot."""
        if number is None:
            Person.shots += 1
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.shoot(f"{number or Person.shots:02d}-{name}-390")
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        return wide

    def shoot(self, name):
        """A picture of the whole page that leaves the page as it was.

        To hide the caret, Playwright writes a style attribute to every input and leaves it there
        empty; htmx copies it when it swaps, and the content policy forbids that (seen on a blank
        page with the same policy; axe leaves nothing behind).
        """
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True, caret="initial")

    def check_access(self, name):
        """axe finds nothing; in the review desk, whose frame is the theme's, by WCAG alone."""
        desk = "/admin/" in self.page.url
        found = Axe().run(self.page, options={"runOnly": WCAG} if desk else None)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


@pytest.fixture
def person(browser, portal):
    """Makes people; at the end no page of theirs has failed."""
    people = []

    def make(name="", **options):
        people.append(Person(browser, portal, name, **options))
        return people[-1]

    yield make
    faults = [fault for one in people for fault in one.faults]
    for one in people:
        one.context.close()
    assert faults == []
