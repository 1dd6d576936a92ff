"""Serving refuses incomplete settings and names what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent
COMPLETE = {
    "DATABASE_URL": "postgresql://torch@127.0.0.1:1/torch",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "portal.example",
    "SITE_URL": "https://portal.example",
    "STORAGE_URL": "var/media",
    "SIGNING_P12": "var/key.p12",
    "SIGNING_P12_PASSWORD": "x",
    "EMAIL_URL": "smtp://mail.example:25",
}


def start(settings, module="torch_portal.wsgi"):
    bare = {k: v for k, v in os.environ.items() if k not in {*COMPLETE, "DEMO"}}
    bare["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
    return subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        cwd=BASE,
        env=bare | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["EMAIL_URL", "SIGNING_P12"])
def test_web_names_the_variable_that_is_missing(name):
    settings = {k: v for k, v in COMPLETE.items() if k != name}
    ended = start(settings)
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith(f"(docs/operations.md): {name}")


def test_web_starts_with_complete_settings():
    ended = start(COMPLETE)
    assert ended.returncode == 0, ended.stderr


def test_demonstration_needs_none():
    ended = start({"DEMO": "1"})
    assert ended.returncode == 0, ended.stderr
