"""Many contracts from a spreadsheet: sent, mapped, mended, taken; nothing half, nothing twice."""

import contextlib
import datetime
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from contracts import actions
from contracts.forms import sheet
from contracts.models import Contract
from tests.factories.contracts import AT, draft
from tests.torch_portal.filings.clamd import VIRUS, Clamd
from torch_portal.filings import imports
from torch_portal.filings.models import ImportHabit, ImportRun

HEADS = [
    "序号", "项目名称", "合作单位", "所属区划", "单位性质", "合同金额（万元）", "签订日期",
    "有效期至", "技术领域", "合同类别", "联系电话", "经办人",
]  # fmt: skip
GOOD = ["甲公司", "杭州市", "国有企业", 12.5, "2020.2.3", "2021年2月2日", "现代交通", "技术服务"]


@pytest.fixture(autouse=True)
def in_march_2020(settings):
    """The portal lives on 2020-03-02."""
    settings.PORTAL_CLOCK_OFFSET = AT - datetime.datetime.now(datetime.UTC)


@pytest.fixture
def web(client, house):
    client.force_login(house.filer)
    return client


def workbook(rows, heads=HEADS, title="2020年技术合同登记汇总表"):
    """A department's own list as an uploaded file."""
    book = Workbook()
    if title:
        book.active.append([title])
    book.active.append(heads)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return upload(out.getvalue())


def upload(content, name="list.xlsx"):
    return SimpleUploadedFile(name, content)


def row(n, **changes):
    """One row of the list; changes by head."""
    cells = dict(zip(HEADS, [n, f"项目{n}", *GOOD, "13012345678", "李敏"], strict=True))
    cells["合同金额（万元）"] = 12.5 + n
    return list((cells | changes).values())


def send(web, house, file, **changes):
    """Send a table as the page does."""
    data = {"enterprise": house.firm.pk, "unclassified": "on", "file": file}
    return web.post(reverse("contracts:imports"), data | changes)


def mapped(web, house, file):
    """A run whose columns are taken as suggested."""
    send(web, house, file)
    run = ImportRun.objects.latest("pk")
    page = web.get(reverse("contracts:import_columns", args=[run.pk]))
    answers = {f"field-{r['place']}": r["field"] for r in page.context["rows"]}
    answers |= {f"unit-{r['place']}": r["unit"] for r in page.context["rows"]}
    answer = web.post(reverse("contracts:import_columns", args=[run.pk]), answers)
    assert answer.status_code == 302, answer.context["errors"]
    run.refresh_from_db()
    return run


def take(web, run, mode="good", **more):
    data = {"mode": mode, "confirmed": "yes"} | more
    return web.post(reverse("contracts:import_take", args=[run.pk]), data)


def report(web, run, query=""):
    return web.get(reverse("contracts:import_run", args=[run.pk]) + query)


def mend(web, run, number, **cells):
    found = run.rows.get(number=number)
    data = {f"cell-{name}": value for name, value in cells.items()} | {"act": "mend"}
    return web.post(reverse("contracts:import_row", args=[run.pk, found.pk]), data)


def test_classified_contracts_are_not_even_read(web, house):
    answer = send(web, house, workbook([row(1)]), unclassified="")
    assert "unclassified" in answer.context["form"].errors
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("content", [b"%PDF-1.4", b"PK\x03\x04zip", b""])
def test_file_that_is_no_table_is_refused_with_words(web, house, content):
    answer = send(web, house, upload(content))
    assert answer.context["form"].errors["file"]
    assert not ImportRun.objects.exists()


def test_list_of_a_department_is_understood(web, house):
    run = mapped(web, house, workbook([row(1), ["合计", *[None] * 11]]))
    assert run.left_out == [[1, "2020年技术合同登记汇总表"], [4, "合计"]]
    take(web, run)
    contract = Contract.objects.get()
    assert contract.project_name == "项目1"
    assert contract.total_yuan == Decimal("135000.00")
    assert contract.technical_yuan == Decimal("135000.00")
    assert contract.signed_on == datetime.date(2020, 2, 3)
    assert contract.ends_on == datetime.date(2021, 2, 2)
    assert (contract.kind, contract.subkind) == ("service", "")
    assert contract.buyer_nature == "100"
    assert contract.buyer_division == "330100"
    assert contract.tech_field == "transport"
    assert contract.seller_code == house.firm.credit_code
    assert contract.filing.events.get().move == "start"


def test_columns_are_asked_once_and_remembered(web, house):
    mapped(web, house, workbook([row(1)]))
    answer = send(web, house, workbook([row(2)]))
    run = ImportRun.objects.latest("pk")
    assert answer.url == reverse("contracts:import_run", args=[run.pk])
    assert run.columns["5"] == {"field": "total_yuan", "unit": 10_000}


def test_columns_taken_twice_or_without_a_name_are_refused(web, house):
    send(web, house, workbook([row(1)]))
    run = ImportRun.objects.get()
    page = reverse("contracts:import_columns", args=[run.pk])
    answer = web.post(page, {"field-2": "buyer_name", "field-11": "buyer_name"})
    assert len(answer.context["errors"]) == 2
    run.refresh_from_db()
    assert run.columns == {}


def test_readings_are_confirmed_before_anything_is_taken(web, house):
    run = mapped(web, house, workbook([row(1)]))
    answer = take(web, run, confirmed="")
    assert answer.context["errors"]
    assert not Contract.objects.exists()
    shown = answer.context["readings"]
    assert [(w["typed"], w["code"]) for w in shown["words"]] == [("国有企业", "100")]
    assert {r.typed for r in shown["plain"]} >= {"2020.2.3", "2021年2月2日"}


def five_hundred():
    """500 rows, three of which cannot be taken."""
    bad = {
        7: {"合同金额（万元）": "面议"},
        99: {"有效期至": "2020年2月30日"},
        500: {"合同类别": "随便"},
    }
    return workbook([row(n, **bad.get(n, {})) for n in range(1, 501)])


def test_500_rows_with_3_bad_ones_give_497_drafts(web, house):
    run = mapped(web, house, five_hundred())
    page = report(web, run)
    assert page.context["counts"]["bad"] == 3
    assert [r["number"] for r in page.context["rows"]] == [9, 101, 502]
    assert len(page.content) < 150_000
    take(web, run)
    assert Contract.objects.count() == 497
    take(web, run)
    assert Contract.objects.count() == 497
    assert run.rows.filter(filing__isnull=False).count() == 497


def test_500_rows_with_3_bad_ones_give_none_when_all_are_asked_for(web, house):
    run = mapped(web, house, five_hundred())
    answer = take(web, run, "all")
    assert "3" in answer.context["errors"][0]
    assert not Contract.objects.exists()
    mend(web, run, 9, total_yuan="12万")
    mend(web, run, 101, ends_on="2020-02-29")
    mend(web, run, 502, kind="srv_training")
    take(web, run, "all")
    assert Contract.objects.count() == 500
    assert Contract.objects.get(project_name="项目7").total_yuan == Decimal("120000.00")
    assert Contract.objects.get(project_name="项目500").subkind == "srv_training"


def test_one_row_that_fails_takes_the_others_back(web, house):
    run = mapped(web, house, workbook([row(1), row(2)]))
    rows = list(run.rows.order_by("number"))
    ready = [actions.ReadyRow(r, {"project_name": "x"}) for r in rows]
    run.rows.filter(pk=rows[1].pk).update(mended={"project_name": "y"})
    with pytest.raises(actions.Conflict):
        actions.take_rows(run=run, ready=ready, by=house.filer, at=AT)
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"合同金额（万元）": "-5"}, "total_yuan"),
        ({"签订日期": "昨天"}, "signed_on"),
        ({"有效期至": "2020-01-01"}, "ends_on"),
        ({"合同类别": "买卖"}, "kind"),
        ({"所属区划": "无此地"}, "buyer_division"),
        ({"单位性质": "火星"}, "buyer_nature"),
        ({"项目名称": ""}, "project_name"),
    ],
)
def test_row_that_is_wrong_says_where_and_how(web, house, changes, field):
    run = mapped(web, house, workbook([row(1, **changes)]))
    found = report(web, run).context["rows"][0]
    assert [f["name"] for f in found["findings"] if f["level"] == "block"] == [field]
    assert all(f["message"] and f["label"] for f in found["findings"])
    assert field in [b["name"].removeprefix("cell-") for b in found["boxes"]]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"联系电话": "000000"}, "contact_phone"),
        ({"合同金额（万元）": ""}, "total_yuan"),
        ({"合同金额（万元）": 125000}, "total_yuan"),
        ({"项目名称": "项目2", "合同金额（万元）": 14.5}, "project_name"),
        ({"项目名称": "设备采购"}, "project_name"),
        ({"签订日期": "2020-03-03"}, "signed_on"),
    ],
)
def test_row_that_looks_odd_is_pointed_out_and_can_be_taken(web, house, changes, field):
    run = mapped(web, house, workbook([row(1, **changes), *(row(n) for n in range(2, 7))]))
    found = next(r for r in report(web, run, "?show=all").context["rows"] if r["number"] == 3)
    assert field in [f["name"] for f in found["findings"] if f["level"] == "warn"]
    take(web, run)
    assert Contract.objects.count() == 6


@pytest.mark.parametrize(
    ("typed", "kind", "subkind"),
    [
        ("技术开发（合作）", "development", "dev_c"),
        ("技术开发（委托）", "development", "dev_e"),
        ("技术开发合同", "development", ""),
        ("专利实施许可转让", "transfer", "trf_patent_licence"),
        ("技术服务(培训)", "service", "srv_training"),
        ("技术咨询", "consulting", "con"),
        ("技术转让", "transfer", ""),
    ],
)
def test_old_names_of_kinds_are_suggested(web, house, typed, kind, subkind):
    run = mapped(web, house, workbook([row(1, 合同类别=typed)]))
    take(web, run)
    contract = Contract.objects.get()
    assert (contract.kind, contract.subkind) == (kind, subkind)


def test_licence_of_today_is_no_transfer():
    since = datetime.date(2021, 1, 1)
    signed = datetime.date(2021, 1, 1)
    found = sheet.kind_meaning("专利实施许可转让", {}, signed, since)
    assert found == ("licence", "lic_patent_ordinary", False)
    before = signed - datetime.timedelta(days=1)
    assert sheet.kind_meaning("专利实施许可转让", {}, before, since)[0] == "transfer"


def test_words_of_the_house_are_learnt(web, house):
    run = mapped(web, house, workbook([row(1, 单位性质="国有企业")]))
    words = reverse("contracts:import_words", args=[run.pk])
    web.post(words, {"word-0": "022", "of-word-0": "buyer_nature:国有企业"})
    assert report(web, run).context["readings"]["words"] == []
    take(web, run)
    assert Contract.objects.get().buyer_nature == "022"
    web.post(words, {"word-0": "no such code", "of-word-0": "buyer_nature:国有企业"})
    assert ImportHabit.objects.get().words == {"buyer_nature": {"国有企业": "022"}}


def test_row_left_out_is_not_taken(web, house):
    run = mapped(web, house, workbook([row(1), row(2)]))
    first = run.rows.order_by("number").first()
    page = reverse("contracts:import_row", args=[run.pk, first.pk])
    web.post(page, {"act": "skip"})
    take(web, run)
    assert Contract.objects.get().project_name == "项目2"
    web.post(page, {"act": "unskip"})
    take(web, run)
    assert Contract.objects.count() == 2


def test_taken_row_is_changed_in_its_draft(web, house):
    run = mapped(web, house, workbook([row(1)]))
    take(web, run)
    mend(web, run, 3, project_name="anders")
    assert run.rows.get().mended == {}


def test_same_file_sent_again_goes_on_where_it_was(web, house):
    file = workbook([row(1)])
    send(web, house, file)
    file.seek(0)
    send(web, house, file)
    assert ImportRun.objects.count() == 1


def test_table_put_away_is_gone_for_good(web, house):
    run = mapped(web, house, workbook([row(1)]))
    web.post(reverse("contracts:import_drop", args=[run.pk]))
    assert report(web, run).status_code == 404
    with pytest.raises(imports.Closed):
        imports.mend(row=run.rows.get(), entries={}, line=sheet.LINE, by=house.filer, at=AT)


def test_reader_sees_the_report_but_takes_nothing(client, web, house):
    run = mapped(web, house, workbook([row(1)]))
    client.force_login(house.reader)
    assert report(client, run).context["may_file"] is False
    assert take(client, run).status_code == 403
    assert not Contract.objects.exists()
    client.force_login(house.stranger)
    assert report(client, run).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_template_comes_back_without_questions(web, house, language):
    with translation.override(language):
        book = load_workbook(io.BytesIO(sheet.template_workbook()))
        label = sheet.label_of
        page = book.worksheets[0]
        heads = [cell.value for cell in page[1]]
        example = {h: c.value for h, c in zip(heads, book.worksheets[2][2], strict=True)}
        page.append([example[h] for h in heads])
        assert len(page.data_validations.dataValidation) > 12
        assert book["codes"].sheet_state == "hidden"
        assert label("project_name") in heads
    out = io.BytesIO()
    book.save(out)
    answer = send(web, house, upload(out.getvalue()))
    run = ImportRun.objects.get()
    assert answer.url == reverse("contracts:import_run", args=[run.pk])
    assert report(web, run).context["counts"]["good"] == 1
    take(web, run)
    contract = Contract.objects.get()
    assert (contract.kind, contract.subkind, contract.payment) == (
        "development", "dev_e", "instalments",
    )  # fmt: skip
    assert contract.technical_yuan == Decimal("1000000.00")


def test_drafts_go_out_and_come_back(web, house):
    old = draft(firm=house.firm, by=house.filer)
    content = web.get(reverse("contracts:import_drafts")).content
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}
    page.cell(2, heads["项目名称"]).value = "新名称"
    page.cell(2, heads["计划来源"]).value = None
    out = io.BytesIO()
    book.save(out)
    send(web, house, upload(out.getvalue()))
    run = ImportRun.objects.get()
    counts = report(web, run).context["counts"]
    assert (counts["all"], counts["bad"], counts["good"]) == (1, 0, 1)
    take(web, run)
    assert Contract.objects.count() == 1
    new = Contract.objects.get()
    assert (new.project_name, new.plan_source) == ("新名称", "")
    assert new.saved_version == old.saved_version + 1
    assert [d.amount_yuan for d in new.deductions.order_by("pk")] == [
        d.amount_yuan for d in old.deductions.order_by("pk")
    ]


def test_draft_saved_since_is_not_overwritten(web, house):
    old = draft(firm=house.firm, by=house.filer)
    content = web.get(reverse("contracts:import_drafts")).content
    actions.save_draft(contract=old, values={"project_name": "später"}, by=house.filer, at=AT)
    send(web, house, upload(content))
    run = ImportRun.objects.get()
    found = report(web, run).context["rows"][0]
    assert [f["name"] for f in found["findings"] if f["level"] == "block"] == ["draft"]
    take(web, run)
    old.refresh_from_db()
    assert old.project_name == "später"


def test_words_that_a_spreadsheet_would_run_stay_words(house):
    evil = draft(firm=house.firm, by=house.filer, project_name="=cmd|' /C calc'!A0")
    book = load_workbook(io.BytesIO(sheet.drafts_workbook([evil])))
    cells = [c.value for c in book.worksheets[0][2]]
    assert "'=cmd|' /C calc'!A0" in cells


@pytest.mark.parametrize("count", [1, 3])
def test_report_asks_as_often_for_any_number_of_rows(
    web, house, django_assert_max_num_queries, count
):
    run = mapped(web, house, workbook([row(n) for n in range(1, count + 1)]))
    with django_assert_max_num_queries(16):
        report(web, run)


# --- the scanner ----------------------------------------------------------------------------------


@pytest.fixture
def scanner(settings):
    running = Clamd()
    settings.CLAMD_URL = running.url
    yield running
    with contextlib.suppress(OSError):  # a test may have ended it
        running.end()


def test_table_is_shown_to_the_scanner_before_it_is_read(web, house, scanner):
    answer = send(web, house, upload(VIRUS, "list.csv"))
    assert "Eicar-Signature" in answer.text
    assert not ImportRun.objects.exists()
    clean = workbook([row(1)])
    send(web, house, clean)
    assert ImportRun.objects.count() == 1
    clean.seek(0)
    assert scanner.heard[-1] == clean.read()


def test_table_is_not_taken_while_the_scanner_is_silent(web, house, scanner):
    scanner.end()
    answer = send(web, house, workbook([row(1)]))
    assert "病毒" in answer.text
    assert not ImportRun.objects.exists()
