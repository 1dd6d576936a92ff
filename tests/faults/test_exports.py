"""Exports under a worker that is killed in the middle, and one that is cancelled in the middle."""

import datetime
import io
import zipfile

import pytest

from contracts.line.exports import CONTRACTS
from contracts.management.load import load
from tests.factories import accounts
from tests.faults.together import wait_until
from tests.torch_portal.reports.exporting import content, made, wish
from torch_portal.common import clock
from torch_portal.reports.enums import ExportState
from torch_portal.reports.exports import actions, work, writing
from torch_portal.reports.models import Export

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.xdist_group("workers"),
]
ROWS = 20_000
FEW = 2_000


@pytest.fixture
def everything(house, folder):
    """An official of the whole country, who sees some thousand contracts."""
    load(filings=FEW, seed=38, at=clock.now())
    return accounts.official(None)


def waiting(by, at, *columns):
    """An export that nobody took up yet (the tasks of this process are done at once)."""
    export = actions.ask(wish=wish(*columns), by=by, at=at, anew=True)
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.WAITING, attempts=0, rows_done=0, file="", sha256=""
    )
    return export


def sheet(export):
    """The rows of a workbook as they lie in the file."""
    with zipfile.ZipFile(io.BytesIO(content(export))) as inside:
        return inside.read("xl/worksheets/sheet1.xml")


def test_killed_worker_is_followed_by_one_that_writes_the_same(everything, broker, worker):
    load(filings=ROWS, seed=39, at=clock.now())
    every = [c.name for c in CONTRACTS.columns if not c.personal]
    first = worker()
    export = actions.ask(wish=wish(*every), by=everything, at=clock.now())

    def has(state):
        export.refresh_from_db()
        return export.state == state

    begun = has(ExportState.RUNNING)
    wait_until(lambda: has(ExportState.RUNNING), seconds=60, every=0.01, what="the beginning")
    first.kill()
    export.refresh_from_db()
    assert not begun
    assert (export.state, export.file.name) == (ExportState.RUNNING, "")
    Export.objects.filter(pk=export.pk).update(claimed_until=clock.now(), due_at=clock.now())
    assert actions.sweep(at=clock.now()) == 1
    worker()
    wait_until(lambda: has(ExportState.READY), seconds=120, what="the file")
    assert export.attempts == 2
    whole = made(everything, wish(*every), at=clock.now())
    assert export.rows_done == whole.rows_done > ROWS * 0.9
    assert sheet(export) == sheet(whole)


def test_export_cancelled_in_the_middle_leaves_nothing(everything, folder, monkeypatch):
    export = waiting(everything, clock.now())
    told = work.Pulse.__call__

    def cancelled_meanwhile(pulse, rows):
        actions.cancel(export=export, by=everything, at=clock.now())
        told(pulse, rows)

    files = len(list(folder.rglob("*.xlsx")))
    monkeypatch.setattr(writing, "EVERY", 0)
    monkeypatch.setattr(work.Pulse, "__call__", cancelled_meanwhile)
    assert work.run(export_id=export.pk, at=clock.now()) == 0
    export.refresh_from_db()
    assert (export.state, export.file.name) == (ExportState.CANCELLED, "")
    assert len(list(folder.rglob("*.xlsx"))) == files


def test_progress_is_seen_from_outside_and_keeps_the_claim(everything, monkeypatch):
    at = clock.now() - datetime.timedelta(hours=1)
    export = waiting(everything, at)
    told, seen = work.Pulse.__call__, []

    def look(pulse, rows):
        told(pulse, rows)
        with pulse.line.cursor() as cursor:
            cursor.execute("SELECT rows_done, rows_expected, claimed_until FROM reports_export")
            seen.append(cursor.fetchone())

    monkeypatch.setattr(writing, "EVERY", 0)
    monkeypatch.setattr(work.Pulse, "__call__", look)
    written = work.run(export_id=export.pk, at=at)
    assert [row[0] for row in seen] == list(range(256, written + 1, 256))
    assert {row[1] for row in seen} == {written}
    assert all(row[2] > at + work.LEASE for row in seen)
