"""What stands in an exported file: cell by cell as in the database, and nothing that bites."""

import datetime
import io
import random
import shutil
import subprocess
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
from django.utils import timezone

from contracts.enums import Kind, State
from contracts.line.exports import CONTRACTS
from contracts.models import Contract
from tests.factories.contracts import contract_at
from tests.torch_portal.reports.exporting import content, copies, made, table, wish
from torch_portal.common.columns import ColumnKind
from torch_portal.filings.models import Filing
from torch_portal.reports.enums import ExportState
from torch_portal.reports.exports import workbook

pytestmark = pytest.mark.django_db
NASTY = [
    "=1+1", "+86 10", "-5", "@cmd", "\t=1", "＝1", "a & b <c> \"d\" 'e'", "]]>", "行一\n行二",
    "一\r\n二", "\x01\x02\x0b\x1f控制", " 前后空格 ", "_x0041_", "￾￿尾", "%s %%", "\\N", "\\.",
    "a|b", "O'Neil\\", "😀𠮷", "NULL", "1e5", "0012", "'已有撇号",
]  # fmt: skip


@pytest.fixture
def contract(house):
    return contract_at(
        State.RECOGNISED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip


@pytest.fixture
def many(contract):
    """Sixty contracts with random values in what an export shows."""
    chance = random.Random(38)  # noqa: S311
    copies(contract, 60)
    for row in Contract.objects.exclude(pk=contract.pk):
        row.kind = chance.choice(Kind.values)
        row.total_yuan = Decimal(chance.randint(1, 10**11)) / 100
        row.signed_on = datetime.date(2015, 1, 1) + datetime.timedelta(chance.randint(0, 2000))
        row.related = chance.choice([True, False, None])
        row.project_name = chance.choice(NASTY).replace("\x00", "")
        row.save()
    return Contract.objects.select_related("filing__agency").order_by("pk")


def expected(contract, column):
    """The cells of a column, worked out by the ORM alone."""
    value = contract
    for name in str(column.value).split("__"):
        value = getattr(value, name)
    if column.kind is ColumnKind.CHOICE:
        labels = {str(code): str(label) for code, label in column.choices}
        return [value or None, labels.get(str(value), value) or None]
    if column.kind is ColumnKind.FLAG:
        return [{True: "是", False: "否", None: None}[value]]
    if column.kind is ColumnKind.DATE:
        return [value and datetime.datetime.combine(value, datetime.time.min)]
    if column.kind is ColumnKind.MOMENT:
        return [timezone.localtime(value).replace(tzinfo=None, microsecond=0)]
    return [value if value != "" else None]


def shown(value):
    """A cell read back, amounts as decimals."""
    return Decimal(str(value)) if isinstance(value, int | float) else value


def test_workbook_is_the_database_cell_by_cell(house, many):
    names = [c.name for c in CONTRACTS.columns if isinstance(c.value, str) and not c.personal]
    for row in many:  # the awkward texts have a test of their own
        row.project_name = f"项目{row.pk}"
        row.save()
    export = made(house.reviewer, wish(*names))
    assert export.state == ExportState.READY, export.words
    heads, rows = table(export)
    columns = [CONTRACTS.column(n) for n in names]
    assert len(heads) == len(names) + sum(c.kind is ColumnKind.CHOICE for c in columns)
    wanted = {c.filing.number: [v for one in columns for v in expected(c, one)] for c in many}
    assert {r[0] for r in rows} == set(wanted)
    for row in rows:
        assert [shown(v) for v in row] == wanted[row[0]]


def test_awkward_texts_survive(house, contract):
    names = [t.replace("\x00", "") for t in NASTY]
    copies(contract, len(names))
    for row, text in zip(
        Contract.objects.exclude(pk=contract.pk).order_by("pk"), names, strict=True
    ):
        Contract.objects.filter(pk=row.pk).update(project_name=text)
    export = made(house.reviewer, wish("number", "project_name"))
    _heads, rows = table(export)
    found = dict(rows)
    gone = str.maketrans("", "", "".join(map(chr, range(9))) + "\x0b\x0c\x1f￾￿")
    for row in Contract.objects.select_related("filing"):
        text = (
            row.project_name.translate(gone)
            .replace("\r\n", "\n")
            .replace("_x0041_", "_x005F_x0041_")
        )
        assert found[row.filing.number] == text


def test_workbook_opens_in_other_programs(house, many, tmp_path):
    export = made(house.reviewer, wish("number", "project_name", "seller_code", "total_yuan"))
    _heads, rows = table(export)
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content(export)))
    assert len(sheet.get_sheet_by_index(0).to_python()) == len(rows) + 1
    soffice = shutil.which("soffice")
    if soffice is None:
        return
    (tmp_path / "export.xlsx").write_bytes(content(export))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    subprocess.run(
        [soffice, home, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76",
         "--outdir", tmp_path, tmp_path / "export.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = (tmp_path / "export.csv").read_text(encoding="utf-8-sig")
    assert all(str(row[0]) in text for row in rows)
    assert text.count("91330106MAGUJ65R6B") == len(rows)


def test_codes_stay_text(house, contract):
    Contract.objects.filter(pk=contract.pk).update(seller_code="913301060000123")
    export = made(house.reviewer, wish("number", "registration_number", "seller_code"))
    registered = Contract.objects.get().registration_number
    book = openpyxl.load_workbook(io.BytesIO(content(export)))
    cells = list(book.worksheets[0].rows)[1]
    assert [c.value for c in cells[1:]] == [registered, "913301060000123"]
    assert {c.data_type for c in cells} <= {"s", "inlineStr"}
    assert {c.number_format for c in cells} == {"@"}


def test_csv_defuses_formulas_and_nothing_else(house, contract):
    copies(contract, len(NASTY))
    rows = Contract.objects.exclude(pk=contract.pk).order_by("pk")
    for row, text in zip(rows, NASTY, strict=True):
        Contract.objects.filter(pk=row.pk).update(project_name=text)
    export = made(house.reviewer, wish("number", "project_name", "total_yuan", file_format="csv"))
    _heads, found = table(export)
    texts = {number: text for number, text, _total in found}
    for row in Contract.objects.select_related("filing"):
        risky = row.project_name[:1] in tuple("=+-@\t\r\n＝＋－＠")
        assert texts[row.filing.number] == ("'" if risky else "") + row.project_name


@pytest.mark.parametrize(
    ("unit", "cell", "head"),
    [("yuan", "5230000.00", "元"), ("wan", "523", "万元"), ("yi", "0.0523", "亿元")],
)
def test_amounts_in_other_units_are_exact(house, contract, unit, cell, head):
    export = made(house.reviewer, wish("total_yuan", unit=unit, file_format="csv"))
    heads, rows = table(export)
    assert rows == [(cell,)]
    assert f"({head})" in heads[0]


def test_more_rows_than_a_sheet_holds_go_to_the_next(house, contract, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS_OF_A_SHEET", 5)
    copies(contract, 9)
    export = made(house.reviewer, wish("number", "total_yuan"))
    book = openpyxl.load_workbook(io.BytesIO(content(export)), read_only=True)
    sizes = [len(list(s.iter_rows())) for s in book.worksheets]
    assert sizes[:3] == [5, 5, 3]
    assert len({s.title for s in book.worksheets}) == 4


def test_nothing_found_is_a_file_with_heads(house):
    export = made(house.reviewer, wish("number", "kind"))
    assert export.state == ExportState.READY
    assert table(export) == (["编号", "合同类别（代码）", "合同类别"], [])


def test_dates_of_the_range_are_both_included(house, contract):
    day = timezone.localdate(contract.filing.submitted_at)
    one = datetime.timedelta(days=1)

    def count(since, until):
        return made(house.reviewer, wish("number", since=since, until=until)).rows_done

    assert count(day, day) == 1
    assert count(day - one, day - one) == 0
    assert count(day + one, None) == 0


def test_personal_data_is_marked_on_every_row(house, contract):
    copies(contract, 2)
    export = made(house.reviewer, wish("number", "handled_by"))
    heads, rows = table(export)
    assert export.personal
    assert len(heads) == 3
    assert all(f"{export.pk}" in r[2] and "reviewer" in r[2] for r in rows)
    assert "filer" in rows[0][1]
    inside = zipfile.ZipFile(io.BytesIO(content(export)))
    assert b"oddFooter" in inside.read("xl/worksheets/sheet1.xml")
    assert len(table(made(house.reviewer, wish("number")))[0]) == 1


def test_another_province_obtains_not_one_row(house, contract):
    assert made(house.reviewer).rows_done == 1
    assert made(house.official).rows_done == 1
    far = made(house.far_reviewer)
    assert (far.state, far.rows_done, table(far)[1]) == (ExportState.READY, 0, [])


def test_the_filter_of_the_list_counts(house, contract):
    copies(contract, 3, kind="service")
    assert made(house.reviewer, wish("number", filter="queue=all&kind=service")).rows_done == 3
    found = made(house.reviewer, wish("number", filter="queue=waiting"))
    assert found.rows_done == 0
    assert "待受理" in found.filter_words
    assert Filing.objects.count() == 4


def test_same_rows_same_file(house, many):
    first, second = made(None), made(None)
    with (
        zipfile.ZipFile(io.BytesIO(content(first))) as a,
        zipfile.ZipFile(io.BytesIO(content(second))) as b,
    ):
        assert a.read("xl/worksheets/sheet1.xml") == b.read("xl/worksheets/sheet1.xml")
