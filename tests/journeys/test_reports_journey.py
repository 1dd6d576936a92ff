"""The official's way: a filtered list taken out, the statutory tables of a month, the figures."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

pytestmark = pytest.mark.journey
LIST = "/admin/contracts/contract/"
FEBRUARY = "/reports/tables/?place=33&since=2020-02-01&until=2020-02-29"
BIG = Decimal(480_000)
RECOUNT = """
from tests.journeys import bring
from torch_portal.reports.tables import tally
tally.recount(at=bring.NOON)
"""
CUT = """
from contracts.models import Contract
Contract.objects.filter(project_name="二月登记之一").update(total_yuan=400000)
"""
MONTH = """
from tests.journeys import bring
from torch_portal.reports.exports import monthly
monthly.make_missing(at=bring.NOON)
"""


@pytest.fixture(scope="module", autouse=True)
def brought(portal):
    """Two registered in February, one that waits."""
    small = {"total_yuan": BIG, "costs": [], "days_ago": 12, "signed_on": date(2020, 2, 10)}
    portal.contracts(
        ("recognised", {"project_name": "二月登记之一", **small}),
        ("recognised", {"project_name": "二月登记之二", **small}),
        ("submitted", {"project_name": "待受理的一件", "signed_on": date(2020, 2, 21)}),
    )


def taken(page, number):
    """The file of an export once it is ready: the page asks by itself."""
    row = page.locator(f"#export-{number}")
    row.locator("a:has-text('下载')").wait_for(timeout=120_000)
    with page.expect_download() as started:
        row.locator("a:has-text('下载')").click()
    return started.value.path().read_bytes()


def ask(page, file_format):
    """Choose a format and export; the number of the export."""
    page.check(f"[name=file_format][value={file_format}]")
    page.click("button:has-text('导出')")
    page.wait_for_url("**/reports/exports/#export-*")
    return page.url.partition("#export-")[2]


def test_1_filtered_list_is_taken_out_and_opened(person):
    someone = person("official")
    page = someone.page
    someone.go(f"{LIST}?queue=all&kind=development&q=二月登记")
    assert page.locator("tbody tr").count() == 2
    page.click(".said__export")
    page.wait_for_url("**/exports/new/contracts/**")
    assert "技术开发" in page.inner_text(".head")
    someone.look("export-choose")
    number = ask(page, "xlsx")
    someone.look("export-progress")
    book = openpyxl.load_workbook(io.BytesIO(taken(page, number)))
    heads, *rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert {row[heads.index("项目名称")] for row in rows} == {"二月登记之一", "二月登记之二"}
    someone.look("export-ready")


def test_2_archive_holds_the_documents(person):
    someone = person("official")
    page = someone.page
    someone.go("/reports/exports/new/contracts/?queue=all&q=二月登记之一")
    raw = taken(page, ask(page, "zip"))
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
        paper = next(n for n in names if n.endswith(".pdf") and "/0" not in n)
        assert packed.read(paper)[:5] == b"%PDF-"
    assert names[0] == "清单.xlsx"
    assert any("合同" in n and "/01 " in n for n in names)


def test_3_paper_ledger_is_taken_out_as_csv(person):
    someone = person("official")
    page = someone.page
    someone.go("/admin/papers/paper/")
    page.click("a:has-text('导出')")
    page.wait_for_url("**/exports/new/papers/**")
    assert page.locator("[value=zip]").count() == 0
    text = taken(page, ask(page, "csv")).decode("utf-8-sig")
    heads, *rows = list(csv.reader(io.StringIO(text)))
    assert "办件编号" in heads
    assert len(rows) >= 2


def test_4_table_of_a_month_is_frozen_and_corrected(person):
    someone = person("official")
    page = someone.page
    someone.go(FEBRUARY)
    someone.look("tables-live")
    page.click("button:has-text('封存本期数据')")
    page.wait_for_load_state()
    assert "第1版" in page.inner_text("main").replace(" ", "")
    someone.portal.manage("shell", "-v0", "-c", CUT)
    page.reload()
    someone.look("tables-changed")
    page.fill("#reason", "一份合同核减")
    page.click("button:has-text('封存更正版本')")
    page.wait_for_load_state()
    assert "第2版" in page.inner_text("main").replace(" ", "")
    assert "一份合同核减" in page.inner_text("main")
    someone.look("tables-corrected")
    with page.expect_download() as started:
        page.click("a:text-is('PDF')")
    assert started.value.path().read_bytes()[:5] == b"%PDF-"


def test_5_figures_lead_to_the_list(person):
    someone = person("official")
    page = someone.page
    done = someone.portal.manage("shell", "-v0", "-c", RECOUNT)
    assert done.returncode == 0, done.stderr
    someone.go("/reports/")
    someone.look("dashboard")
    count = page.locator(".sums .sheet").nth(1).locator("strong").inner_text()
    page.locator(".sums a").nth(1).click()
    page.wait_for_url(f"**{LIST}**")
    assert page.locator("tbody tr").count() == int(count) >= 2


def test_6_regular_reports_and_archives(person):
    someone = person("official")
    page = someone.page
    someone.go("/reports/regular/")
    page.check("[name=weekly]")
    someone.look("regular-reports")
    page.click("button:has-text('保存')")
    page.wait_for_load_state()
    assert page.is_checked("[name=weekly]")
    done = someone.portal.manage("shell", "-v0", "-c", MONTH)
    assert done.returncode == 0, done.stderr
    someone.go("/reports/archives/")
    assert "2020-02" in page.inner_text("main")
    someone.look("archives")


def test_7_reviewer_sees_the_day_and_gives_work_away(person):
    someone = person("examiner")
    page = someone.page
    someone.go("/admin/desk/batch/workload/")
    someone.look("reviewers-day")
    page.click("button[name=filter]:has-text('全部在办')")
    page.wait_for_url("**/batch/*/change/")
    someone.look("give-away-plan")
