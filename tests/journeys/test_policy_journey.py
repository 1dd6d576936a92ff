"""Real Chromium finds nothing on any kind of page that the content policy forbids."""

import re

import pytest

pytestmark = pytest.mark.journey

PUBLIC = ("/", "/contracts/", "/verify/", "/notices/", "/hotlines/", "/accounts/login/")
WALKS = {
    "enterprise": "/desk/",
    "examiner": "/admin/",
    "official": "/admin/",
    "operator": "/admin/",
}
STAY = re.compile(
    r"logout|/files/\d+/|setlang|\.pdf|/export|/metrics|/api/|/certificate/$|/imports/(template|drafts)/"
)
MOST = 40
SETTLE = 150  # milliseconds in which the scripts of the page do their first work


def test_policy_forbids_nothing_on_public_pages(person):
    someone = person()
    for path in PUBLIC:
        answer = someone.page.goto(someone.portal.url + path)
        assert "unsafe" not in answer.headers["content-security-policy"]
        someone.page.wait_for_timeout(SETTLE)


@pytest.mark.parametrize("name", WALKS)
def test_policy_forbids_nothing_on_the_pages_of(person, name):
    """Every page that one comes to by two steps from where one begins."""
    someone = person(name)
    seen, waiting = set(), [(WALKS[name], 0)]
    while waiting and len(seen) < MOST:
        path, steps = waiting.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        someone.go(path)
        someone.page.wait_for_timeout(SETTLE)
        if steps < 2:
            waiting += [(link, steps + 1) for link in links(someone.page)]
    assert len(seen) > 5


def shape(path):
    """Pages of one kind count once, whatever filing they show."""
    return re.sub(r"\d+", "N", path.partition("?")[0])


def links(page):
    """Addresses of our own pages that this one leads to."""
    found = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
    return [link for link in found if not STAY.search(link)]
