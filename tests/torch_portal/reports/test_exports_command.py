"""manage.py export: what it writes, whose eyes it has, what it refuses."""

import csv

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from contracts.enums import State
from tests.factories.contracts import contract_at
from torch_portal.reports.models import Export

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(house):
    return contract_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip


def rows(path):
    """The rows of a CSV without its heads."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))[1:]


def test_writes_a_workbook_and_a_record(contract, tmp_path, capsys):
    out = tmp_path / "all.xlsx"
    call_command("export", "contracts", "--out", str(out))
    book = openpyxl.load_workbook(out)
    assert book.worksheets[0].max_row == 2
    export = Export.objects.get()
    assert (export.person, export.rows_done, export.personal) == (None, 1, False)
    assert export.sha256 in capsys.readouterr().out


@pytest.mark.parametrize(("who", "count"), [("reviewer", 1), ("far", 0), ("official", 1)])
def test_as_somebody_sees_what_they_see(house, contract, tmp_path, who, count):
    out = tmp_path / "own.csv"
    call_command("export", "contracts", "--out", str(out), "--as", who, "--columns", "number")
    assert len(rows(out)) == count


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--from", "2020-03-02", "--to", "2020-03-02"], 1),
        (["--from", "2020-03-03"], 0),
        (["--jurisdiction", "33"], 1),
        (["--jurisdiction", "32"], 0),
    ],
)
def test_range_and_place(contract, tmp_path, options, count):
    out = tmp_path / "some.csv"
    call_command("export", "contracts", "--out", str(out), *options)
    assert len(rows(out)) == count


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["nonsense", "--out", "x.csv"], "no list"),
        (["contracts", "--out", "x.pdf"], ".xlsx, .csv or .zip"),
        (["contracts", "--out", "nowhere/x.csv"], "no folder"),
        (["contracts", "--out", "x.csv", "--as", "nobody"], "no person"),
        (["contracts", "--out", "x.csv", "--as", "filer"], "无权"),
        (["contracts", "--out", "x.csv", "--from", "2020-03"], "not a day"),
        (["contracts", "--out", "x.csv", "--from", "2020-03-02", "--to", "2020-03-01"], "早于"),
        (["contracts", "--out", "x.csv", "--from", "2000-03-02", "--to", "2020-03-01"], "10年"),
        (["contracts", "--out", "x.csv", "--jurisdiction", "99"], "99"),
        (["contracts", "--out", "x.csv", "--columns", "a,b"], "a、b"),
        (["contracts", "--out", "x.csv", "--as", "official", "--columns", "email"], "邮箱"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(house, tmp_path, monkeypatch, options, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=words):
        call_command("export", *options)
    assert list(tmp_path.iterdir()) == []
    assert Export.objects.count() == 0
