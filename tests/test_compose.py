"""The compose file and the image: every process, healthy in order, without a secret inside."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
PORTAL = ("prepare", "web", "worker", "beat")
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SECRETS = {"SECRET_KEY", "SIGNING_P12_PASSWORD", "POSTGRES_PASSWORD", "FIELD_KEYS"}


def test_compose_has_every_process_and_store():
    assert set(SERVICES) == {*PORTAL, "database", "queue"}
    assert SERVICES["worker"]["command"][:4] == ["celery", "-A", "torch_portal", "worker"]
    assert SERVICES["beat"]["command"][:4] == ["celery", "-A", "torch_portal", "beat"]
    assert SERVICES["prepare"]["command"][-1] == "prepare"
    assert "torch_portal.wsgi:application" in IMAGE


@pytest.mark.parametrize("name", [n for n in SERVICES if n != "prepare"])
def test_compose_service_is_watched_and_restarted(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_compose_process_waits_for_its_stores_and_for_prepare(name):
    waits = {key: value["condition"] for key, value in SERVICES[name]["depends_on"].items()}
    assert waits == {
        "prepare": "service_completed_successfully",
        "database": "service_healthy",
        "queue": "service_healthy",
    }


@pytest.mark.parametrize("name", PORTAL)
def test_compose_process_can_do_no_more_than_it_needs(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert {v.split(":")[0] for v in service["volumes"]} == {"var", "media"}
    assert "privileged" not in service


def test_compose_takes_every_secret_from_the_environment():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if name in SECRETS:
                assert re.fullmatch(rf"\$\{{{name}:\?[^}}]+\}}", value)
    assert "${POSTGRES_PASSWORD:?" in SERVICES["web"]["environment"]["DATABASE_URL"]
    assert not any(re.search(rf"\b{name}\s*=", IMAGE) for name in SECRETS)


def test_compose_sets_what_production_must_set():
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS"} <= set(
        SERVICES["web"]["environment"]
    )
    assert "DEBUG" not in SERVICES["web"]["environment"]
    assert "DEMO" not in SERVICES["web"]["environment"]


def test_compose_keeps_data_in_volumes_and_publishes_the_web_only():
    used = {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", ())}
    assert used == set(COMPOSE["volumes"])
    assert [name for name, s in SERVICES.items() if "ports" in s] == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


def test_image_runs_without_root_and_with_fonts():
    stages = IMAGE.split("\nFROM ")
    assert re.findall(r"^USER (\w+)$", stages[-1], re.MULTILINE) == ["torch"]
    for package in ("fonts-noto-cjk", "libpango-1.0-0", "libharfbuzz-subset0", "fontconfig"):
        assert package in stages[-1]


def test_image_installs_the_pins_with_their_hashes():
    assert IMAGE.count("--require-hashes") == 2
    assert "requirements/base.txt" in IMAGE
    assert "run.txt" not in IMAGE
    assert "dev.txt" not in IMAGE


def test_image_copies_what_the_portal_needs_and_nothing_else():
    copied = set(re.findall(r"^COPY (\w[\w.]*) ", IMAGE, re.MULTILINE))
    assert copied == {"manage.py", "contracts", "torch_portal", "templates", "static", "locale"}
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert allowed[0] == "**"
    assert {line.strip("!/") for line in allowed if line.startswith("!")} == {
        *copied,
        "requirements",
    }
