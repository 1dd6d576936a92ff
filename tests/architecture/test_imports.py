"""The import contracts of pyproject.toml hold, and they speak of every line there is."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.tree import PACKAGES, ROOT, document, name_of, sources, syntax

FOLDERS = {
    "contracts", "hitech_cert", "incubators", "outreach", "sme_eval", "stats", "torch_portal",
    "templates", "static", "locale", "requirements", "tests", "benchmarks", "docs", "zones",
}  # fmt: skip
CONTRACTS = tomllib.loads(document("pyproject.toml"))["tool"]["importlinter"]


def test_import_contracts_are_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_import_contracts_cover_every_package():
    assert set(CONTRACTS["root_packages"]) == set(PACKAGES)
    layers = " ".join(CONTRACTS["contracts"][0]["layers"])
    parts = {p.parent.name for p in (ROOT / "torch_portal").glob("*/__init__.py")}
    assert {p for p in parts if f"torch_portal.{p}" not in layers} == set()


def test_import_contract_two_names_every_line():
    rooms = [*ROOT.glob("*/workflow.py"), *ROOT.glob("*/workflow/")]
    lines = {p.parent.name for p in rooms}
    assert lines == set(CONTRACTS["contracts"][1]["containers"])


def test_top_level_has_no_folder_beside_the_known_ones():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tops = {line.split("/")[0] for line in listed.stdout.splitlines() if "/" in line}
    assert {t for t in tops if not t.startswith(".")} <= FOLDERS


def test_typing_cast_is_nowhere():
    users = [
        name_of(path)
        for path in sources()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "typing"
        and any(alias.name == "cast" for alias in node.names)
    ]
    assert users == []
