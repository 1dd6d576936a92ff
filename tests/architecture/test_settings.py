"""A server that lacks what production must set does not start, and names what is missing."""

import os
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

WEB = "import torch_portal.wsgi"
MUST = {
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "postgresql://torch@127.0.0.1:1/torch",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def start(folder, **environment):
    """Import the WSGI application in a process of its own, with nothing else in its environment."""
    plain = {"PATH": os.environ["PATH"], "TORCH_VAR": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", WEB],
        cwd=ROOT,
        env=plain | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_server_starts_when_everything_is_set(tmp_path):
    assert start(tmp_path, **MUST).returncode == 0


@pytest.mark.parametrize("missing", MUST)
def test_server_without_a_needed_variable_names_it(tmp_path, missing):
    done = start(tmp_path, **{n: v for n, v in MUST.items() if n != missing})
    assert done.returncode != 0
    assert missing in done.stderr
    assert not any(name in done.stderr.splitlines()[-1] for name in set(MUST) - {missing})
