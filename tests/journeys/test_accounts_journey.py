"""A new enterprise at the portal: registered, a colleague asked in, a second factor set up."""

import re
import time
from email import message_from_bytes, policy

import pytest

from tests.torch_portal.accounts.signing import GOOD, code_of

pytestmark = pytest.mark.journey
FIRM = "91330108MA2CABCD9M"


def letters(portal):
    """All letters so far, oldest first, as text."""
    files = sorted((portal.folder / "mail").glob("*"), key=lambda p: p.stat().st_mtime)
    read = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in files]
    return [letter.get_content() for letter in read]


def link(portal, pattern):
    """The newest link of this kind; a letter takes a moment."""
    for _second in range(20):
        found = re.findall(rf"/accounts/{pattern}\S+", "\n".join(letters(portal)))
        if found:
            return found[-1]
        time.sleep(1)
    return pytest.fail(f"no letter with {pattern}")


def test_1_enterprise_registers(person, portal):
    someone = person()
    page = someone.page
    someone.go("/accounts/login/")
    someone.look("sign-in")
    page.click("main >> text=注册")
    typed = {
        "credit_code": FIRM,
        "enterprise_name": "杭州新启科技有限公司",
        "division": "330108",
        "full_name": "钱新启",
        "email": "qian@xinqi.example",
        "username": "qianxq",
        "password1": "short",
        "password2": "short",
    }
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.click("main form.sheet button[type=submit]")
    someone.look("registration-with-errors")
    for name, value in (typed | {"password1": GOOD, "password2": GOOD}).items():
        page.fill(f"[name={name}]", value)
    page.click("main form.sheet button[type=submit]")
    page.wait_for_url("**/confirm-email/")
    someone.look("look-into-the-mailbox")
    someone.go(link(portal, "confirm-email/"))
    someone.look("confirm-address")
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "confirm-email" not in url)
    if "/login" in page.url:
        page.fill("[name=username]", "qianxq")
        page.fill("[name=password]", GOOD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/desk/")
    someone.go("/accounts/")
    someone.look("my-account")
    page.click("text=同事")
    page.fill("[name=email]", "sun@xinqi.example")
    page.click("main form.sheet button:has-text('发送邀请')")
    page.wait_for_selector("text=邀请已发往")
    someone.look("colleagues")


def test_2_colleague_comes_in(person, portal):
    someone = person(locale="en")
    page = someone.page
    someone.go(link(portal, "invited/"))
    someone.look("invitation")
    typed = {"full_name": "孙同", "username": "suntong", "password1": GOOD, "password2": GOOD}
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.click("main form button:has-text('Make the account')")
    page.wait_for_url("**/desk/")
    someone.go("/accounts/factor/")
    someone.look("second-factor")
    page.click("main >> text=Set up the app")
    someone.look("set-up-the-app")
    secret = page.inner_text("code.num")
    page.fill("[name=code]", code_of(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_selector(".codes")
    someone.look("recovery-codes")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.click("header button:has-text('Sign out')")
    someone.go("/accounts/login/")
    page.fill("[name=username]", "sun@xinqi.example")
    page.fill("[name=password]", GOOD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/factor/sign-in/")
    someone.look("second-factor-asked")
    page.fill("[name=code]", codes[0])
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/desk/")
    for path in ("sessions", "password/change", "email", "factor/keys/add"):
        someone.go(f"/accounts/{path}/")
        someone.look(path.replace("/", "-"))


def test_3_operator_reads_the_record(person):
    someone = person("operator")
    someone.go("/admin/accounts/accountevent/")
    someone.look("record-of-accounts")
    assert "注册企业" in someone.page.inner_text("body")
