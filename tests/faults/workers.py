"""Real Celery workers on a real broker of their own, working on the test database."""

import os
import signal
import subprocess
import sys
import urllib.parse
from pathlib import Path

from django.db import connection

BASE = Path(__file__).resolve().parents[2]


def database_url():
    """The address of the test database as another process has to be told it."""
    parts = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


class Worker:
    """One `celery worker` in a process group of its own, its words kept in a file."""

    def __init__(self, folder, redis_url):
        self.words = folder / "worker.log"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "torch_portal.settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis_url,
            "STORAGE_URL": str(folder / "media"),
            "EMAIL_URL": f"file://{folder / 'mail'}",
            "LOG_LEVEL": "WARNING",
        }
        command = [sys.executable, "-m", "celery", "-A", "torch_portal", "worker"]
        with self.words.open("ab") as out:
            self.process = subprocess.Popen(
                [*command, "--loglevel", "warning", "--concurrency", "1", "--without-mingle"],
                env=environment,
                cwd=BASE,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def send(self, number):
        """A signal to the worker and to the child that does the work."""
        os.killpg(self.process.pid, number)

    def kill(self):
        """As the kernel does it when memory runs out: at once, in the middle of anything."""
        if self.process.poll() is None:
            self.send(signal.SIGKILL)
        self.process.wait()
