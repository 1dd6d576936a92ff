"""An application for certification, from the guide to the bureau, by an enterprise in a browser.

The enterprise of the demonstration withdraws what it submitted, begins again with everything taken
over, mends rows, costs and figures while the conditions follow, and submits.
"""

import re

import pytest

pytestmark = pytest.mark.journey
STORY = {}
OWN = """
import json
from hitech_cert.models import Application
rows = Application.objects.filter(
    enterprise__memberships__user__username="enterprise", filing__state="submitted"
)
print(json.dumps(list(rows.values_list("pk", flat=True))))
"""
KINDS = (
    "form", "licence", "rights", "projects", "results", "management", "products", "staff",
    "report", "financial", "tax", "standards",
)  # fmt: skip


def test_1_enterprise_withdraws_and_begins_again(person, portal):
    someone = person("enterprise")
    page = someone.page
    someone.go("/hitech/")
    someone.look("hitech-guide")
    (before,) = portal.shell(OWN)
    someone.go(f"/hitech/{before}/")
    someone.look("hitech-status")
    page.locator("details:has(#withdraw-note) summary").click()
    page.locator("form[action$='/withdraw/'] button").click()
    page.wait_for_load_state()
    someone.go("/hitech/start/")
    someone.look("hitech-start")
    page.locator("main form button").first.click()
    page.wait_for_url("**/rights/")
    STORY["pk"] = re.search(r"/hitech/(\d+)/", page.url).group(1)
    someone.look("hitech-rights")


def test_2_rows_are_filled_in_while_the_conditions_follow(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/hitech/{STORY['pk']}/rights/")
    page.click("form[action$='/add/'] button.button:not(.button--small)")
    page.wait_for_url(re.compile(r"/rights/\d+/$"))
    page.fill("[name=name]", "一种热成像筛查方法")
    page.select_option("[name=kind]", "utility_model")
    page.fill("[name=number]", "ZL202520850832.7")
    page.wait_for_selector("#saved:has-text('已保存')")
    someone.look("hitech-right")
    page.click("button[value=next]")
    page.wait_for_url("**/rights/#field-rights")
    someone.go(f"/hitech/{STORY['pk']}/projects/")
    someone.look("hitech-projects")
    page.locator("th[scope=row] a").first.click()
    page.wait_for_url(re.compile(r"/projects/\d+/$"))
    page.fill("[data-find] >> nth=0", "xwgc")
    someone.look("hitech-project")
    page.fill("[name=goal]", "研制可在线标定的红外测温仪器。")
    page.wait_for_selector("#saved:has-text('已保存')")
    page.click("button[value=next]")
    page.wait_for_url("**/projects/#field-projects")


@pytest.mark.parametrize(
    "step", ["staff", "costs", "products", "innovation", "standards", "report"]
)
def test_3_every_table_is_shown(person, step):
    someone = person("enterprise")
    someone.go(f"/hitech/{STORY['pk']}/{step}/")
    someone.look(f"hitech-{step}")


def test_4_costs_are_saved_by_year(person):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/hitech/{STORY['pk']}/costs/")
    first = page.locator("input[inputmode=decimal]").first
    first.fill("一百")
    page.click("button[value=stay]")
    assert "一百" in page.inner_text("[data-focus]")
    someone.look("hitech-costs-with-a-fault")
    someone.go(f"/hitech/{STORY['pk']}/costs/sheet/")
    someone.look("hitech-costs-sheet")


def test_5_submitted_when_nothing_stands_against_it(person, contract_files):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/hitech/{STORY['pk']}/review/")
    assert "ZL202520850832.7" in page.inner_text("main")
    someone.look("hitech-review-with-obstacles")
    someone.go(f"/hitech/{STORY['pk']}/rights/")
    page.locator("button[formaction]").last.click()
    page.wait_for_url("**/rights/#field-rights")
    someone.go(f"/hitech/{STORY['pk']}/files/")
    someone.look("hitech-files")
    for kind in KINDS:
        page.set_input_files(f"#file-{kind}", contract_files["scan"])
        page.wait_for_selector(f"#field-{kind} >> text=合同扫描件.pdf")
    someone.go(f"/hitech/{STORY['pk']}/main/")
    page.check("[name=no_secrets]")
    someone.look("hitech-main")
    page.click("button[value=next]")
    page.wait_for_url("**/report/")
    someone.go(f"/hitech/{STORY['pk']}/review/")
    someone.look("hitech-review")
