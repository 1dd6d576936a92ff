"""While it is with the agency: where it stands, messages, colleagues, reminders, corrections."""

import io

import pikepdf
import pytest

from tests.factories.contracts import pdf_bytes
from tests.journeys.bring import COLLEAGUE

pytestmark = pytest.mark.journey
STORY = {}
QUESTION = "合同第三条的验收方式能否先按草稿登记？"
ANSWER = "可以，正式文本签订后请在补正时上传。"


@pytest.fixture(scope="module", autouse=True)
def brought(portal):
    """Submitted, returned with a list, and a draft left lying for eight days; a colleague."""
    made = portal.contracts(
        ("submitted", {"project_name": "在审的合同"}),
        ("asked", {"project_name": "需要补正的合同"}),
        ("draft", {"project_name": "搁置的草稿", "days_ago": 8}),
    )
    STORY.update(zip(("submitted", "correcting", "draft"), made, strict=True))
    portal.shell("from tests.journeys.bring import colleague; colleague()")


def test_1_status_says_what_comes_and_the_receipt_is_there(person, portal):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['submitted']}/")
    status = page.inner_text(".status")
    assert "杭州市技术合同登记处" in status
    assert "2020年3月12日（星期四）" in status
    receipt = page.locator("#documents a:has-text('收件回执')")
    for _moment in range(60):
        if receipt.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    for _moment in range(30):  # a worker with much to do is waited for: 202 and a page until then
        answer = page.request.get(portal.url + receipt.get_attribute("href"))
        if answer.headers["content-type"] == "application/pdf":
            break
        page.wait_for_timeout(1000)
    with pikepdf.open(io.BytesIO(answer.body())) as document:
        assert len(document.pages) == 1


def test_2_question_to_the_agency_and_its_answer(person, tmp_path):
    someone = person("enterprise")
    page = someone.page
    drawing = tmp_path / "验收方案.pdf"
    drawing.write_bytes(pdf_bytes())
    someone.go(f"/contracts/{STORY['submitted']}/")
    page.fill("#thread-text", QUESTION)
    page.set_input_files("#thread-files", drawing)
    page.click("#thread button[type=submit]")
    page.wait_for_selector(f"#thread >> text={QUESTION}")
    assert page.locator("#thread a:has-text('验收方案.pdf')").count() == 1
    examiner = person("examiner")
    desk = examiner.page
    examiner.go("/admin/contracts/contract/?queue=asked")
    desk.click("a:has-text('在审的合同')")
    desk.wait_for_selector("#thread >> text=待答复")
    desk.fill("#thread-text", ANSWER)
    desk.click("#thread button[type=submit]")
    desk.wait_for_selector(f"#thread >> text={ANSWER}")
    examiner.go("/admin/contracts/contract/?queue=asked")
    assert "在审的合同" not in desk.inner_text("main")
    someone.go("/desk/")
    assert "1 条新留言" in page.locator("article:has-text('在审的合同')").inner_text()
    someone.go(f"/contracts/{STORY['submitted']}/")
    assert ANSWER in page.inner_text("#thread")
    someone.look("thread")


def test_3_colleague_takes_it_over(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['submitted']}/")
    page.click("#handover summary")
    page.fill("#handover-note", "我下周出差")
    someone.look("hand-over")
    page.click("#handover button[type=submit]")
    page.wait_for_load_state()
    timeline = page.inner_text(".timeline")
    assert "我下周出差" in timeline
    colleague = person(COLLEAGUE)
    colleague.go(f"/contracts/{STORY['submitted']}/")
    colleague.page.click("#handover summary")
    assert "周同" in colleague.page.inner_text("#handover")
    someone.go("/desk/")
    page.click("a:has-text('移交同事的办件')")
    page.wait_for_load_state()
    someone.look("hand-over-all")


def test_4_draft_left_lying_is_reminded_of_until_one_does_not_want_it(person, portal):
    someone = person("enterprise")
    page = someone.page
    assert remind(portal) > 0
    someone.go("/desk/")
    letter = page.locator("#letters ~ ul summary:has-text('搁置的草稿')")
    assert letter.count() == 1
    letter.click()
    someone.look("reminded")
    page.click("a:has-text('提醒设置')")
    page.wait_for_load_state()
    for choice in page.locator("main input[type=checkbox]").all():
        choice.uncheck()
    someone.look("reminders")
    page.click("main form button.button--main")
    page.wait_for_load_state()
    assert remind(portal) == 0


def remind(portal):
    """What beat starts every morning; how many letters are due."""
    script = "from tests.journeys.bring import NOON; from contracts import actions"
    return portal.shell(f"{script}; print(actions.remind(at=NOON))")


def test_5_corrections_are_answered_one_by_one(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['correcting']}/")
    boxes = page.locator("#answers textarea")
    assert boxes.count() == 2
    boxes.first.fill("已补盖骑缝章")
    boxes.first.blur()
    page.wait_for_selector("#answers-saved:has-text('答复已保存')")
    someone.look("corrections")
    someone.go(f"/contracts/{STORY['correcting']}/contract/")
    assert page.locator("#answers").count() == 1
    page.fill("[name=project_name]", "补正后的合同")
    page.click("button[value=stay]")
    page.wait_for_load_state()
    someone.go(f"/contracts/{STORY['correcting']}/")
    assert boxes.first.input_value() == "已补盖骑缝章"
    assert page.locator("#answers .state--done").count() >= 1
    someone.go(f"/contracts/{STORY['correcting']}/review/")
    page.click("form[action$='/submit/'] button")
    page.wait_for_url(f"**/contracts/{STORY['correcting']}/")
    examiner = person("examiner")
    examiner.go("/admin/contracts/contract/?queue=corrected")
    examiner.page.click("a:has-text('补正后的合同')")
    examiner.page.wait_for_load_state()
    text = examiner.page.inner_text("main")
    assert "已补盖骑缝章" in text
    assert "需要补正的合同" in examiner.page.inner_text("#changes-title ~ dl del")
    examiner.look("desk-corrected")
