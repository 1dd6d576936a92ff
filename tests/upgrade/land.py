"""Bring an empty database where the version landed before stood, with that version's data.

`landed.sql` holds the rows of a demonstration of that version (24 filings in five states, its
tables of regions, notice and policies), `landed.zip` their files. To renew both when a version
has landed: make such a demonstration with it (`prepare`, `seed_demo`), write

    pg_dump --data-only --disable-triggers --column-inserts --rows-per-insert=200 \
        --exclude-table=django_* --exclude-table=auth_permission --exclude-table=accounts_division

without its comments and `\\` lines, zip the folder of files, and name its migrations in LANDED.
"""

import zipfile
from pathlib import Path

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

HERE = Path(__file__).resolve().parent
LANDED = {
    "accounts": "0001_initial",
    "certificates": "0001_initial",
    "contracts": "0001_initial",
    "filings": "0002_event_chain",
    "notices": "0002_hotline_overlap",
    "papers": "0001_initial",
}
# Of others, with tables before that version; each as far as the pins bring it.
FOREIGN = ("admin", "auth", "authtoken", "contenttypes", "sessions")


def main():
    """The tables as they were, then the rows as they were."""
    executor = MigrationExecutor(connection)
    leaves = {app: name for app, name in executor.loader.graph.leaf_nodes() if app in FOREIGN}
    executor.migrate(list({**LANDED, **leaves}.items()))
    with connection.cursor() as cursor:
        cursor.execute((HERE / "landed.sql").read_text(encoding="utf-8"))


def unpack(folder):
    """The files of that version, into the folder of STORAGE_URL."""
    with zipfile.ZipFile(HERE / "landed.zip") as packed:
        packed.extractall(folder)


if __name__ == "__main__":
    django.setup()
    main()
