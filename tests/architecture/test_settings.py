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
    "ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
    "STORAGE_URL": "var/media",
    "SIGNING_P12": "var/key.p12",
    "SIGNING_P12_PASSWORD": "k",
    "EMAIL_URL": "smtp://mail.example:25",
    "FIELD_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDA=",
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


def test_demonstration_needs_nothing_set(tmp_path):
    assert start(tmp_path, DEMO="1").returncode == 0


@pytest.mark.parametrize("missing", MUST)
def test_server_without_a_needed_variable_names_it(tmp_path, missing):
    done = start(tmp_path, **{n: v for n, v in MUST.items() if n != missing})
    assert done.returncode != 0
    assert missing in done.stderr
    assert done.stderr.rstrip().endswith(f": {missing}")
