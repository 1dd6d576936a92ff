"""Ways to fill in less: a workbook, a department's own list, an earlier contract, the register.

And what keeps the work safe: two windows on one draft, and going on where one left off.
"""

import io
import re

import pytest
from openpyxl import Workbook, load_workbook

from contracts.forms.sheet.workbook import SAMPLE

pytestmark = pytest.mark.journey
STORY = {}
HEADS = [
    "序号", "项目名称", "合作单位", "所属区划", "单位性质", "合同金额", "签订日期", "有效期至",
    "技术领域", "合同类别", "经办人",
]  # fmt: skip
ROW = ["杭州朗途生物医药有限公司", "杭州市", "国有企业", "12万", "2020.2.3", "2021年2月2日",
       "现代交通", "技术服务", "李敏"]  # fmt: skip


def save(book, path):
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path


def own_list(path, *names):
    """A department's own list, with a title and a sum that are no rows."""
    book = Workbook()
    book.active.append(["2020年技术合同汇总表"])
    book.active.append(HEADS)
    for number, name in enumerate(names, start=1):
        book.active.append([number, name, *ROW])
    book.active.append(["合计", *[None] * 10])
    return save(book, path)


def filled(template, path):
    """The workbook as a person fills it: the example twice, then two slips."""
    book = load_workbook(template)
    sheet, example = book.worksheets[0], book["填写示例"]
    line = [cell.value for cell in example[2]]
    places = dict(zip((str(cell.value) for cell in example[1]), range(len(line)), strict=True))
    for number in range(4):
        row = list(line)
        row[places["项目名称"]] = f"{SAMPLE['project_name']}（{number + 1}）"
        if number == 2:
            row[places["合同成交总金额"]] = "面议"
        if number == 3:
            row[places["有效期止"]] = "2020年2月30日"
        for place, value in enumerate(row, start=1):
            sheet.cell(number + 2, place, value)
    return save(book, path)


def send(page, file):
    """Choose a table, say that nothing in it is classified, send it."""
    page.set_input_files("[name=file]", file)
    page.check("[name=unclassified]")
    page.click("main form button.button--main")
    page.wait_for_load_state()


def test_1_workbook_is_filled_in_mended_and_taken(person, tmp_path):
    someone = person("enterprise")
    page = someone.page
    someone.go("/contracts/imports/")
    someone.look("imports")
    with page.expect_download() as download:
        page.click("a[href$='/imports/template/']")
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)
    send(page, filled(template, tmp_path / "技术合同.xlsx"))
    assert re.search(r"/imports/\d+/$", page.url), page.inner_text("main")
    text = page.inner_text("main")
    assert "2行可以" in text
    assert "2行需要修改" in text
    someone.look("import-report")
    page.fill("article:has-text('（3）') [name=cell-total_yuan]", "120万")
    page.click("article:has-text('（3）') button[value=mend]")
    page.wait_for_load_state()
    page.click("article:has-text('（4）') button[value=skip]")
    page.wait_for_load_state()
    assert "3行可以" in page.inner_text("main")
    if page.locator("#confirmed").count():
        page.check("#confirmed")
    someone.look("import-mended")
    page.click("button[name=mode][value=good]")
    page.wait_for_load_state()
    assert "3行已" in page.inner_text("main")
    someone.go("/desk/?stage=draft")
    assert page.locator(f"h2:has-text('{SAMPLE['project_name']}（')").count() == 3


def test_2_list_of_a_department_is_understood_once_and_remembered(person, tmp_path):
    someone = person("enterprise")
    page = someone.page
    someone.go("/contracts/imports/")
    send(page, own_list(tmp_path / "汇总表.xlsx", "客流预测服务", "信号优化服务"))
    assert page.url.endswith("/columns/")
    someone.look("import-columns")
    page.click("main form button.button--main")
    page.wait_for_load_state()
    someone.look("import-readings")
    page.click("button[name=mode][value=good]")
    page.wait_for_load_state()
    assert page.locator("[role=alert]").count(), "readings have to be confirmed first"
    page.check("#confirmed")
    page.click("button[name=mode][value=good]")
    page.wait_for_load_state()
    someone.go("/contracts/imports/")
    send(page, own_list(tmp_path / "又一张.xlsx", "站台疏导服务"))
    assert re.search(r"/imports/\d+/$", page.url), "the columns are known now"


def test_3_new_contract_from_an_earlier_one_with_its_buyer_found(person, portal):
    STORY["earlier"] = portal.contracts(("recognised", {"project_name": "去年的合同"}))[0]
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['earlier']}/")
    page.click("a[href$='/copy/']")
    page.wait_for_load_state()
    page.uncheck("[name=parts][value=buyer]")
    someone.look("copy")
    page.click("main form button.button--main")
    page.wait_for_url("**/contract/")
    STORY["draft"] = re.search(r"/contracts/(\d+)/", page.url).group(1)
    assert page.input_value("[name=project_name]") == "去年的合同"
    assert page.input_value("[name=signed_on]") == ""
    someone.go(f"/contracts/{STORY['draft']}/parties/")
    page.fill("#party", "91330106MAE942HR7E")
    page.wait_for_selector("#parties button")
    someone.look("party-found")
    page.click("#parties button")
    page.wait_for_load_state()
    assert page.input_value("[name=buyer_name]") == "杭州朗途生物医药有限公司"
    assert page.input_value("[name=buyer_code]") == "91330106MAE942HR7E"


def test_4_code_is_found_by_pinyin_initials(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['draft']}/technology/")
    box = page.locator(".control:has([name=tech_field]) [data-find]")
    box.type("xdjt")
    left = page.locator("[name=tech_field] option[value]:not([value=''])").all_inner_texts()
    assert any("现代交通" in text for text in left)
    assert len(left) <= 2
    someone.look("code-search")
    box.press("Enter")
    assert page.input_value("[name=tech_field]") == "transport"
    page.wait_for_selector("#saved:has-text('已保存')")


def test_5_two_windows_meet_and_the_work_goes_on_elsewhere(person):
    one, other = person("enterprise"), person("enterprise")
    for window in (one, other):
        window.go(f"/contracts/{STORY['draft']}/contract/")
    other.page.fill("[name=project_name]", "另一窗口的名称")
    other.page.click("button[value=stay]")
    other.page.wait_for_load_state()
    one.page.route("**/autosave/", lambda route: route.abort())
    one.page.fill("[name=project_name]", "本窗口的名称")
    one.page.click("button[value=stay]")
    one.page.wait_for_selector("#conflict")
    text = one.page.inner_text("#conflict")
    assert "另一窗口的名称" in text
    assert one.page.input_value("[name=project_name]") == "本窗口的名称"
    one.look("two-windows")
    one.page.click("button[value=stay]")
    one.page.wait_for_load_state()
    assert one.page.locator("#conflict").count() == 0
    phone = person("enterprise")
    phone.page.set_viewport_size({"width": 390, "height": 844})
    phone.go("/desk/?stage=draft")
    article = phone.page.locator("article:has-text('本窗口的名称')")
    assert "继续填写" in article.inner_text()
    phone.look("drafts-to-go-on-with")
    article.locator("h2 a").click()
    phone.page.wait_for_load_state()
    assert re.search(rf"/contracts/{STORY['draft']}/\w+/$", phone.page.url)
