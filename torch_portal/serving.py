"""How gunicorn serves the portal: `gunicorn --config python:torch_portal.serving`.

WEB_CONCURRENCY says how many processes, as gunicorn itself reads it. What they count goes into
one folder, so that /metrics tells of all of them; it is theirs alone and goes with them.
"""

import os
import shutil
import tempfile
from typing import Any

wsgi_app = "torch_portal.wsgi:application"
worker_class = "gthread"
threads = 2
# A process that lives long is replaced by a fresh one, not all of them at once.
max_requests = 20_000
max_requests_jitter = 2_000
graceful_timeout = 30
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108

_counts = os.environ.get("PROMETHEUS_MULTIPROC_DIR") or tempfile.mkdtemp(prefix="torch-counts-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _counts


def child_exit(server: Any, worker: Any) -> None:
    """What a process counted stays in the sums; what it was is over."""
    # prometheus_client looks for the folder when it is first imported: not before it is named.
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

    mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """The folder goes with the last process."""
    shutil.rmtree(_counts, ignore_errors=True)
