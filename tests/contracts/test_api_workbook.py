"""Many drafts in one workbook: understood like our template, strict like JSON, row by row."""

import datetime
import io

import openpyxl
import pytest

from contracts.forms.sheet import template_workbook
from contracts.models import Contract
from tests.contracts.api_calls import BODY, LIST, PROBLEM, client, faults
from tests.contracts.test_api_bulk import BULK, named
from tests.contracts.test_api_bulk import send as send_lines
from torch_portal.filings.models import Filing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = (
    "项目名称",
    "合同类别",
    "签订日期",
    "买方",
    "买方性质",
    "合同成交总金额（万元）",
    "技术领域",
)
ROW = (
    "批量合同1",
    "技术开发",
    datetime.date(2020, 2, 26),
    "杭州朗途",
    "内资企业",
    523.5,
    "电子信息技术",
)


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(api, content, mode="each"):
    return api.generic("POST", f"{BULK}?mode={mode}", content, content_type=XLSX)


def rows_of(answer):
    return [(r["line"], r["status"]) for r in answer.json()["rows"]]


def test_rows_under_the_heads_of_the_template(house):
    answer = send(client(house.filer), workbook(HEADS, ROW))
    assert (answer.status_code, rows_of(answer)) == (200, [(2, 201)])
    made = Contract.objects.get()
    assert (made.project_name, made.kind, made.tech_field) == (
        "批量合同1", "development", "electronics",
    )  # fmt: skip
    assert (f"{made.total_yuan}", made.signed_on) == ("5235000.00", ROW[2])
    assert (made.seller_code, made.buyer_nature) == (house.firm.credit_code, "100")


def test_row_means_what_its_json_means(house):
    names = [n for n in BODY if n != "deductions"]
    costs = {"cost_equipment": "1307500.00", "cost_raw_material": "261500.00"}
    heads = [*names, "其中：设备", "其中：原材料"]
    cells = [str(BODY[n]).lower() if isinstance(BODY[n], bool) else BODY[n] for n in names]
    send(client(house.filer), workbook(heads, [*cells, *costs.values()]))
    send_lines(client(house.filer), [BODY])
    ours, theirs = Contract.objects.order_by("pk")
    for field in Contract._meta.concrete_fields:
        if field.name not in ("filing", "saved_at", "typed"):
            assert getattr(ours, field.name) == getattr(theirs, field.name), field.name
    amounts = [list(c.deductions.order_by("kind").values_list("kind", "amount_yuan"))
               for c in (ours, theirs)]  # fmt: skip
    assert amounts[0] == amounts[1] != []


def test_titles_totals_and_serial_numbers_are_left_out_and_told(house):
    content = workbook(
        ("二〇二〇年技术合同清单",),
        ("序号", *HEADS),
        (1, *ROW),
        (2, "批量合同2", *ROW[1:]),
        ("合计", None, None, None, None, None, 1047),
    )
    answer = send(client(house.filer), content)
    assert (rows_of(answer), answer.json()["left_out"]) == ([(3, 201), (4, 201)], [1, 5])


def test_what_is_wrong_is_told_by_row_and_entry(house):
    bad = ("批量合同2", "诗歌", "去年", "杭州朗途", "内资企业", "十二", "电子信息技术")
    answer = send(client(house.filer), workbook(HEADS, ROW, bad))
    assert rows_of(answer) == [(2, 201), (3, 400)]
    wrong = answer.json()["rows"][1]["errors"]
    assert {e["field"] for e in wrong} == {"kind", "signed_on", "total_yuan"}
    assert Contract.objects.count() == 1


def test_word_that_only_resembles_one_is_refused_with_the_one(house):
    near = ("批量合同2", "技术开发", ROW[2], "杭州朗途", "有限公司", 1, "电子信息")
    answer = send(client(house.filer), workbook(HEADS, near))
    assert rows_of(answer) == [(2, 400)]
    told = {e["field"]: e["message"] for e in answer.json()["rows"][0]["errors"]}
    assert set(told) == {"buyer_nature", "tech_field"}
    assert "电子信息技术" in told["tech_field"]


def test_unknown_head_is_refused_by_its_name(house):
    answer = send(client(house.filer), workbook((*HEADS, "颜色"), (*ROW, "红")))
    assert rows_of(answer) == [(2, 400)]
    assert answer.json()["rows"][0]["errors"][0]["field"] == "颜色"
    assert rows_of(send(client(house.filer), workbook((*HEADS, "颜色"), ROW))) == [(2, 201)]


def test_all_or_none(house):
    bad = ("批量合同2", "诗歌", *ROW[2:])
    answer = send(client(house.filer), workbook(HEADS, ROW, bad), mode="all")
    assert rows_of(answer) == [(2, 424), (3, 400)]
    assert not Filing.objects.exists()
    answer = send(client(house.filer), workbook(HEADS, ROW, ("批量合同2", *ROW[1:])), mode="all")
    assert answer.json()["kept"] == 2


def test_key_is_the_same_in_a_workbook_sent_again(house):
    api = client(house.filer)
    first = send(api, workbook((*HEADS, "key"), (*ROW, "a"))).json()
    again = send(api, workbook((*HEADS, "key"), (*ROW, "a"), ("批量合同2", *ROW[1:], "b"))).json()
    assert [r["status"] for r in again["rows"]] == [200, 201]
    assert again["rows"][0]["id"] == first["rows"][0]["id"]
    other = send(api, workbook((*HEADS, "key"), ("别的", *ROW[1:], "a"))).json()
    assert [r["status"] for r in other["rows"]] == [409]
    assert Contract.objects.count() == 2


def test_key_of_a_row_and_of_its_json_is_one(house):
    api = client(house.filer)
    send(api, workbook(("project_name", "total_yuan", "key"), ("批量合同1", "12.50", "a")))
    told = send_lines(
        api, [{"project_name": "批量合同1", "total_yuan": "12.50", "key": "a"}]
    ).json()
    assert [r["status"] for r in told["rows"]] == [200]


def test_submission_is_asked_for_in_words(house):
    rows = workbook((*HEADS, "submit"), (*ROW, "是"), (*ROW, "也许"), (*ROW, "否"))
    answer = send(client(house.filer), rows)
    assert [s for _n, s in rows_of(answer)] == [422, 400, 201]
    assert answer.json()["rows"][1]["errors"][0]["field"] == "submit"


def test_our_own_empty_template_holds_no_rows(house):
    answer = send(client(house.filer), template_workbook())
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 400), (b"PK\x03\x04broken", 422), (b"\x00\x01", 422), (workbook(("x",)), 400)],
)
def test_file_that_is_no_table(house, content, status):
    answer = send(client(house.filer), content)
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    if status == 422:
        assert faults(answer)["file"]["code"] == "bad_upload"


def test_too_many_rows(house):
    answer = send(client(house.filer), workbook(HEADS, *[ROW] * 1001))
    assert answer.status_code == 413
    assert not Filing.objects.exists()


@pytest.mark.parametrize("person", ["reader", "reviewer"])
def test_who_may_not_file_is_refused(house, person):
    answer = send(client(getattr(house, person)), workbook(HEADS, ROW))
    assert rows_of(answer) == [(2, 403)]


def test_schema_names_both_forms(house):
    schema = client(house.filer).get("/api/v1/schema/?format=json").json()
    known = schema["paths"][f"{LIST}bulk/"]["post"]["requestBody"]["content"]
    assert set(known) == {"application/x-ndjson", XLSX}


def test_lines_of_json_leave_nothing_out(house):
    assert send_lines(client(house.filer), [named(1)]).json()["left_out"] == []
