import shutil, datetime
import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright
from tests.factories import stats as made
from tests.factories.stats import AT
from tests.journeys.conftest import FLAGS
from stats import actions
from tests.conftest import people
pytestmark = pytest.mark.django_db(transaction=True)

def test_look(live_server, settings, house, client):
    settings.PORTAL_CLOCK_OFFSET = AT - timezone.now()
    settings.CERTIFICATE_SAMPLE = True
    rnd = made.open_round({house.firm: house.office, house.other_firm: house.office})
    report = made.draft(rnd, house.firm, house.filer, qc49="998")
    client.force_login(house.filer)
    cookie = client.cookies["sessionid"].value if "sessionid" in client.cookies else None
    name = settings.SESSION_COOKIE_NAME
    cookie = client.cookies[name].value
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=path, args=FLAGS)
        for width in (1280, 390):
            ctx = b.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
            ctx.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
            page = ctx.new_page()
            logs = []
            page.on("console", lambda m: logs.append(m.text))
            page.on("pageerror", lambda e: logs.append(str(e)))
            page.goto(f"{live_server.url}/stats/{report.pk}/GQ-002/")
            page.wait_for_timeout(1500)
            page.screenshot(path=f"/tmp/me2/s2/step-{width}.png")
            print(page.locator("[data-said]").all_inner_texts()[:20])
            print(page.evaluate("[document.documentElement.scrollWidth, innerWidth]"))
            if width == 1280:
                page.evaluate("""() => {
                  const box = document.getElementById('id_qc05_0');
                  const data = new DataTransfer();
                  data.setData('text/plain', '52,000\\n51000\\n12500\\n');
                  box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
                }""")
                page.wait_for_timeout(1800)
                print(page.locator("[data-pasted-words]").inner_text(), page.locator("#id_qc06").input_value(), page.locator('#saved').inner_text())
                print([t for t in page.locator("[data-said]").all_inner_texts() if t])
                page.screenshot(path=f"/tmp/me2/s2/step-pasted.png")
            page.goto(f"{live_server.url}/stats/{report.pk}/GQ-001/")
            page.wait_for_timeout(800)
            page.screenshot(path=f"/tmp/me2/s2/profile-{width}.png")
            page.goto(f"{live_server.url}/stats/{report.pk}/explanations/")
            page.screenshot(path=f"/tmp/me2/s2/expl-{width}.png", full_page=True)
            page.goto(f"{live_server.url}/stats/{report.pk}/review/")
            page.screenshot(path=f"/tmp/me2/s2/review-{width}.png")
            page.goto(f"{live_server.url}/stats/")
            page.screenshot(path=f"/tmp/me2/s2/guide-{width}.png", full_page=True)
            page.goto(f"{live_server.url}/stats/{report.pk}/workbook/")
            page.screenshot(path=f"/tmp/me2/s2/sheet-{width}.png")
            print(logs)
        b.close()
