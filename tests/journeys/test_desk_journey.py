"""The review desk: queues, a filter kept, keys, evidence, many at once, colleagues."""

from datetime import date
from decimal import Decimal

import pytest

pytestmark = pytest.mark.journey
STORY = {}
LIST = "/admin/contracts/contract/"
FILES = ("development_plan", "cost_list", "undertaking")
SMALL = {"total_yuan": Decimal(480_000), "costs": [], "kinds": FILES}


@pytest.fixture(scope="module", autouse=True)
def brought(portal):
    """Two alike, two in examination, two without a doubt."""
    made = portal.contracts(
        ("submitted", {"project_name": "重复申报之一"}),
        ("pictured", {"project_name": "重复申报之二"}),
        ("accepted", {"project_name": "在审的小额合同", **SMALL}),
        ("accepted", {"project_name": "需要专家的合同", "signed_on": date(2020, 2, 20)}),
        ("submitted", {"project_name": "无疑点之一", "signed_on": date(2020, 2, 21), **SMALL}),
        ("submitted", {"project_name": "无疑点之二", "signed_on": date(2020, 2, 22), **SMALL}),
    )
    STORY.update(zip(("one", "two", "small", "expert", "clean", "other"), made, strict=True))


def act(page):
    """The main button of a page that does something."""
    page.locator(".acts button[type=submit]").first.click()
    page.wait_for_load_state()


def test_1_queues_and_a_filter_that_is_kept(person):
    someone = person("examiner")
    page = someone.page
    someone.go(LIST)
    counts = {t.split()[0]: t.split()[-1] for t in page.locator(".tab").all_inner_texts()}
    assert counts["待受理"] == "12"
    page.click(".tab:has-text('待受理')")
    page.wait_for_load_state()
    assert page.locator("tbody tr").count() == 12
    page.select_option("[name=kind]", "development")
    page.wait_for_url("**kind=development**")
    chips = page.inner_text(".said")
    assert "合同类别" in chips
    page.click(".keep summary")
    page.fill("#keep-name", "待受理的开发合同")
    page.click(".keep button")
    page.wait_for_load_state()
    assert page.locator(".tab--own[aria-current]").inner_text() == "待受理的开发合同"
    someone.look("queue-kept")


def test_2_keys_walk_through_the_queue(person):
    someone = person("examiner")
    page = someone.page
    someone.go(LIST + "?queue=waiting")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    someone.look("keys")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/**")
    assert "第2件，共12件" in page.inner_text(".way")
    second = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != second)
    page.keyboard.press("k")
    page.wait_for_url(second)
    page.keyboard.press("u")
    page.wait_for_url("**queue=waiting**")


def test_3_evidence_lies_beside_the_facts_and_doubles_are_named(person):
    someone = person("examiner")
    page = someone.page
    someone.go(f"{LIST}{STORY['two']}/change/")
    assert "重复申报之一" in page.inner_text(".verdict")
    source = page.get_attribute("iframe.preview", "src")
    answer = page.request.get(someone.portal.url + source.partition("#")[0])
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body()[:5] == b"%PDF-"
    page.click("[data-file][data-image]")
    page.wait_for_function("document.querySelector('img.preview').naturalWidth > 0")
    assert page.is_hidden("iframe.preview")
    someone.look("desk-double-with-picture")


def test_4_many_at_once_with_a_plan_and_a_line_for_each(person):
    someone = person("examiner")
    page = someone.page
    someone.go(LIST)
    for name in ("无疑点之一", "无疑点之二", "重复申报之一"):
        page.check(f"tr:has-text('{name}') [name=pick]")
    someone.look("queue-ticked")
    page.click("button[name=move][value=accept]")
    page.wait_for_url("**/batch/*/change/")
    text = page.inner_text("main")
    assert "受理：2件" in text
    assert "不纳入" in text
    someone.look("batch-plan")
    act(page)
    page.wait_for_selector(".sheet[role=status]:has-text('2')")
    page.wait_for_function("!document.querySelector('[data-reload]')", timeout=60_000)
    page.wait_for_load_state()
    someone.look("batch-over")
    someone.go("/admin/desk/batch/")
    assert "2 / 3" in page.inner_text("#result_list")
    page.go_back()
    page.click("a:has-text('无疑点之一')")
    page.wait_for_load_state()
    assert "审核中" in page.inner_text(".head")


def test_5_certificate_is_shown_before_it_is_issued(person):
    someone = person("examiner")
    page = someone.page
    someone.go(f"{LIST}{STORY['small']}/move/recognise/")
    text = page.inner_text(".certificate")
    assert "2020330101000011" in text
    assert "肆拾捌万元整" in text
    assert "在审的小额合同" in text
    someone.look("certificate-before")
    act(page)
    someone.go(f"{LIST}{STORY['small']}/change/")
    assert "2020330101000011" in page.inner_text(".head")


def test_6_experts_are_asked_and_heard(person):
    someone = person("examiner")
    page = someone.page
    someone.go(f"{LIST}{STORY['expert']}/move/request_expert_opinion/")
    page.fill("[name=experts]", "郑专家，浙江大学")
    page.fill("[name=note]", "研究开发内容是否具有创新性？")
    someone.look("experts-asked")
    act(page)
    someone.go(f"{LIST}{STORY['expert']}/move/recognise/")
    assert page.locator(".note--needs").count(), "not before every expert spoke"
    someone.go(f"{LIST}{STORY['expert']}/move/record_expert_opinion/")
    assert page.input_value("[name=expert]") == "郑专家"
    page.select_option("[name=view]", index=1)
    page.fill("[name=note]", "技术路线较现有产品有实质改进。")
    someone.look("expert-heard")
    act(page)
    someone.go(f"{LIST}{STORY['expert']}/change/")
    assert "技术路线较现有产品有实质改进。" in page.inner_text("main")


def test_7_work_goes_to_a_colleague_and_holidays_are_covered(person):
    someone = person("examiner")
    page = someone.page
    someone.go(f"{LIST}{STORY['expert']}/move/assign/")
    page.select_option("[name=to]", label="李复核")
    page.fill("[name=note]", "请继续审查")
    someone.look("assign")
    act(page)
    other = person("examiner2")
    other.go(LIST + "?queue=mine")
    assert "需要专家的合同" in other.page.inner_text("tbody")
    other.go("/admin/filings/absence/add/")
    names = other.page.locator("[name=substitute] option").all_inner_texts()
    beside = next(n for n in names if "王审之" in n)
    other.page.select_option("[name=substitute]", label=beside)
    other.page.fill("[name=starts_on]", "2020-03-02")
    other.page.fill("[name=ends_on]", "2020-03-06")
    other.look("absence")
    other.page.click("[name=_save]")
    other.page.wait_for_url("**/absence/")
    someone.go(LIST + "?queue=mine")
    assert "需要专家的合同" in page.inner_text("tbody")
    someone.go("/admin/desk/batch/workload/")
    assert "李复核" in page.inner_text("main")
    someone.look("workload")
