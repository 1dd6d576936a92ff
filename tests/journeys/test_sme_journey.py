"""An S&T-SME evaluation from the self-check to the number, the proof sheet and the spot check.

One story in chapters, in order, on one running portal: anybody checks an enterprise, it files, the
agency returns the form once and passes it, the province publicises its list, somebody objects, the
objection is not upheld, the list is announced and numbered, the number is proved and checked.
"""

import re

import pytest

pytestmark = pytest.mark.journey
STORY = {}
# Days pass: the period of publicity lies behind us.
PASSED = """
import datetime
from torch_portal.publicity.models import Batch
batch = Batch.objects.get(pk={pk})
fortnight = datetime.timedelta(days=14)
batch.opens_on, batch.ends_on = batch.opens_on - fortnight, batch.ends_on - fortnight
print(Batch.objects.filter(pk={pk}).update(opens_on=batch.opens_on, ends_on=batch.ends_on))
"""
# The demonstration's enterprise stands in the library already: it gives that number up first.
GIVEN_UP = """
import json
from sme_eval import actions
from sme_eval.models import Evaluation
from torch_portal.accounts.models import User
from torch_portal.common import clock
by = User.objects.get(username="enterprise")
found = list(Evaluation.objects.filter(filing__state="entered", enterprise__memberships__user=by))
for one in found:
    actions.resign(evaluation=one, by=by, at=clock.now(), note="重新评价")
print(json.dumps(len(found)))
"""
CARRIED = """
import json, time
from torch_portal.publicity.models import Batch
for _second in range(60):
    batch = Batch.objects.get(pk={pk})
    if not batch.step:
        break
    time.sleep(1)
print(json.dumps([batch.state, batch.done, batch.left_out]))
"""


def test_1_anybody_checks_without_an_account(person):
    visitor = person()
    page = visitor.page
    visitor.go("/sme/")
    visitor.look("sme-guide")
    visitor.go("/assess/sme/")
    figures = {
        "staff_total": "50", "staff_st": "12.49", "revenue": "5,000", "cost_total": "4000",
        "assets_total": "3000", "rd_cost": "299.99", "ip_class1": "1", "ip_class2": "0",
    }  # fmt: skip
    for name, value in figures.items():
        page.fill(f"[name={name}]", value)
    page.wait_for_selector("#answer .score strong:has-text('82')")
    visitor.look("sme-self-check")


def test_2_enterprise_files(person, portal, contract_files):
    assert portal.shell(GIVEN_UP) == 1
    someone = person("enterprise")
    page = someone.page
    someone.go("/sme/start/")
    someone.look("sme-start")
    page.locator("main form button").first.click()
    page.wait_for_url("**/enterprise/")
    STORY["pk"] = re.search(r"/sme/(\d+)/", page.url).group(1)
    fill_enterprise(page)
    someone.look("sme-enterprise")
    page.click("button[value=next]")
    page.wait_for_url("**/staff/")
    fill_staff(page, someone)
    page.wait_for_url("**/money/")
    fill_money(page)
    someone.look("sme-money")
    page.click("button[value=next]")
    page.wait_for_url("**/results/")
    fill_results(page)
    someone.look("sme-results")
    page.click("button[value=next]")
    page.wait_for_url("**/routes/")
    someone.look("sme-routes")
    page.click("button[value=next]")
    page.wait_for_url("**/files/")
    someone.go(f"/sme/{STORY['pk']}/review/")
    assert "请上传" in page.inner_text("main")
    someone.look("sme-review-with-obstacles")
    someone.go(f"/sme/{STORY['pk']}/files/")
    for kind in ("licence", "commitment", "first_page"):
        page.set_input_files(f"#file-{kind}", contract_files["scan"])
        page.wait_for_selector(f"#field-{kind} >> text=合同扫描件.pdf")
    someone.look("sme-files")
    submit(page, someone)
    STORY["filing"] = re.search(r"KX2020330106\d{10}", page.inner_text("main")).group()
    someone.look("sme-status-submitted")


def fill_enterprise(page):
    """The first page."""
    page.fill("[name=established_on]", "2016-05-20")
    page.fill("[name=registration_type]", "有限责任公司")
    page.fill("[name=industry]", "C4030 导航、测绘、气象及海洋专用仪器制造")
    page.fill("[name=business_scope]", "红外测温设备的研发、生产与销售")
    for name, answer in (
        ("restricted_industry", "no"),
        ("audited_tax", "yes"),
        ("misconduct", "no"),
        ("abnormal_list", "no"),
        ("serious_dishonesty", "no"),
    ):
        page.check(f"[name={name}][value={answer}]")


def fill_staff(page, someone):
    """The averages are worked out from the quarters; then the titles."""
    page.click("a[href$='/average/']")
    page.wait_for_url("**/average/")
    counts = {"total": (48, 50, 50, 51, 52), "st": (14, 15, 15, 16, 16)}
    for column, listed in counts.items():
        for n, count in enumerate(listed):
            page.fill(f"[name={column}_{n}]", str(count))
    someone.look("sme-average")
    page.locator("main form button").first.click()
    page.wait_for_url("**/staff/")
    assert page.input_value("[name=staff_total]") == "50.25"
    page.fill("[name=senior_titles]", "3")
    page.fill("[name=middle_titles]", "8")
    someone.look("sme-staff")
    page.click("button[value=next]")


def fill_money(page):
    """Figures and two projects; the score follows while one types."""
    figures = {
        "revenue": "5000", "cost_total": "4,000.00", "assets_total": "３０００", "rd_cost": "300",
    }  # fmt: skip
    for name, value in figures.items():
        page.fill(f"[name={name}]", value)
    page.check("[name=rd_basis][value=revenue]")
    page.check("[name=rd_ledger][value=yes]")
    page.wait_for_selector("#score:has-text('50 / 50')")
    page.fill("[name=lines-0-name]", "非接触红外测温算法")
    page.select_option("[name=lines-0-form]", "self")
    page.fill("[name=lines-0-cost]", "180")
    page.click("[data-add-row]")
    page.fill("[name=lines-1-name]", "热成像筛查终端")
    page.select_option("[name=lines-1-form]", "joint")
    page.fill("[name=lines-1-cost]", "120")


def fill_results(page):
    """Products and one right of class I."""
    page.fill("[name=main_products]", "红外测温仪、热成像筛查系统")
    page.select_option("[name=tech_field]", "electronics")
    page.fill("[name=lines-0-name]", "一种红外测温校准方法")
    page.select_option("[name=lines-0-kind]", "invention_patent")
    page.fill("[name=lines-0-number]", "ZL201810000001.1")
    page.fill("[name=lines-0-granted_on]", "2019-06-04")
    page.fill("[name=lines-0-expires_on]", "2038-06-03")
    page.select_option("[name=lines-0-gained]", "own")
    page.fill("[name=lines-0-product]", "红外测温仪")


def submit(page, someone):
    """From the check to the status page."""
    someone.go(f"/sme/{STORY['pk']}/review/")
    someone.look("sme-review")
    page.locator("form[action$='/submit/'] button").first.click()
    page.wait_for_url(f"**/sme/{STORY['pk']}/")


def at_the_desk(someone):
    """The page of the evaluation at the review desk."""
    someone.go(f"/admin/sme_eval/evaluation/{STORY['pk']}/change/")
    return someone.page


def move(page, name):
    """Press the button of a move, and once more where it has a page of its own."""
    page.locator(
        f".bar form[action*='/move/{name}/'] button, .bar a[href*='/move/{name}/']"
    ).click()
    page.wait_for_load_state()


def confirm(page):
    page.locator(".acts button").first.click()
    page.wait_for_url(lambda url: "/move/" not in url)


def test_3_agency_returns_it_once_and_passes_it(person, contract_files):
    examiner = person("examiner")
    examiner.go("/admin/sme_eval/evaluation/")
    examiner.look("sme-queue")
    page = at_the_desk(examiner)
    examiner.look("sme-form-at-the-desk")
    move(page, "return_for_correction")
    page.locator("textarea[name$=remedy]").first.fill("首页缺少法定代表人签字，请补签后重新上传。")
    page.locator("select[name$=field]").first.select_option("attachments")
    examiner.look("sme-return")
    confirm(page)
    someone = person("enterprise")
    someone.go(f"/sme/{STORY['pk']}/")
    someone.look("sme-status-to-correct")
    someone.page.click(".status .button--main")
    someone.page.wait_for_url("**/files/")
    someone.page.set_input_files("#file-first_page", contract_files["text"])
    someone.page.wait_for_selector("#field-first_page >> text=合同文本.pdf")
    submit(someone.page, someone)
    page = at_the_desk(examiner)
    move(page, "pass_form")
    if "/move/" in page.url:
        confirm(page)
    page = at_the_desk(examiner)
    assert "已通过形式审查" in page.inner_text("main")


def carried(portal):
    """The list after the worker is through with it: its state, how many were done and left out."""
    return portal.shell(CARRIED.format(pk=STORY["list"]))


def test_4_province_publicises_its_list(person, portal):
    official = person("official")
    page = official.page
    official.go("/admin/publicity/batch/")
    official.look("sme-lists-of-the-desk")
    page.click("a[href='/admin/publicity/batch/add/']")
    page.select_option("[name=line]", "sme_eval")
    page.fill("[name=contact]", "浙江省科学技术厅 0571-80000000")
    official.look("sme-open-a-list")
    page.locator(".acts button").first.click()
    page.wait_for_url("**/change/**")
    STORY["list"] = re.search(r"/batch/(\d+)/", page.url).group(1)
    page.locator("form[action*='/act/take_in/'] button").click()
    page.wait_for_load_state()
    carried(portal)
    official.go(f"/admin/publicity/batch/{STORY['list']}/change/")
    assert "杭州知微" in page.inner_text("main")
    official.look("sme-list-in-preparation")
    form = page.locator("form[action*='/act/publicise/']")
    form.locator("[name=opens_on]").fill("2020-03-02")
    if form.locator("[name=sure]").count():
        form.locator("[name=sure]").check()
    form.locator("button").click()
    page.wait_for_load_state()
    state, done, left_out = carried(portal)
    assert (state, left_out) == ("open", 0)
    assert done >= 1
    official.go(f"/admin/publicity/batch/{STORY['list']}/change/")
    assert "2020-03-13" in page.inner_text("main")
    official.look("sme-list-open")


def test_5_somebody_objects_without_an_account(person, contract_files):
    visitor = person()
    page = visitor.page
    visitor.go("/publicity/")
    visitor.look("publicity")
    visitor.go(f"/publicity/{STORY['list']}/")
    visitor.look("publicity-list")
    page.fill("[name=q]", "杭州知微")
    page.press("[name=q]", "Enter")
    page.wait_for_load_state()
    page.locator("a[href*='/object/?entry=']").first.click()
    page.wait_for_url("**/object/**")
    page.locator("main form button.button--main").click()
    page.wait_for_load_state()
    visitor.look("publicity-object-incomplete")
    page.fill("[name=name]", "周明远")
    page.fill("[name=mobile]", "13800138000")
    page.fill("[name=text]", "该企业填报的科技人员数与其社保参保人数不符，请核实。")
    page.set_input_files("[name=evidence]", contract_files["photo"])
    page.locator("main form button.button--main").click()
    page.wait_for_load_state()
    STORY["objection"] = re.search(r"YY\d{12}", page.inner_text("main")).group()
    visitor.look("publicity-objection-received")


def test_6_objection_is_not_upheld_and_the_list_is_announced(person, portal):
    official = person("official")
    page = official.page
    official.go("/admin/publicity/objection/")
    page.click(f"a:has-text('{STORY['objection']}')")
    page.wait_for_url("**/change/**")
    official.look("objection-at-the-desk")
    page.fill("[name=note]", "经核查社保清单与信息表一致，异议不成立。")
    page.click(".acts .button--main")
    page.wait_for_load_state()
    assert portal.shell(PASSED.format(pk=STORY["list"])) == 1
    official.go(f"/admin/publicity/batch/{STORY['list']}/change/")
    form = page.locator("form[action*='/act/announce/']")
    if form.locator("[name=sure]").count():
        form.locator("[name=sure]").check()
    form.locator("button").click()
    page.wait_for_load_state()
    state, done, left_out = carried(portal)
    assert (state, left_out) == ("announced", 0)
    assert done >= 1


def test_7_enterprise_has_its_number_and_proves_it(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/sme/{STORY['pk']}/")
    STORY["number"] = re.search(r"\b2020330106[0AB]0\d{6}\b", page.inner_text("main")).group()
    someone.look("sme-status-entered")
    page.click("form[action$='/proof/'] button")
    page.wait_for_selector("a[href$='/certificate/']", timeout=90_000)
    someone.look("sme-proof-ready")
    with page.expect_download() as download:
        page.click("a[href$='/certificate/']")
    assert download.value.suggested_filename == f"{STORY['number']}.pdf"
    verify = page.get_attribute("a[href*='/verify/']:not([href$='/verify/'])", "href")
    visitor = person()
    visitor.go(verify)
    visitor.page.wait_for_selector(f"main >> text={STORY['number']}")
    visitor.look("sme-proof-verified")


def test_8_enterprise_reports_a_change_and_the_agency_confirms(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/sme/{STORY['pk']}/change/")
    page.fill("[name=changed_on]", "2020-03-01")
    page.fill("[name=address]", "杭州市西湖区文一西路 100 号")
    page.fill("[name=reason]", "搬迁至新址")
    someone.look("sme-change")
    page.locator("main form button").first.click()
    page.wait_for_url(f"**/sme/{STORY['pk']}/")
    examiner = person("examiner")
    examiner.go("/admin/sme_eval/change/")
    examiner.look("sme-changes")
