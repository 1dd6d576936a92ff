"""From the version landed before, with its data in the database, to this one."""

import os
import re
import shutil
import subprocess
import sys
import uuid

import psycopg2
import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from psycopg2 import sql

from tests.faults.test_backup import BASE, empty
from tests.upgrade.land import HERE, LANDED, unpack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
__all__ = ["empty"]
UPGRADE = """
import django; django.setup()
from django.core.management import call_command
call_command("prepare")
call_command("check_consistency")
"""
# What was frozen by the version before is made by this one.
RENDER = """
import django; django.setup()
from django.core.management import call_command
from torch_portal.certificates import tasks
from torch_portal.certificates.models import Certificate
some = Certificate.objects.order_by("pk").values_list("pk", flat=True)[:2]
print([tasks.render(certificate_id=pk) for pk in some])
call_command("check_consistency")
"""

SEED = ("manage.py", "seed_demo", "--line", "sme_eval")


@pytest.fixture
def old(empty):
    """Runs a step of a portal whose database and files are those of the version before."""
    folder = settings.VAR / f"upgrade-{uuid.uuid4().hex[:8]}"
    unpack(folder / "media")
    environment = os.environ | {
        "DATABASE_URL": empty,
        "STORAGE_URL": str(folder / "media"),
        "TORCH_VAR": str(settings.VAR),
        "EMAIL_URL": f"file://{folder / 'mail'}",
        "DJANGO_SETTINGS_MODULE": "torch_portal.settings",
    }

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, *arguments],
            env=environment, cwd=BASE, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("-m", "tests.upgrade.land")
    run.rows = lambda: counted(empty)
    yield run
    shutil.rmtree(folder)


def counted(database):
    """The rows of every table that the version before filled."""
    names = re.findall(r"^INSERT INTO public\.(\w+)", (HERE / "landed.sql").read_text(), re.M)
    connection = psycopg2.connect(database)
    found = {}
    for name in sorted(set(names)):
        cursor = connection.cursor()
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
        found[name] = cursor.fetchone()[0]
    connection.close()
    return found


def test_data_of_the_version_before_is_whole_after_the_upgrade(old):
    before = old.rows()
    assert before["filings_filing"] == 24
    assert before["filings_event"] == 92
    assert "no problem" in old("-c", UPGRADE)
    after = old.rows()
    assert {n: k for n, k in after.items() if k < before[n]} == {}
    kept = ("filings_filing", "filings_event", "filings_attachment", "contracts_contract",
            "certificates_certificate", "papers_paper", "accounts_user")  # fmt: skip
    assert {n: after[n] for n in kept} == {n: before[n] for n in kept}
    # A line that is new since then begins among the agencies and enterprises of the version before.
    assert "sme_eval: correcting 1, draft 1, entered 8" in old(*SEED)
    told = old("-c", RENDER)
    assert "['ready', 'ready']" in told
    assert "no problem" in told


def test_landed_migrations_are_those_of_every_app_and_still_there():
    disk = set(MigrationLoader(None).disk_migrations)
    assert set(LANDED.items()) <= disk
