"""Back up, lose everything, restore: the same rows, the same files, the same answers."""

import json
import os
import shutil
import subprocess
import sys
import urllib.parse
import uuid

import psycopg2
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from contracts.enums import State
from tests.contracts.api_calls import at_state
from tests.faults.workers import BASE
from torch_portal.certificates.models import Certificate
from torch_portal.desk import backups
from torch_portal.filings.models import Attachment

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture
def some(house, folder):
    """A filing with its file in a folder."""
    at_state(house, State.SUBMITTED)
    return folder


@pytest.fixture
def full(house, some):
    """Filings in several states, one certificate made."""
    at_state(house, State.CORRECTING, project_name="退回的项目")
    at_state(house, State.RECOGNISED, project_name="已登记的项目")
    assert Certificate.objects.get().making == "ready"  # tasks are done at once here
    return some


@pytest.fixture
def empty():
    """The address of a new empty database beside that of the tests; dropped at the end."""
    server, name = os.environ["DATABASE_URL"], f"restored_{uuid.uuid4().hex[:8]}"
    on_server(server, f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    yield urllib.parse.urlsplit(server)._replace(path=f"/{name}").geturl()
    on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def on_server(url, sql):
    parts = urllib.parse.urlsplit(url)
    connection = psycopg2.connect(parts._replace(path="/postgres").geturl())
    connection.autocommit = True
    connection.cursor().execute(sql)
    connection.close()


def manage(database, media, *arguments):
    """A command of a portal on this database and this folder of files."""
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        env=os.environ | {"DATABASE_URL": database, "STORAGE_URL": str(media),
                          "DJANGO_SETTINGS_MODULE": "torch_portal.settings"},
        cwd=BASE, capture_output=True, text=True, check=False,
    )  # fmt: skip


def consistency(words):
    """What check_consistency said, without the seconds."""
    return words.strip().splitlines()[-1].rpartition(", ")[0]


def test_restored_portal_is_the_one_that_was_backed_up(full, empty, capsys):
    call_command("backup", to=full / "first")
    call_command("check_consistency")
    before = consistency(capsys.readouterr().out)
    assert before.endswith("no problem")
    restored = manage(empty, full / "media2", "restore", "--from", full / "first")
    assert (restored.returncode, restored.stderr) == (0, "")
    assert consistency(restored.stdout) == before
    assert files(full / "media2") == files(full / "media")

    again = manage(empty, full / "media2", "backup", "--to", full / "second")
    assert again.returncode == 0, again.stderr
    first, second = (json.loads((full / n / "manifest.json").read_text())
                     for n in ("first", "second"))  # fmt: skip
    assert {k: v for k, v in first.items() if k != "made_at"} == {
        k: v for k, v in second.items() if k != "made_at"
    }
    assert first["tables"]["filings_event"][0] > 10
    check_it_is_still_guarded(empty)
    refused = manage(empty, full / "media2", "restore", "--from", full / "first")
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr


def files(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def check_it_is_still_guarded(database):
    """Triggers came back as well: an event can be neither changed nor deleted."""
    connection = psycopg2.connect(database)
    for sql in ("UPDATE filings_event SET note = 'x'", "DELETE FROM filings_event"):
        with pytest.raises(psycopg2.Error):
            connection.cursor().execute(sql)
        connection.rollback()
    connection.close()


def test_backup_holds_what_it_says_and_no_key(some, settings):
    call_command("backup", to=some / "b")
    sums = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=some / "b", capture_output=True
    )
    assert sums.returncode == 0
    kept = Attachment.objects.first()
    with kept.file.open("rb") as stream:
        assert (some / "b" / "files" / kept.file.name).read_bytes() == stream.read()
    assert not [p for p in (some / "b").rglob("*") if p.suffix in {".p12", ".pem"}]
    told = (some / "b" / "manifest.json").read_text()
    assert settings.SECRET_KEY not in told
    assert "django_session" not in json.loads(told)["tables"]
    assert (some / "b").stat().st_mode & 0o077 == 0


def test_backup_into_a_folder_that_is_not_empty_writes_nothing(some):
    (some / "b").mkdir()
    (some / "b" / "mine").write_text("x")
    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", to=some / "b")
    assert [p.name for p in (some / "b").iterdir()] == ["mine"]


def test_backup_names_a_file_that_is_gone_and_writes_the_rest(some):
    lost = Attachment.objects.first().file.name
    default_storage.delete(lost)
    with pytest.raises(CommandError, match=lost):
        call_command("backup", to=some / "b")
    assert all("attachments" not in path.parts for path in files(some / "b" / "files"))


DAMAGES = {
    "changed": "damaged",
    "lost": "damaged",
    "unfinished": "no finished backup",
    "newer": "contracts.9999_later",
}


def test_damaged_backup_touches_nothing(some, empty):
    call_command("backup", to=some / "whole")
    for damage, words in DAMAGES.items():
        shutil.copytree(some / "whole", some / damage)
        spoil(some / damage, damage)
        refused = manage(empty, some / "media2", "restore", "--from", some / damage)
        assert refused.returncode == 1
        assert words in refused.stderr
    connection = psycopg2.connect(empty)
    cursor = connection.cursor()
    cursor.execute(backups.TABLES)
    assert cursor.fetchall() == []
    connection.close()
    assert not (some / "media2").exists()


def spoil(target, damage):
    one = next(p for p in sorted((target / "files").rglob("*.pdf")))
    if damage == "changed":
        one.write_bytes(one.read_bytes()[:-1] + b"x")
    elif damage == "lost":
        one.unlink()
    elif damage == "unfinished":
        (target / "SHA256SUMS").unlink()
    else:
        told = json.loads((target / "manifest.json").read_text())
        told["migrations"].append("contracts.9999_later")
        (target / "manifest.json").write_text(json.dumps(told))
        backups._write_sums(target)


def test_other_file_of_the_same_name_is_not_written_over(some, empty):
    call_command("backup", to=some / "b")
    shutil.copytree(some / "media", some / "media2")
    name = Attachment.objects.first().file.name
    (some / "media2" / name).write_bytes(b"another")
    refused = manage(empty, some / "media2", "restore", "--from", some / "b")
    assert (refused.returncode, name in refused.stderr) == (1, True)
    assert (some / "media2" / name).read_bytes() == b"another"


def test_missing_tool_is_named(some, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(backups, "find_spec", lambda name: None)
    with pytest.raises(CommandError, match=r"There is no pg_dump of PostgreSQL [0-9]+ or later"):
        call_command("backup", to=some / "b")
