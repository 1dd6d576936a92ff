"""A technical contract from the first page to the verified certificate and the last paper.

One story in chapters, in order, on one running portal: the enterprise files, the examiner returns
it once, it is corrected and recognised, a worker makes the certificate, everybody verifies it,
the emergency ends, the paper is reminded of and received.
"""

import datetime
import re
import time
from email import message_from_bytes, policy

import pytest

from tests.journeys.papers import PROJECT

pytestmark = pytest.mark.journey
STORY = {}


def test_1_enterprise_files_the_contract(person, portal, contract_files):
    someone = person("enterprise")
    page = someone.page
    someone.go("/")
    someone.look("home")
    someone.go("/contracts/")
    someone.look("guide")
    someone.go("/desk/")
    someone.look("my-filings")
    someone.go("/contracts/start/")
    page.locator("main form button").first.click()
    someone.look("gate-unanswered")
    page.check("[name=classified][value=no]")
    page.locator("main form button").first.click()
    page.wait_for_url("**/contract/")
    STORY["draft"] = re.search(r"/contracts/(\d+)/", page.url).group(1)
    someone.look("contract-empty")
    fill_contract(page)
    page.wait_for_selector("#saved:has-text('已保存')")
    someone.look("contract-filled")
    page.click("button[value=next]")
    page.wait_for_url("**/parties/")
    fill_parties(page, someone)
    page.wait_for_url("**/amounts/")
    fill_amounts(page, someone)
    page.wait_for_url("**/technology/")
    page.select_option("[name=ip_kind]", "technical_secret")
    page.select_option("[name=tech_field]", "electronics")
    page.select_option("[name=objective]", "health")
    page.select_option("[name=plan_source]", "outside")
    someone.look("technology")
    page.click("button[value=next]")
    page.wait_for_url("**/files/")
    someone.look("files-empty")
    someone.go(f"/contracts/{STORY['draft']}/review/")
    assert "请上传：合同文本" in page.inner_text("main")
    someone.look("review-with-obstacles")
    someone.go(f"/contracts/{STORY['draft']}/files/")
    page.set_input_files("#file-contract_text", contract_files["scan"])
    page.wait_for_selector("text=合同扫描件.pdf")
    page.set_input_files("#file-other", [contract_files["text"], contract_files["photo"]])
    page.wait_for_selector("text=合同照片.png")
    someone.look("files")
    someone.go(f"/contracts/{STORY['draft']}/review/")
    someone.look("review")
    page.locator("form[action$='/submit/'] button").first.click()
    page.wait_for_url(f"**/contracts/{STORY['draft']}/")
    text = page.inner_text("main")
    STORY["filing"] = re.search(r"HT-2020-330101-\d{6}", text).group()
    assert "2020年3月12日" in text
    someone.look("status-submitted")


def fill_contract(page):
    """The first page of the form."""
    page.fill("[name=project_name]", PROJECT)
    page.check("[name=form][value=written]")
    page.check("[name=kind][value=development]")
    page.select_option("[name=subkind]", "dev_e")
    answers = {
        "goal_clear": "yes",
        "mastered_before": "no",
        "innovative": "yes",
        "buyer_only_pays": "yes",
        "foreign_language": "no",
        "seals_complete": "yes",
    }
    for name, answer in answers.items():
        page.check(f"[name={name}][value={answer}]")
    page.fill("[name=signed_on]", "2020-02-26")
    page.fill("[name=starts_on]", "2020-03-01")
    page.fill("[name=ends_on]", "2021-12-31")


def fill_parties(page, someone):
    """The second page, with a mistyped code first."""
    page.fill("[name=buyer_name]", "杭州朗途生物医药有限公司")
    page.select_option("[name=buyer_nature]", "100")
    page.fill("[name=buyer_code]", "91330106MAE942HR7F")
    page.fill("[name=buyer_division]", "杭州市西湖区")
    page.check("[name=related][value=no]")
    page.click("button[value=next]")
    page.wait_for_selector("[role=alert]")
    assert "最后一位" in page.inner_text("[role=alert]")
    someone.look("parties-with-error")
    page.fill("[name=buyer_code]", "91330106MAE942HR7E")
    page.click("button[value=next]")


def fill_amounts(page, someone):
    """The third page: 523万 and two costs; the technical amount appears while typing."""
    page.fill("[name=total_yuan]", "523万")
    page.check("[name=payment][value=instalments]")
    page.select_option("[name=lines-0-kind]", "equipment")
    page.fill("[name=lines-0-amount_yuan]", "1,307,500.00")
    page.click("[data-add-row]")
    page.select_option("[name=lines-1-kind]", "raw_material")
    page.fill("[name=lines-1-amount_yuan]", "261500")
    page.wait_for_selector("#computed:has-text('3,661,000.00')")
    assert "人民币叁佰陆拾陆万壹仟元整" in page.inner_text("#computed")
    someone.look("amounts")
    page.click("button[value=next]")


def open_filing(someone):
    """From the queue to the filing page."""
    someone.go("/admin/contracts/contract/")
    someone.page.click(f"a:has-text('{STORY['filing']}'), tr:has-text('{STORY['filing']}') a")
    someone.page.wait_for_url("**/change/**")
    return someone.page


def move(page, name):
    """Press the button of a move in the decision bar."""
    page.locator(
        f".bar form[action*='/move/{name}/'] button, .bar a[href*='/move/{name}/']"
    ).click()


def test_2_examiner_returns_it_with_the_complete_list(person):
    examiner = person("examiner")
    examiner.go("/admin/contracts/contract/")
    examiner.look("queue")
    page = open_filing(examiner)
    examiner.look("filing")
    assert page.locator("[name=state], select[name*=state]").count() == 0
    move(page, "return_for_correction")
    page.wait_for_url("**/move/return_for_correction/**")
    page.locator("textarea[name$=remedy]").first.fill(
        "第3页盖章处缺少受托方骑缝章，请补盖后重新上传。"
    )
    page.locator("select[name$=field]").first.select_option("attachments")
    examiner.look("return-for-correction")
    confirm(page)


def test_3_enterprise_corrects_and_submits_again(person, contract_files):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['draft']}/")
    assert "骑缝章" in page.inner_text("main")
    someone.look("status-to-correct")
    page.click(".status .button--main")
    page.wait_for_url("**/files/")
    page.set_input_files("#file-contract_text", contract_files["text"])
    page.wait_for_selector("#field-contract_text >> text=合同文本.pdf")
    page.fill("#answers textarea", "已补盖骑缝章并重新上传")
    page.locator("#answers textarea").first.blur()
    page.wait_for_selector("#answers-saved:has-text('答复已保存')")
    someone.look("files-to-correct")
    someone.go(f"/contracts/{STORY['draft']}/review/")
    page.locator("form[action$='/submit/'] button").first.click()
    page.wait_for_url(f"**/contracts/{STORY['draft']}/")
    assert STORY["filing"] in page.inner_text("main")
    someone.look("status-submitted-again")


def test_4_examiner_accepts_and_recognises(person):
    examiner = person("examiner")
    page = open_filing(examiner)
    move(page, "accept")
    confirm(page)
    page = open_filing(examiner)
    examiner.look("filing-accepted")
    move(page, "recognise")
    page.wait_for_url("**/move/recognise/**")
    examiner.look("recognise")
    confirm(page)


def confirm(page):
    """The second press, where a move has a page of its own."""
    page.wait_for_load_state()
    if "/move/" in page.url:
        page.locator(".acts button").first.click()
        page.wait_for_url(lambda url: "/move/" not in url)


def test_5_enterprise_gets_the_certificate_and_a_message(person, portal, tmp_path):
    someone = person("enterprise")
    page = someone.page
    someone.go(f"/contracts/{STORY['draft']}/")
    page.wait_for_selector("a[href$='/certificate/']", timeout=90_000)
    someone.look("status-recognised")
    with page.expect_download() as download:
        page.click("a[href$='/certificate/']")
    STORY["pdf"] = tmp_path / "certificate.pdf"
    download.value.save_as(STORY["pdf"])
    STORY["bytes"] = STORY["pdf"].read_bytes()
    STORY["number"] = re.search(r"\d{16}", page.inner_text("#certificate")).group()
    assert STORY["number"].startswith("2020330101")
    verify = page.get_attribute("a[href*='/verify/']:not([href$='/verify/'])", "href")
    STORY["scan"] = verify
    assert wait_for_mail(portal, STORY["number"]), "no message about the certificate"
    someone.go("/desk/")
    someone.look("my-filings-with-messages")


def wait_for_mail(portal, words):
    """Whether a message with these words was sent within some seconds."""
    for _second in range(40):
        if any(words in text for text in mails(portal.folder / "mail")):
            return True
        time.sleep(1)
    return False


def mails(folder):
    """Subject and text of every message sent so far."""
    for file in folder.glob("*"):
        for part in file.read_bytes().split(b"-" * 79):
            mail = message_from_bytes(part.strip(), policy=policy.default)
            if mail["Subject"]:
                yield f"{mail['Subject']} {mail.get_body().get_content()}"


def test_6_anybody_verifies_it(person, portal, tmp_path):
    visitor = person()
    page = visitor.page
    visitor.go("/verify/")
    visitor.look("verify-empty")
    code = STORY["scan"].rstrip("/").rsplit("/", 1)[1]
    page.fill("[name=number]", STORY["number"])
    page.fill("[name=code]", f" {code[:4]}-{code[4:8].lower()}-{code[8:]} ")
    page.locator("form:has([name=code]) button").first.click()
    assert "有效" in page.inner_text("main")
    visitor.look("verify-valid")
    visitor.go(STORY["scan"])
    assert PROJECT in page.inner_text("main")
    good = tmp_path / "good.pdf"
    good.write_bytes(STORY["bytes"])
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(STORY["bytes"] + b"\n% added\n")
    for file, words, name in (
        (good, "签名有效", "file-valid"),
        (altered, "请勿采信", "file-altered"),
    ):
        visitor.go("/verify/")
        page.set_input_files("[name=file]", file)
        page.locator("form:has([name=file]) button").first.click()
        page.wait_for_selector(f"text={words}")
        visitor.look(f"verify-{name}")
    assert portal.manage("verify_certificate", good).returncode == 0
    assert portal.manage("verify_certificate", altered).returncode == 1
    none = tmp_path / "none.pdf"
    none.write_bytes(b"not a pdf")
    assert portal.manage("verify_certificate", none).returncode == 2
    visitor.go("/verify/?number=2020330101000001&code=AAAABBBBCCCC")
    assert "查无此证明" in page.inner_text("main")
    visitor.look("verify-unknown")


def test_7_emergency_ends_and_the_paper_comes_in(person, portal):
    torch = person("torch")
    page = torch.page
    torch.go("/admin/papers/emergency/")
    torch.look("emergencies")
    torch.go("/admin/papers/emergency/1/end/")
    page.fill("[name=ended_on]", "2020-03-02")
    page.locator("#content-main form[method=get] button").click()
    page.wait_for_selector("#content-main form[method=post]")
    torch.look("emergency-end")
    page.fill("#content-main form[method=post] [name=reason]", "联防联控机制公告")
    page.locator("#content-main form[method=post] button").first.click()
    page.wait_for_load_state()
    torch.look("emergency-end-proposed")
    assert page.locator("button[value=confirm]").count() == 0
    proposal = page.url.removeprefix(portal.url)
    keeper = person("operator")
    keeper.go(proposal)
    keeper.look("emergency-end-to-confirm")
    keeper.page.click("button[value=confirm]")
    keeper.page.wait_for_load_state()
    someone = person("enterprise")
    someone.go(f"/contracts/{STORY['draft']}/")
    text = someone.page.inner_text("main")
    due = re.search(r"2020年4月\d+日", text)
    assert due, text
    someone.look("status-paper-due")
    day = datetime.datetime.strptime(due.group(), "%Y年%m月%d日").replace(tzinfo=datetime.UTC)
    eve = day - datetime.timedelta(days=3)
    for _twice in range(2):
        remind(portal, eve)
    assert wait_for_mail(portal, due.group()) or wait_for_mail(portal, f"{day:%Y-%m-%d}")
    examiner = person("examiner")
    examiner.go("/admin/papers/paper/")
    examiner.look("paper-ledger")
    examiner.page.click(f"tr:has-text('{STORY['filing']}') a")
    examiner.page.wait_for_load_state()
    examiner.look("paper")
    examiner.page.click("form[action*='/receive/'] button")
    examiner.page.wait_for_load_state()
    someone.go(f"/contracts/{STORY['draft']}/")
    text = someone.page.inner_text("main")
    assert "已收到纸质文本" in text
    assert "前送交" not in text
    someone.look("status-paper-received")
    checked = portal.manage("check_consistency")
    assert checked.returncode == 0, checked.stdout


def remind(portal, day):
    """What beat starts every morning, on a given day."""
    offset = int((day - datetime.datetime.now(datetime.UTC)).total_seconds())
    script = "from torch_portal.papers.tasks import remind; print(remind())"
    done = portal.manage("shell", "-v0", "-c", script, PORTAL_CLOCK_OFFSET=str(offset))
    assert done.returncode == 0, done.stderr


def test_8_in_english_too(person):
    visitor = person(locale="en-GB")
    for path, name in (("/", "home"), ("/contracts/", "guide"), ("/verify/", "verify")):
        visitor.go(path)
        assert not re.search("[\u4e00-\u9fff]{12,}", visitor.page.inner_text("h1"))
        visitor.look(f"english-{name}")
