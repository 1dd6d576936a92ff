"""From the experts' average to the certificate: the province decides, reports, brings the list in.

One story in chapters on one running portal; what follows is on the enterprise's pages and public.
"""

import pytest

pytestmark = pytest.mark.journey
STORY = {}
SCORED = """
import json
from hitech_cert.models import Application
rows = Application.objects.filter(filing__state="scored", score_passes=True)
row = rows.select_related("enterprise").order_by("pk").first()
print(json.dumps({"pk": row.pk, "name": row.enterprise.name, "code": row.enterprise.credit_code}))
"""
NUMBER = "GR202033008462"


def test_1_three_departments_agree(person, portal):
    STORY.update(portal.shell(SCORED))
    official = person("official")
    page = official.page
    official.go("/admin/hitech_cert/decision/add/")
    official.look("hitech-session")
    page.check(f"input[name=applications][value='{STORY['pk']}']")
    for department, name in (("science", "王立新"), ("finance", "周敏"), ("tax", "郑和平")):
        page.select_option(f"[name={department}_agrees]", "yes")
        page.fill(f"[name={department}_by]", name)
    page.click("button[name=record]")
    page.wait_for_load_state()
    page.check(f"input[name=applications][value='{STORY['pk']}']")
    page.click("button[name=propose]")
    page.wait_for_load_state()
    assert page.locator(f"input[value='{STORY['pk']}']").count() == 0


def test_2_list_is_reported(person):
    official = person("official")
    official.go("/admin/hitech_cert/report/add/")
    official.look("hitech-report-add")
    official.page.click("form.move__form button.button--main")
    official.page.wait_for_url("**/report/*/change/")
    official.look("hitech-report")
    assert STORY["name"] in official.page.content()


def test_3_national_list_is_resolved_and_taken_over(person):
    official = person("official")
    page = official.page
    official.go("/admin/hitech_cert/nationallist/add/")
    rows = f"企业名称,统一社会信用代码,证书编号,发证日期\n简称公司,,{NUMBER},2020-03-02\n"
    page.set_input_files(
        "[name=file]", {"name": "名单.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.fill("[name=document]", "国科火字〔2020〕251号")
    page.click("form.move__form button.button--main")
    page.wait_for_url("**/nationallist/*/change/")
    official.look("hitech-national")
    page.click("table.grid tbody a")
    page.wait_for_url("**/rows/*/")
    official.look("hitech-national-row")
    page.fill("[name=enterprise]", STORY["code"])
    page.fill("[name=note]", "与公告原件核对")
    page.click("button[name=resolve]")
    page.wait_for_url("**/nationallist/*/change/")
    page.click("form[action$='/act/take/'] button")
    page.wait_for_load_state()
    assert STORY["name"] in page.content()


def test_4_everybody_finds_the_certificate(person):
    visitor = person()
    visitor.go(f"/hitech/certified/?q={NUMBER}")
    visitor.look("hitech-certified")
    assert STORY["name"] in visitor.page.content()
    visitor.go("/hitech/changes/")
    visitor.look("hitech-changes")
