"""After recognition: a change, income, a revocation with its defence, a list, once in English.

One story on one running portal with the demonstration's contracts: the enterprise asks, the
examiner decides, visitors look at what is public.
"""

import re

import pytest

from tests.factories.contracts import pdf_bytes

pytestmark = pytest.mark.journey
STORY = {}
NAME = "变更后的项目名称"


@pytest.fixture
def proof(tmp_path):
    """A supplementary agreement."""
    path = tmp_path / "补充协议.pdf"
    path.write_bytes(pdf_bytes())
    return path


def registered(someone):
    """Ids of the enterprise's registered contracts."""
    someone.go("/desk/?stage=granted")
    return re.findall(r'href="/(?:desk/filings|contracts)/(\d+)/"', someone.page.content())


def press(page):
    page.locator("main form button.button--main").first.click()
    page.wait_for_load_state()


def test_1_enterprise_asks_for_a_change_and_reports_income(person, proof):
    someone = person("enterprise")
    page = someone.page
    first, second, third = registered(someone)[:3]
    STORY.update(change=first, income=second, revoke=third)
    someone.go(f"/contracts/{first}/after/change/")
    page.fill("[name=project_name]", NAME)
    press(page)
    assert "请上传证明材料" in page.inner_text("main")
    assert page.input_value("[name=project_name]") == NAME
    someone.look("change-with-gaps")
    page.fill("[name=reason]", "双方签订补充协议")
    page.set_input_files("[name=files]", proof)
    press(page)
    assert "变更审查中" in page.inner_text("main")
    someone.look("change-asked")
    someone.go(f"/contracts/{second}/after/income/")
    page.fill("[name=lines-0-received_on]", "2020-03-01")
    page.fill("[name=lines-0-amount_yuan]", "5万元")
    page.fill("[name=lines-0-invoice]", "00012345")
    someone.look("income")
    page.set_input_files("[name=files]", proof)
    press(page)
    assert "50,000.00" in page.inner_text("main")
    someone.look("income-reported")


def test_2_examiner_grants_and_announces_a_revocation(person):
    someone = person("examiner")
    page = someone.page
    someone.go("/admin/contracts/followup/")
    someone.look("desk-matters")
    for _turn in range(2):
        someone.go("/admin/contracts/followup/")
        page.locator("#result_list a").first.click()
        page.wait_for_load_state()
        someone.look("desk-matter")
        press(page)
    someone.go(f"/admin/contracts/contract/{STORY['revoke']}/move/notify_revocation/")
    page.check("[name=grounds][value=RV-1]")
    page.fill("[name=note]", "经向买方核实，买方未签订该合同。")
    someone.look("desk-notice")
    page.locator("form.move__form button[type=submit]").last.click()
    page.wait_for_load_state()


def test_3_enterprise_sees_versions_and_states_its_case(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['change']}/")
    assert NAME in page.inner_text("h1")
    someone.look("changed")
    page.click("a[href$='/versions/1/']")
    page.wait_for_load_state()
    assert NAME not in page.inner_text("main dl")
    someone.look("earlier-version")
    someone.go(f"/contracts/{STORY['revoke']}/")
    someone.look("revocation-announced")
    page.locator("a[href*='/matters/']").first.click()
    page.wait_for_load_state()
    page.fill("[name=statement]", "合同真实履行，附银行回单。")
    someone.look("statement")
    press(page)
    assert "另一名工作人员" in page.inner_text("main")
    someone.look("statement-given")


def test_4_list_is_public_and_in_english(person):
    someone = person("enterprise", locale="en-US")
    page = someone.page
    someone.go("/contracts/lists/")
    page.locator("button[name=language][value=en]").click()
    page.wait_for_load_state()
    page.fill("[name=since]", "2020-01-01")
    page.fill("[name=until]", "2020-12-31")
    someone.look("lists-english")
    press(page)
    STORY["list"] = page.url
    assert "Valid on 2020-03-02" in page.inner_text("main")
    someone.look("list-english")
    someone.go("/contracts/bought/")
    someone.look("bought-english")
    visitor = person()
    visitor.go(STORY["list"])
    assert NAME in visitor.page.inner_text("main")
    visitor.look("list-public")


def test_5_another_examiner_revokes_and_the_list_ends(person):
    someone = person("examiner2")
    page = someone.page
    someone.go(f"/admin/contracts/contract/{STORY['revoke']}/change/")
    someone.look("desk-statement")
    someone.go(f"/admin/contracts/contract/{STORY['revoke']}/move/revoke/")
    page.fill("[name=note]", "陈述理由不成立。")
    page.locator("form.move__form button[type=submit]").last.click()
    page.wait_for_load_state()
    visitor = person()
    visitor.go(STORY["list"])
    assert "本清单已失效" in visitor.page.inner_text("main")
    visitor.look("list-ended")
    someone = person("enterprise")
    someone.go(f"/contracts/{STORY['revoke']}/after/objection/")
    someone.look("objection")
