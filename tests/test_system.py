"""requirements/system.sh: what it prints or runs, on machines made of fake programs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "requirements" / "system.sh"
PRESENT = {
    "ldconfig": "printf 'libpango-1.0.so.0\\nlibpangoft2-1.0.so.0\\nlibharfbuzz-subset.so.0\\n'",
    "fc-list": "echo 'NotoSerifCJK-Regular.ttc: Noto Serif CJK SC'",
    "chromium": "exit 0",
    "xgettext": "exit 0",
    "pdftoppm": "exit 0",
}
TOOLS = ("bash", "env", "grep", "cat")


@pytest.fixture
def machine(tmp_path):
    """A machine with only these programs; answers how the script went there."""

    def run(programs, *arguments, uid="1000"):
        folder = tmp_path / "bin"
        folder.mkdir()
        for name in TOOLS:
            (folder / name).symlink_to(shutil.which(name))
        record = tmp_path / "apt"
        fakes = {"find": "exit 0", "id": f"echo {uid}"} | programs
        for name, body in fakes.items():
            path = folder / name
            path.write_text(f"#!{shutil.which('bash')}\n{body}\n".replace("RECORD", str(record)))
            path.chmod(0o755)
        answer = subprocess.run(
            [shutil.which("bash"), str(SCRIPT), *arguments],
            env={"PATH": str(folder)}, capture_output=True, text=True, timeout=30,
        )  # fmt: skip
        answer.apt = record.read_text().splitlines() if record.exists() else []
        return answer

    return run


APT = 'echo "$@" >> RECORD'


def test_nothing_is_missing_says_nothing(machine):
    answer = machine(PRESENT | {"apt-get": APT})
    assert (answer.returncode, answer.stdout, answer.stderr, answer.apt) == (0, "", "", [])


def test_long_lists_are_read_to_their_end(machine):
    """A match at the top of a long list is a match, however the programs are scheduled."""
    long = "; for n in {1..3000}; do echo another-library-or-font-$n; done"
    answer = machine(PRESENT | {name: PRESENT[name] + long for name in ("ldconfig", "fc-list")})
    assert (answer.returncode, answer.stderr) == (0, "")


def test_library_that_only_lies_in_a_folder_is_found(machine):
    found = {"ldconfig": "exit 0", "find": "echo /usr/lib/it.so.0; exit 1"}  # a folder is missing
    assert machine(PRESENT | found).returncode == 0


def test_not_root_prints_the_exact_command_and_stops(machine):
    programs = {name: body for name, body in PRESENT.items() if name != "xgettext"}
    answer = machine(programs | {"apt-get": APT})
    assert (answer.returncode, answer.apt) == (1, [])
    assert "missing here: gettext" in answer.stderr
    assert (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends gettext\n"
        in answer.stderr
    )


def test_root_on_debian_installs_just_what_is_missing(machine):
    programs = {name: body for name, body in PRESENT.items() if name != "pdftoppm"}
    answer = machine(programs | {"apt-get": APT}, uid="0")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.apt == ["update -qq", "install -y --no-install-recommends poppler-utils"]


def test_root_whose_installation_fails_stops(machine):
    programs = {name: body for name, body in PRESENT.items() if name != "pdftoppm"}
    answer = machine(programs | {"apt-get": "exit 100"}, uid="0")
    assert answer.returncode == 100


def test_without_apt_the_packages_of_other_systems_are_named(machine):
    answer = machine({"ldconfig": "exit 0"}, uid="0")
    assert answer.returncode == 1
    assert "brew install pango harfbuzz" in answer.stderr
    for package in (
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
        "fontconfig",
        "fonts-noto-cjk",
        "chromium",
        "gettext",
        "poppler-utils",
    ):
        assert package in answer.stderr


@pytest.mark.parametrize(("name", "code"), [("google-chrome", 0), ("firefox", 1)])
def test_another_browser_will_do_if_the_tests_know_it(machine, name, code):
    programs = {n: body for n, body in PRESENT.items() if n != "chromium"}
    assert machine(programs | {name: "exit 0"}).returncode == code


def test_what_only_the_tests_need_is_not_asked_for_to_run(machine):
    needed = {name: PRESENT[name] for name in ("ldconfig", "fc-list")}
    assert machine(needed, "run").returncode == 0


def test_what_the_portal_needs_is_asked_for_to_run(machine):
    answer = machine({"ldconfig": "exit 0", "apt-get": APT}, "run")
    assert answer.returncode == 1
    assert "libpango-1.0-0" in answer.stderr
    assert "chromium" not in answer.stderr


def test_a_font_that_is_not_a_song_face_is_not_enough(machine):
    answer = machine(PRESENT | {"fc-list": "echo 'Noto Sans CJK SC'", "apt-get": APT})
    assert answer.returncode == 1
    assert "fonts-noto-cjk" in answer.stderr


def test_script_can_be_run(tmp_path):
    assert os.access(SCRIPT, os.R_OK)
    checked = subprocess.run(["bash", "-n", str(SCRIPT)], check=False)
    assert checked.returncode == 0
