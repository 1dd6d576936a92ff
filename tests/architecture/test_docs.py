"""The papers tell the truth: generated pages, commands, variables, words and links."""

import ast
import re
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from tests.architecture.tree import PACKAGES, ROOT, chinese, document, sources, syntax
from torch_portal.accounts import demo_people
from torch_portal.desk.lines import LINES, SERVICES
from torch_portal.desk.management.commands import write_docs
from torch_portal.papers.workflow import MOVES as PAPER_MOVES

PAPERS = sorted(
    p for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if ".venv" not in p.parts
)
TARGETS = re.findall(r"^([a-z]+):.*##", document("Makefile"), re.MULTILINE)
COMMANDS = sorted(n for n, app in get_commands().items() if str(app).partition(".")[0] in PACKAGES)
READERS = {"text", "flag", "required", "get", "getenv"}
# Read by the tools around the portal, not by its operators.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def variables():
    """Every environment variable that the code reads, and what make hands to it."""
    found = set(re.findall(r"^([A-Z]+) \?=", document("Makefile"), re.MULTILINE))
    for path in sources():
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Call) and node.args and reads(path, node):
                found.add(node.args[0].value)
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                found |= {n.value for n in ast.walk(node.slice) if isinstance(n, ast.Constant)}
    return found - NOT_OURS


def reads(path, call):
    """Whether a call reads a variable by its name."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    first = call.args[0]
    if not (isinstance(first, ast.Constant) and re.fullmatch(r"[A-Z][A-Z0-9_]+", str(first.value))):
        return False
    if path.name == "settings.py":
        return name in READERS
    return name == "get" and ast.unparse(call.func).startswith("os.environ")


@pytest.mark.parametrize("name", write_docs.pages())
def test_generated_page_is_what_the_code_says(name):
    assert document(f"docs/{name}") == write_docs.pages()[name]


def test_generated_pages_are_complete():
    folder = ROOT / "docs"
    committed = {p.relative_to(folder).as_posix() for d in ("states", "rules")
                 for p in (folder / d).glob("*.md")}  # fmt: skip
    assert committed == set(write_docs.pages())


def test_write_docs_check_tells_a_difference(settings, tmp_path, capsys):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="make docs"):
        call_command("write_docs", check=True)
    assert "+# States of a filing" in capsys.readouterr().out
    call_command("write_docs")
    call_command("write_docs", check=True)


def test_readme_starts_with_two_commands_that_exist():
    opening = "\n".join(document("README.md").splitlines()[:12])
    commands = re.findall(r"^make ([a-z]+)", opening, re.MULTILINE)
    assert commands == ["run", "test"]
    assert set(commands) <= set(TARGETS)


def test_readme_has_a_row_for_every_service():
    rows = [line for line in document("README.md").splitlines() if line.startswith("|")]
    for service in SERVICES:
        row = next((r for r in rows if f"`{service.code}`" in r), "")
        state = "ready" if service.code in LINES else "planned"
        assert state in row, service.code


def test_readme_names_the_accounts_of_the_demonstration():
    text = document("README.md")
    assert re.findall(r"^\| `([\w-]+)` \| (?!.*(?:ready|planned))", text, re.MULTILINE) == [
        person.username for person in demo_people.PEOPLE
    ]
    assert f"`{demo_people.PASSWORD}`" in text


@pytest.mark.parametrize("target", TARGETS)
def test_make_target_is_documented(target):
    told = document("README.md") + document("CONTRIBUTING.md") + document("docs/operations.md")
    assert f"make {target}" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_management_command_is_documented(command):
    assert f"`{command}" in document("docs/operations.md")


@pytest.mark.parametrize("name", sorted(variables()))
def test_environment_variable_is_documented(name):
    assert f"`{name}`" in document("docs/operations.md")


def test_environment_table_names_no_variable_that_is_gone():
    table = document("docs/operations.md").split("## Environment")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", table, re.MULTILINE))
    assert told <= variables()


def test_glossary_covers_every_verb_and_state():
    glossary = document("docs/glossary.md")
    missing = [
        word
        for line in LINES.values()
        for word in (*line.workflow.moves, *line.workflow.stages)
        if f"`{word}`" not in glossary
    ]
    missing += [name for name in PAPER_MOVES if f"`{name}`" not in glossary]
    assert missing == []


@pytest.mark.parametrize("code", LINES)
def test_glossary_calls_states_as_the_pages_do(code):
    glossary = document("docs/glossary.md")
    flow = LINES[code].workflow
    wrong = [
        state
        for state, label in flow.labels.items()
        if f"| {chinese(label)} | `{state}` |" not in glossary
    ]
    assert wrong == []


def test_adrs_are_numbered_without_gap_and_complete():
    papers = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(p.name[:4]) for p in papers] == [n for n, _p in zip(count(1), papers, strict=False)]
    assert len(papers) >= 12
    for path in papers:
        text = path.read_text(encoding="utf-8")
        heads = re.findall(r"^## (Context|Decision|Consequences)$", text, re.MULTILINE)
        assert re.match(rf"# {path.name[:4]} ", text), path.name
        assert heads == ["Context", "Decision", "Consequences"], path.name
        assert re.search(r"^Status: (accepted|superseded by \d{4}), 20\d\d-\d\d-\d\d$", text,
                         re.MULTILINE), path.name  # fmt: skip


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_between_papers_lead_somewhere(path):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_files_named_in_papers_exist(path):
    named = re.findall(
        r"`((?:contracts|torch_portal|tests|docs|templates|locale|requirements)/[\w./-]+\.\w+)`",
        path.read_text(encoding="utf-8"),
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_changelog_is_kept():
    text = document("CHANGELOG.md")
    sections = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert set(sections) <= {"Added", "Changed", "Fixed", "Removed", "Rules"}
    assert "Rules" in sections


def test_refactors_in_flight_are_few():
    rows = re.findall(r"^- ", document("docs/refactors.md"), re.MULTILINE)
    assert len(rows) <= 5


def test_language_of_the_papers_does_not_depend_on_the_reader():
    assert settings.LANGUAGE_CODE == "zh-hans"
    assert Path(settings.BASE_DIR) == ROOT
