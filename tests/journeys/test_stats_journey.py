"""A return of the Torch survey: filled with the help of a spreadsheet, reviewed, signed off.

One story in chapters, in order, on one running portal: anybody reads the guide and the frequent
questions; the enterprise pastes figures from a spreadsheet, is warned while it types, asks its
unit, and submits; the unit answers and approves, the city and the province follow, and the
province signs its totals off after the round is closed.
"""

import re

import pytest

pytestmark = pytest.mark.journey
STORY = {}
PASTE = """([name, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.querySelector(`[name="${name}"]`).dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
# The others are decided too: what was sent back comes again, every level approves, the Torch
# Center closes the round and the totals are counted.
DECIDED = """
import json
from stats import actions
from stats.management.demo import VOID, _approve, _submit
from stats.management.story import examiner_of, story_of
from stats.models import Return, Round
from torch_portal.common import clock
at = clock.now()
story = story_of(at)
survey = Round.objects.get(pk={round})
for report in Return.objects.filter(round=survey).select_related("filing", "unit", "city_unit"):
    if report.filing.state == "cancel_requested":
        actions.cancel(report=report, by=examiner_of(report.unit), at=at, note=VOID)
    if report.filing.state == "returned":
        for item in report.filing.corrections.all():
            actions.answer_correction(item=item, answer="已核对无误", by=report.filing.handler)
        _submit(report, at)
        report = Return.objects.select_related("filing", "unit", "city_unit").get(pk=report.pk)
    for act, people in (
        ("approve_local", lambda r: examiner_of(r.unit)),
        ("approve_city", lambda r: examiner_of(r.city_unit) if r.city_unit else None),
        ("approve_province", lambda r: story.province),
    ):
        report = Return.objects.select_related("filing", "unit", "city_unit").get(pk=report.pk)
        by = people(report)
        wanted = {{"approve_local": ["submitted"], "approve_city": ["local_approved"],
                  "approve_province": ["local_approved", "city_approved"]}}[act]
        if by is not None and report.filing.state in wanted:
            getattr(actions, act)(report=report, by=by, at=at)
actions.close_round(survey_round=survey, by=story.torch, at=at)
survey.refresh_from_db()
actions.count_totals(survey_round=survey, at=at)
waiting = Return.objects.filter(round=survey, filing__stage="in_review")
print(json.dumps(list(waiting.values_list("filing__state", flat=True).distinct())))
"""


def number(page, name):
    """The figure in a box."""
    return int(page.input_value(f"[name={name}]").replace(",", ""))


def paste(page, name, rows):
    """Cells as a spreadsheet puts them on the clipboard, into a box."""
    text = "\r\n".join("\t".join(map(str, row)) for row in rows)
    page.evaluate(PASTE, [name, text])


def saved(page):
    page.wait_for_selector("#saved:has-text('已保存')")


def test_1_anybody_reads_guide_and_frequent_questions(person):
    visitor = person()
    visitor.go("/stats/")
    visitor.look("stats-guide")
    visitor.go("/stats/faq/")
    visitor.look("stats-faq")
    visitor.page.fill("[name=q]", "增值税")
    visitor.page.press("[name=q]", "Enter")
    visitor.page.wait_for_load_state()
    visitor.page.click("summary")
    assert "增值税不计入收入" in visitor.page.inner_text("main")


def test_2_enterprise_reads_the_courseware(person):
    someone = person("enterprise")
    page = someone.page
    someone.go("/stats/courses/")
    someone.look("stats-courses")
    page.click("ol.rows a")
    someone.look("stats-material")
    page.click("form[action$='/read/'] button")
    page.wait_for_selector("main .note--done")
    someone.go("/stats/courses/")
    page.click("a[href*='/quiz/']")
    someone.look("stats-quiz")
    page.check("fieldset >> nth=0 >> label:has-text('千元') >> input")
    page.click("main form button[type=submit]")
    page.wait_for_selector("main [role=status]")
    someone.look("stats-quiz-result")


def test_3_enterprise_pastes_from_a_spreadsheet(person):
    someone = person("enterprise")
    page = someone.page
    someone.go("/stats/start/")
    someone.look("stats-start")
    page.locator("main a[href^='/stats/']:has-text('2019')").first.click()
    page.wait_for_url(re.compile(r"/stats/\d+/"))
    STORY["pk"] = re.search(r"/stats/(\d+)/", page.url).group(1)
    someone.go(f"/stats/{STORY['pk']}/GQ-002/")
    someone.look("stats-economy")
    goods = number(page, "qc10")
    paste(page, "qc10", [("qc10", "商品销售收入", "千元", goods + 2)])
    assert number(page, "qc10") == goods + 2
    page.wait_for_selector("[data-said] >> text=CK-101")
    saved(page)
    someone.look("stats-economy-with-a-difference")
    page.fill("[name=qc10]", str(goods))
    page.wait_for_selector("[data-said]:has-text('CK-101')", state="detached")
    saved(page)
    page.click("#field-qc05_0 .helplink")
    page.wait_for_selector("#item-help-place >> text=按元或万元填报")
    someone.look("stats-help-at-an-item")


def test_4_enterprise_asks_and_the_unit_answers(person):
    someone = person("enterprise")
    page = someone.page
    someone.go("/stats/questions/ask/?code=qc05_0")
    page.fill("[name=title]", "营业收入口径")
    page.fill("[name=text]", "合并报表企业按单体报表还是合并报表填写营业收入？")
    someone.look("stats-ask")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/stats/questions/\d+/"))
    STORY["question"] = re.search(r"/questions/(\d+)/", page.url).group(1)
    someone.look("stats-question")
    bureau = person("bureau")
    bureau.go("/admin/stats/question/")
    bureau.look("stats-questions-at-the-desk")
    bureau.go(f"/admin/stats/question/{STORY['question']}/change/")
    bureau.page.fill("[name=note]", "按法人单位单体报表口径填写。")
    bureau.look("stats-question-at-the-desk")
    bureau.page.click(".acts button >> nth=0")
    bureau.page.wait_for_load_state()
    someone.go(f"/stats/questions/{STORY['question']}/")
    assert "按法人单位单体报表口径填写" in page.inner_text("main")
    someone.go("/stats/questions/")
    someone.look("stats-questions")


def test_5_enterprise_checks_explains_and_submits(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/stats/{STORY['pk']}/GQ-005/")
    page.click("button[value=check]")
    page.wait_for_url("**/explanations/")
    for box in page.locator("textarea[name^=why-]").all():
        if not box.input_value():
            box.fill("订单结构变化，已与账面逐项核对。")
    someone.look("stats-explanations")
    if page.locator("main form button[value=next]").count():
        page.click("main form button[value=next]")
        page.wait_for_load_state()
    someone.go(f"/stats/{STORY['pk']}/review/")
    someone.look("stats-review")
    page.locator("form[action$='/submit/'] button").first.click()
    page.wait_for_url(f"**/stats/{STORY['pk']}/")
    someone.look("stats-status-submitted")


def approve(someone, move):
    """Press the button of an approval at the desk."""
    someone.go(f"/admin/stats/return/{STORY['pk']}/change/")
    page = someone.page
    page.locator(f".bar form[action*='/move/{move}/'] button").first.click()
    page.wait_for_load_state()


def state(portal):
    """Where the return stands."""
    script = "import json; from stats.models import Return; "
    script += f"print(json.dumps(Return.objects.get(pk={STORY['pk']}).filing.state))"
    return portal.shell(script)


def test_6_levels_review_without_changing_a_value(person, portal):
    bureau = person("bureau")
    bureau.go("/admin/stats/return/")
    bureau.look("stats-queue")
    bureau.go(f"/admin/stats/return/{STORY['pk']}/change/")
    bureau.look("stats-return-at-the-desk")
    assert bureau.page.locator("[name=qc05_0]").count() == 0
    approve(bureau, "approve_local")
    city = person("city")
    approve(city, "approve_city")
    province = person("official")
    approve(province, "approve_province")
    assert state(portal) == "province_approved"
    someone = person("enterprise")
    someone.go(f"/stats/{STORY['pk']}/")
    someone.look("stats-status-at-the-torch-center")


def test_7_province_signs_its_totals_off(person, portal):
    script = "import json; from stats.models import Return; "
    script += f"print(json.dumps(Return.objects.get(pk={STORY['pk']}).round_id))"
    STORY["round"] = portal.shell(script)
    assert portal.shell(DECIDED.format(round=STORY["round"])) == ["province_approved"]
    province = person("official")
    page = province.page
    board = f"/admin/stats/round/{STORY['round']}/change/?board="
    province.go(f"{board}totals&place=33")
    province.look("stats-totals")
    great = page.locator("tr:has(td b)").locator("a[href*='/totals/']")
    for address in [link.get_attribute("href") for link in great.all()]:
        province.go(address)
        page.fill("[name=text]", "本年名录扩大，新增企业较多，已逐户核对。")
        page.locator(".acts button").first.click()
        page.wait_for_load_state()
    province.go(f"{board}sign_off")
    page.click("main a[href*='/sign/']")
    page.wait_for_load_state()
    page.fill("[name=note]", "已与上年逐项比对，汇总数据无误")
    province.look("stats-sign-off")
    page.locator(".acts button").first.click()
    page.wait_for_load_state()
    province.go(f"{board}sign_off")
    assert page.locator("main .pill--done:not(header .pill)").count() == 1
    province.look("stats-signed-off")
