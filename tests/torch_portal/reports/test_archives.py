"""Lists with their documents in a ZIP, and the archives of the months."""

import datetime
import hashlib
import io
import tracemalloc
import zipfile

import openpyxl
import pikepdf
import pytest
from django.urls import reverse

from contracts.enums import State
from contracts.line.exports import CONTRACTS
from tests.factories import accounts
from tests.factories.contracts import contract_at
from tests.torch_portal.reports.exporting import ALL, NOW, content, copies, made, wish
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Access, Attachment, Filing
from torch_portal.reports import tasks
from torch_portal.reports.enums import ExportState
from torch_portal.reports.exports import actions, archive, monthly, work, writing
from torch_portal.reports.exports.archive import safe_name
from torch_portal.reports.models import Export, MonthArchive

pytestmark = pytest.mark.django_db
PAGE = reverse("reports:export", args=["contracts"])
APRIL = datetime.datetime(2020, 4, 1, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def no_sign_of_progress(monkeypatch):
    """The second connection sees nothing of a test's transaction: tests/faults has that part."""
    monkeypatch.setattr(writing, "EVERY", 3600)


@pytest.fixture
def contract(house):
    return contract_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip


def zipped(by, **more):
    return made(by, wish("number", "project_name", file_format="zip", **more))


def opened(export):
    return zipfile.ZipFile(io.BytesIO(content(export)))


def codes(refused):
    return [f.code for f in refused.value.findings]


def test_archive_has_table_page_attachments_and_digests(house, contract):
    file = Attachment.objects.get()
    Attachment.objects.update(name="../合同\u202e:扫描.pdf")
    export = zipped(house.reviewer)
    assert (export.state, export.rows_done, export.personal) == (ExportState.READY, 1, True)
    assert export.expires_at - export.ended_at == work.KEPT_PERSONAL
    number = contract.filing.number
    names = opened(export).namelist()
    assert names == [
        "清单.xlsx", f"{number}/{number}.pdf", f"{number}/01 _合同__扫描.pdf", "SHA256SUMS",
    ]  # fmt: skip
    assert opened(export).testzip() is None
    assert hashlib.sha256(opened(export).read(names[2])).hexdigest() == file.sha256
    lines = opened(export).read(names[3]).decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert sums[names[2]] == file.sha256
    assert sums[names[1]] == hashlib.sha256(opened(export).read(names[1])).hexdigest()
    book = openpyxl.load_workbook(io.BytesIO(opened(export).read(names[0])))
    assert book.worksheets[0].cell(2, 1).value == number


def test_page_of_a_filing_says_what_was_entered(house, contract):
    groups = CONTRACTS.entries(contract)
    assert groups[0][0] == contract.project_name
    said = {label: value for _title, entries in groups for label, value in entries}
    assert said["办件编号"] == contract.filing.number
    assert said["合同成交总金额"] == "5,230,000.00 元"
    assert all(said.values())
    with pikepdf.open(io.BytesIO(opened(zipped(house.reviewer)).read(
        f"{contract.filing.number}/{contract.filing.number}.pdf"
    ))) as page:  # fmt: skip
        assert len(page.pages) >= 1


def test_attachments_removed_forgotten_or_lost_are_not_in_it(house, contract):
    kept = Attachment.objects.get()
    for n in range(3):
        copy = Attachment.objects.get(pk=kept.pk)
        copy.pk, copy.kind, copy.name = None, f"other{n}", f"其他{n}.pdf"
        copy.save()
    Attachment.objects.filter(kind="other0").update(removed_at=NOW, removed_by=house.filer)
    Attachment.objects.filter(kind="other1").update(forgotten_on=NOW.date())
    Attachment.objects.filter(kind="other2").update(file="attachments/nowhere.pdf")
    export = zipped(house.reviewer)
    number = contract.filing.number
    assert opened(export).namelist()[2:] == [
        f"{number}/01 {kept.name}", "缺失文件.txt", "SHA256SUMS",
    ]  # fmt: skip
    assert opened(export).read("缺失文件.txt").decode() == f"{number}/02 其他2.pdf"


def test_what_is_opened_stands_in_the_access_log(house, contract):
    Access.objects.all().delete()
    zipped(house.reviewer)
    rows = Access.objects.order_by("pk").values_list("seen_by", "kind", "attachment")
    file = Attachment.objects.get().pk
    assert list(rows) == [
        (house.reviewer.pk, "page", None), (house.reviewer.pk, "file", file),
    ]  # fmt: skip
    zipped(None)
    made(house.reviewer)
    assert Access.objects.count() == 2


def test_cancelled_archive_opened_nothing(house, contract, monkeypatch):
    export = actions.ask(wish=wish("number", file_format="zip"), by=house.reviewer, at=NOW)

    def cancel(_row, _sheet):
        actions.cancel(export=export, by=house.reviewer, at=NOW)
        return b""

    monkeypatch.setattr(archive, "printed", cancel)
    assert work.run(export_id=export.pk, at=NOW) == 0
    export.refresh_from_db()
    assert (export.state, export.file.name) == (ExportState.CANCELLED, "")
    assert not Access.objects.filter(kind="file").exists()


def test_others_see_their_own_filings_only(house, contract):
    export = zipped(house.far_reviewer)
    assert (export.rows_done, opened(export).namelist()) == (0, ["清单.xlsx", "SHA256SUMS"])


def test_too_many_or_too_heavy_is_told_before_anything_is_written(house, contract, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 1)
    zipped(house.reviewer)
    copies(contract, 1)
    with pytest.raises(Refused) as refused:
        zipped(house.reviewer)
    assert codes(refused) == ["EXPORT-17"]
    monkeypatch.setattr(archive, "LARGEST", 2)
    size = Attachment.objects.get().size
    monkeypatch.setattr(archive, "HEAVIEST", size)
    zipped(house.reviewer)
    monkeypatch.setattr(archive, "HEAVIEST", size - 1)
    with pytest.raises(Refused) as refused:
        zipped(house.reviewer)
    assert codes(refused) == ["EXPORT-18"]


def test_list_that_grew_too_long_meanwhile_is_told(house, contract, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 1)
    export = actions.ask(wish=wish("number", file_format="zip"), by=house.reviewer, at=NOW)
    copies(contract, 1)
    work.run(export_id=export.pk, at=NOW)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "500" not in export.words
    assert "归档" in export.words


def test_filings_that_vanish_while_the_archive_is_written_are_told(house, contract, monkeypatch):
    copies(contract, 2)
    draw = archive.printed

    def lose(row, sheet):
        Filing.objects.exclude(pk=row.pk).update(jurisdiction="32", agency=house.far_office)
        return draw(row, sheet)

    monkeypatch.setattr(archive, "AT_ONCE", 1)
    monkeypatch.setattr(archive, "printed", lose)
    export = zipped(house.reviewer)
    assert (export.state, export.rows_expected, export.rows_done) == (ExportState.READY, 3, 1)
    assert "2行" in export.words
    assert len({n.split("/")[0] for n in opened(export).namelist() if "/" in n}) == 1


def test_memory_does_not_grow_with_the_attachments(house, contract, monkeypatch):
    monkeypatch.setattr(archive, "printed", lambda _row, _sheet: b"x")
    big = Attachment.objects.get()
    with big.file.storage.open("big.pdf", "wb") as stream:
        stream.write(b"x" * 8 * 1024**2)
    for n in range(4):
        big.pk, big.kind = None, f"other{n}"
        big.file.name = "big.pdf"
        big.save()
    rows = type(contract).objects.all()
    sheet = work._sheet(Export(asked_at=NOW, unit="yuan"), wish("number"), None)
    with open("/dev/null", "wb") as out:
        tracemalloc.start()
        archive.write_zip(_Sink(out), rows, sheet, lambda _rows: None)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 12 * 1024**2  # one file as the storage of the tests hands it out, not four


class _Sink:
    """Takes bytes and keeps none, without a place to go back to."""

    def __init__(self, out):
        self.write, self.flush = out.write, out.flush


@pytest.mark.parametrize(
    ("name", "suffix", "safe"),
    [
        ("合同.pdf", ".pdf", "合同.pdf"),
        ("合同.PDF", ".pdf", "合同.pdf"),
        ("a/b\\c:d.exe", ".pdf", "a_b_c_d.exe.pdf"),
        ("..", "", "_"),
        ("\u202efdp.exe", ".png", "_fdp.exe.png"),
        ("长" * 100, ".pdf", "长" * 60 + ".pdf"),
        ("line\nbreak\x00", "", "line_break_"),
        ("", ".jpg", "_.jpg"),
    ],
)
def test_names_that_every_file_system_takes(name, suffix, safe):
    assert safe_name(name, suffix) == safe


def test_page_offers_the_archive_and_counts_its_downloads(client, house, contract):
    client.force_login(house.reviewer)
    assert 'value="zip"' in client.get(PAGE).text
    choice = {"columns": ["number"], "file_format": "zip", "unit": "yuan"}
    client.post(f"{PAGE}?{ALL}", choice)
    export = Export.objects.get()
    work.run(export_id=export.pk, at=clock.now())
    for _time in range(2):
        answer = client.get(reverse("reports:export_file", args=[export.pk]))
    assert answer.headers["Content-Type"] == "application/zip"
    assert Export.objects.get().taken_times == 2


def test_archive_of_the_month(house, contract):
    Filing.objects.update(submitted_at=NOW)
    assert monthly.make_missing(at=APRIL) == 1
    row = MonthArchive.objects.get()
    assert (row.jurisdiction_id, f"{row.month}", row.rows) == ("33", "2020-03-01", 1)
    with row.file.open("rb") as stream:
        raw = stream.read()
    assert hashlib.sha256(raw).hexdigest() == row.sha256
    assert row.size == len(raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert "contracts.xlsx" in packed.namelist()
        assert packed.namelist()[-1] == "SHA256SUMS"
        book = openpyxl.load_workbook(io.BytesIO(packed.read("contracts.xlsx")))
    heads = [c.value for c in book.worksheets[0][1]]
    assert "编号" in heads
    assert not {"经办人", "经办人电子邮箱"} & set(heads)
    assert monthly.make_missing(at=APRIL) == 0
    assert MonthArchive.objects.count() == 1


def test_month_holds_its_own_days_only(house, contract):
    in_march = datetime.datetime(2020, 3, 31, 15, 59, 59, tzinfo=datetime.UTC)
    for at, count in (
        (in_march, 1),
        (in_march + datetime.timedelta(seconds=1), 0),  # the first of April in Beijing
        (datetime.datetime(2020, 2, 29, 15, 59, 59, tzinfo=datetime.UTC), 0),
        (datetime.datetime(2020, 2, 29, 16, 0, tzinfo=datetime.UTC), 1),
    ):
        MonthArchive.objects.all().delete()
        Filing.objects.update(submitted_at=at)
        assert monthly.make_missing(at=APRIL) == count, at


def test_archive_is_read_by_officials_of_its_place(client, house, contract):
    Filing.objects.update(submitted_at=NOW)
    monthly.make_missing(at=APRIL)
    row = MonthArchive.objects.get()
    mine, file = reverse("reports:archives"), reverse("reports:archive_file", args=[row.pk])
    for who in (house.official, accounts.official(None)):
        client.force_login(who)
        assert row.sha256 in client.get(mine).text
        assert client.get(file).headers["Content-Disposition"].endswith('"33-2020-03.zip"')
    assert MonthArchive.objects.get().taken_times == 2
    client.force_login(accounts.official("32"))
    assert row.sha256 not in client.get(mine).text
    assert client.get(file).status_code == 404
    for who in (house.reviewer, house.filer, house.operator):
        client.force_login(who)
        assert client.get(mine).status_code == 403
        assert client.get(file).status_code == 404
    MonthArchive.objects.get().file.storage.delete(row.file.name)
    client.force_login(house.official)
    assert client.get(file).status_code == 404


def test_altered_or_lost_archive_is_found(house, contract):
    Filing.objects.update(submitted_at=NOW)
    monthly.make_missing(at=APRIL)
    assert monthly.problems() == []
    row = MonthArchive.objects.get()
    MonthArchive.objects.update(sha256="0" * 64)
    assert "altered" in monthly.problems()[0]
    row.file.storage.delete(row.file.name)
    assert "gone" in monthly.problems()[0]


def test_second_worker_keeps_no_second_file(house, contract):
    Filing.objects.update(submitted_at=NOW)
    days = (datetime.date(2020, 3, 1), datetime.date(2020, 3, 31))
    assert monthly._make("33", *days, APRIL)
    assert not monthly._make("33", *days, APRIL)
    row = MonthArchive.objects.get()
    assert row.file.storage.exists(row.file.name)
    assert tasks.make_archives() == 0
