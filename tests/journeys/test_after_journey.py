"""After recognition: change, income, deregistration, lists, the buyer's view, a revocation.

One story on one running portal: the enterprise asks, the examiner decides, visitors and the
buyer look at what they may see.
"""

import re

import pytest

from tests.factories.contracts import pdf_bytes

pytestmark = pytest.mark.journey
STORY = {}
OLD, NEW = "变更前的项目名称", "变更后的项目名称"
TITLES = {"income": "分期收款的项目", "end": "双方解除的项目", "revoke": "有疑问的项目"}


@pytest.fixture(scope="module")
def proof(tmp_path_factory):
    """A supplementary agreement."""
    path = tmp_path_factory.mktemp("proof") / "补充协议.pdf"
    path.write_bytes(pdf_bytes())
    return path


@pytest.fixture(scope="module", autouse=True)
def registered(portal):
    """Four registered contracts; the buyer of the first is the other enterprise."""
    names = [OLD, *TITLES.values()]
    made = portal.contracts(*(("recognised", {"project_name": name}) for name in names))
    STORY.update(zip(("change", *TITLES), made, strict=True))


def press(page, words=""):
    """The main button of the page's form."""
    buttons = page.locator("main form button.button--main")
    (buttons.filter(has_text=words) if words else buttons).first.click()
    page.wait_for_load_state()


def ask(someone, matter, kind):
    """The form of a request on one of the contracts."""
    someone.go(f"/contracts/{STORY[matter]}/after/{kind}/")
    return someone.page


def test_1_enterprise_asks_for_a_change_without_and_with_proof(person, proof):
    someone = person("enterprise")
    page = ask(someone, "change", "change")
    page.fill("[name=project_name]", NEW)
    press(page)
    assert "请上传" in page.inner_text("main")
    assert page.input_value("[name=project_name]") == NEW
    someone.look("change-with-gaps")
    page.fill("[name=reason]", "双方于2020年3月1日签订补充协议，项目更名。")
    page.set_input_files("[name=files]", proof)
    press(page)
    assert "变更审查中" in page.inner_text("main")
    someone.look("change-asked")


def test_2_enterprise_reports_income_and_asks_for_the_end_of_another(person, proof):
    someone = person("enterprise")
    page = ask(someone, "income", "income")
    page.fill("[name=lines-0-received_on]", "2020-03-01")
    page.fill("[name=lines-0-amount_yuan]", "9000万")
    page.set_input_files("[name=files]", proof)
    press(page)
    assert page.locator("[role=alert]").count()
    someone.look("income-above-the-contract")
    page.fill("[name=lines-0-amount_yuan]", "5万元")
    page.fill("[name=lines-0-invoice]", "00012345")
    page.set_input_files("[name=files]", proof)
    press(page)
    assert "50,000.00" in page.inner_text("main")
    someone.look("income-reported")
    page = ask(someone, "end", "deregistration")
    page.fill("[name=reason]", "双方于2020年3月1日协议解除合同，未履行。")
    page.set_input_files("[name=files]", proof)
    someone.look("deregistration")
    press(page)
    assert "注销" in page.inner_text("main h1")


def test_3_list_of_registered_contracts_is_public_by_its_code(person):
    someone = person("enterprise")
    page = someone.page
    someone.go("/contracts/lists/")
    page.fill("[name=since]", "2020-03-02")
    page.fill("[name=until]", "2020-03-02")
    someone.look("lists")
    press(page)
    STORY["list"] = page.url
    visitor = person()
    visitor.go(STORY["list"])
    text = visitor.page.inner_text("main")
    assert "2020-03-02 有效" in text
    assert TITLES["end"] in text
    visitor.look("list-valid")


def test_4_examiner_grants_them_and_announces_a_revocation(person):
    someone = person("examiner")
    page = someone.page
    someone.go("/admin/contracts/followup/")
    someone.look("desk-matters")
    for kind in ("变更", "收入", "注销"):
        someone.go("/admin/contracts/followup/")
        page.locator("#result_list a").filter(has_text=kind).first.click()
        page.wait_for_load_state()
        if kind == "变更":
            someone.look("desk-matter")
        page.click(".acts .button--main")
        page.wait_for_load_state()
        assert "已办结" in page.inner_text("body")
    someone.go(f"/admin/contracts/contract/{STORY['revoke']}/move/notify_revocation/")
    page.check("[name=grounds][value=RV-1]")
    page.fill("[name=note]", "经向买方核实，买方未签订该合同。")
    someone.look("desk-notice")
    page.click(".acts button[type=submit]")
    page.wait_for_url(lambda url: "/move/" not in url)


def test_5_list_ends_with_one_of_its_contracts(person):
    visitor = person()
    visitor.go(STORY["list"])
    text = visitor.page.inner_text("main")
    assert "本清单已失效" in text
    assert TITLES["income"] not in text
    visitor.look("list-ended")


def test_6_enterprise_sees_versions_and_states_its_case(person, proof):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['change']}/")
    assert NEW in page.inner_text("h1")
    page.wait_for_selector("#certificate a[href$='/certificate/']", timeout=90_000)
    STORY["number"] = re.search(r"\d{16}", page.inner_text("#certificate")).group()
    verify = page.get_attribute("#certificate a[href*='/verify/']", "href")
    STORY["code"] = re.search(r"[0-9A-Z]{12}", verify).group()
    someone.look("changed")
    page.click("a[href$='/versions/1/']")
    page.wait_for_load_state()
    assert OLD in page.inner_text("main dl")
    someone.look("earlier-version")
    someone.go(f"/contracts/{STORY['revoke']}/")
    someone.look("revocation-announced")
    page.locator("a[href*='/matters/']").first.click()
    page.wait_for_load_state()
    page.fill("[name=statement]", "合同真实履行，附银行回单。")
    page.set_input_files("[name=files]", proof)
    someone.look("statement")
    press(page)
    assert "另一名工作人员" in page.inner_text("main")


def test_7_buyer_reads_by_the_code_until_the_seller_ends_it(person):
    buyer = person("buyer")
    page = buyer.page
    buyer.go("/contracts/bought/")
    page.fill("[name=number]", STORY["number"])
    page.fill("[name=code]", "AAAABBBBCCCC")
    press(page)
    assert page.locator("[role=alert]").count()
    buyer.look("bought-wrong-code")
    page.fill("[name=code]", STORY["code"])
    press(page)
    assert STORY["number"] in page.inner_text("main")
    buyer.look("bought")
    seller = person("enterprise")
    seller.go(f"/contracts/{STORY['change']}/")
    seller.page.click("form[action$='/end/'] button")
    seller.page.wait_for_load_state()
    buyer.go("/contracts/bought/")
    assert STORY["number"] not in page.inner_text("main")


def test_8_another_examiner_revokes_and_the_enterprise_objects(person):
    someone = person("examiner2")
    page = someone.page
    someone.go(f"/admin/contracts/contract/{STORY['revoke']}/change/")
    someone.look("desk-statement")
    someone.go(f"/admin/contracts/contract/{STORY['revoke']}/move/revoke/")
    page.fill("[name=note]", "陈述理由不成立。")
    page.click(".acts button[type=submit]")
    page.wait_for_url(lambda url: "/move/" not in url)
    someone = person("enterprise")
    page = ask(someone, "revoke", "objection")
    page.fill("[name=reason]", "银行回单可证明合同已履行，请复核。")
    someone.look("objection")
    press(page)
    someone.look("objection-made")
    official = person("official")
    official.go("/admin/contracts/followup/")
    official.page.locator("#result_list a").filter(has_text="异议").first.click()
    official.page.wait_for_load_state()
    official.look("desk-objection")
    official.page.click(".acts .button--main")
    official.page.wait_for_load_state()
    someone.go(f"/contracts/{STORY['revoke']}/")
    someone.look("reinstated")
