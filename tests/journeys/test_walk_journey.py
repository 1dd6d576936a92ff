"""Every kind of page in real Chromium, in English: nothing that the content policy forbids, no
words in Chinese besides what people and offices wrote, nothing wider than a phone.
"""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hitech_cert.editions import FIELDS

pytestmark = pytest.mark.journey

PUBLIC = ("/", "/contracts/", "/verify/", "/notices/", "/hotlines/", "/accounts/login/")
WALKS = {
    "enterprise": "/desk/",
    "examiner": "/admin/",
    "official": "/admin/",
    "operator": "/admin/",
}
STAY = re.compile(
    r"logout|/files/\d+/|setlang|\.pdf|/export|/metrics|/api/|/certificate/(\?|$)|/documents/\d+/|/issued/\d+/|/imports/(template|drafts)/"
)
MOST = 40
SETTLE = 150  # milliseconds in which the scripts of the page do their first work
READ = {}  # what stood on each page
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
CATALOGUE = Path(__file__).resolve().parents[2] / "locale/zh_Hans/LC_MESSAGES/django.po"
# Text nodes that a reader sees; citations keep the official names of what they cite.
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const at = walker.currentNode;
    const hidden = at.parentElement.closest('script, style, template, cite, [lang="zh-CN"]');
    if (!hidden) found.push(at.data);
  }
  return found;
}"""
# What is written anywhere in the database, line by line, with the values inside JSON.
WRITTEN = """
import json

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

kinds = (models.CharField, models.TextField, models.JSONField)
found = set()


def keep(value):
    if isinstance(value, str):
        found.update([value, *value.splitlines()])
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            keep(one)


for model in apps.get_models():
    columns = [f.attname for f in model._meta.concrete_fields if isinstance(f, kinds)]
    for row in model._base_manager.values_list(*columns) if columns else ():
        keep(list(row))
found.update(user.get_full_name() for user in get_user_model().objects.all())
print(json.dumps([v for v in found if any("\\u4e00" <= c <= "\\u9fff" for c in v)]))
"""


def test_policy_forbids_nothing_on_public_pages(person):
    someone = person()
    for path in PUBLIC:
        answer = someone.page.goto(someone.portal.url + path)
        assert "unsafe" not in answer.headers["content-security-policy"]
        someone.page.wait_for_timeout(SETTLE)


@pytest.mark.parametrize("name", WALKS)
def test_pages_of(person, name):
    """Every page that one comes to by two steps from where one begins."""
    someone = person(name, locale="en-GB")
    seen, waiting, wide = set(), [(WALKS[name], 0)], {}
    while waiting and len(seen) < MOST:
        path, steps = waiting.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        someone.go(path)
        someone.page.wait_for_timeout(SETTLE)
        READ[f"{name} {path}"] = someone.page.evaluate(TEXTS)
        if (pixels := someone.width_on_a_phone(f"english-{name}")) > 390:
            wide[path] = pixels
        if steps < 2:
            waiting += [(link, steps + 1) for link in links(someone.page)]
    assert len(seen) > 5
    assert wide == {}


def test_words_of_the_pages_are_english(portal):
    """Chinese is what people and offices wrote, and what the English quotes: titles of the law."""
    written = set(portal.shell(WRITTEN))
    with CATALOGUE.open("rb") as file:
        known = [(str(m.id), str(m.string)) for m in read_po(file) if m.id]
    ours = {chinese for _english, chinese in known if CHINESE.search(chinese)} - written
    quoted = [*(english for english, _chinese in known), *(f.name for f in FIELDS.values())]
    allowed = "\n".join([*written, *quoted, "简体中文"])
    found = {}
    for page, texts in READ.items():
        plain = [" ".join(text.split()) for text in texts]
        strange = {run for text in plain for run in CHINESE.findall(text) if run not in allowed}
        strange |= ours.intersection(plain)
        if strange:
            found[page] = sorted(strange)
    assert len(READ) > 60
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def shape(path):
    """Pages of one kind count once, whatever filing they show."""
    return re.sub(r"\d+", "N", path.partition("?")[0])


def links(page):
    """Addresses of our own pages that this one leads to."""
    found = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
    return [link for link in found if not STAY.search(link)]
