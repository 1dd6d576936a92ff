"""The compose file and the image: every process, healthy in order, without a secret inside."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
PORTAL = ("prepare", "web", "worker", "beat")
ONCE = ("prepare", "backup")
CADDY = COMPOSE["configs"]["caddyfile"]["content"]
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVING = (ROOT / "torch_portal" / "serving.py").read_text(encoding="utf-8")
SECRETS = {"SECRET_KEY", "SIGNING_P12_PASSWORD", "POSTGRES_PASSWORD", "FIELD_KEYS"}


def test_compose_has_every_process_and_store():
    assert set(SERVICES) == {*PORTAL, "proxy", "database", "queue", "scanner", "backup"}
    assert SERVICES["worker"]["command"][:4] == ["celery", "-A", "torch_portal", "worker"]
    assert SERVICES["beat"]["command"][:4] == ["celery", "-A", "torch_portal", "beat"]
    assert SERVICES["prepare"]["command"][-1] == "prepare"
    assert "python:torch_portal.serving" in IMAGE
    assert 'wsgi_app = "torch_portal.wsgi:application"' in SERVING


@pytest.mark.parametrize("name", [n for n in SERVICES if n not in ONCE])
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


def test_compose_keeps_data_in_volumes_and_publishes_the_proxy_only():
    used = {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", ())}
    assert used == set(COMPOSE["volumes"])
    assert [name for name, s in SERVICES.items() if "ports" in s] == ["proxy"]


@pytest.mark.parametrize("name", ONCE)
def test_compose_task_runs_once_and_is_not_watched(name):
    assert SERVICES[name]["restart"] == "no"
    assert SERVICES[name]["healthcheck"] == {"disable": True}


def test_proxy_leads_to_every_web_process_and_keeps_figures_inside():
    assert SERVICES["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}
    assert SERVICES["proxy"]["cap_drop"] == ["ALL"]
    assert "dynamic a web 8000" in CADDY
    assert "@inside path /metrics /readyz" in CADDY
    assert "respond @inside 404" in CADDY
    assert CADDY.count("{") == CADDY.count("}")
    assert re.findall(r"(?<!\$)\$\w+", CADDY) == []  # compose would put a variable there


def test_scanner_and_backup_start_when_asked_only():
    asked = {name: s["profiles"] for name, s in SERVICES.items() if "profiles" in s}
    assert asked == {"scanner": ["scanner"], "backup": ["tools"]}
    assert "manage.py backup --to" in SERVICES["backup"]["command"][-1]
    tool = re.search(r"postgresql-client-(\d+)", IMAGE)
    assert int(tool.group(1)) >= int(re.match(r"postgres:(\d+)", SERVICES["database"]["image"])[1])


def test_image_runs_without_root_and_with_fonts():
    stages = IMAGE.split("\nFROM ")
    assert re.findall(r"^USER (\w+)$", stages[-1], re.MULTILINE) == ["torch"]
    assert "\nHEALTHCHECK " in stages[-1]
    for package in ("fonts-noto-cjk", "libpango-1.0-0", "libharfbuzz-subset0", "fontconfig"):
        assert package in stages[-1]


def test_image_installs_the_pins_with_their_hashes():
    assert IMAGE.count("--require-hashes") == 2
    assert "requirements/base.txt" in IMAGE
    assert "run.txt" not in IMAGE
    assert "dev.txt" not in IMAGE


def test_image_copies_what_the_portal_needs_and_nothing_else():
    copied = set(re.findall(r"^COPY (\w[\w.]*) ", IMAGE, re.MULTILINE))
    assert copied == {
        "manage.py", "contracts", "hitech_cert", "incubators", "outreach", "sme_eval", "stats",
        "torch_portal", "templates", "static", "locale", "zones",
    }  # fmt: skip
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert allowed[0] == "**"
    assert {line.strip("!/") for line in allowed if line.startswith("!")} == {
        *copied,
        "requirements",
    }
