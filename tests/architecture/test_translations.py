"""Every sentence of the portal has its Chinese, with the same placeholders and none in doubt."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from tests.architecture.tree import CATALOGUE, PACKAGES, ROOT, catalogue

NAMED = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
# Keywords of a page are separated by plain commas.
READ_BY_MACHINES = {"technology contract, registration, certificate"}
HAN = r"[\u4e00-\u9fff]"
HALF_WIDTH = re.compile(rf"{HAN}[,;:?!]|[,;:?!]{HAN}|{HAN}\.$")


def messages():
    """The committed messages without the head."""
    return [message for message in catalogue() if message.id]


def texts(strings):
    """One or several forms of a message as a list."""
    return list(strings) if isinstance(strings, list | tuple) else [strings]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """The messages that stand in the sources today, collected into a copy of the tree."""
    copy = tmp_path_factory.mktemp("tree")
    for name in (*PACKAGES, "templates", "locale"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    command = [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "--no-obsolete"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "torch_portal.settings"}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    with (copy / CATALOGUE.relative_to(ROOT)).open("rb") as stream:
        return read_po(stream, locale="zh_Hans")


def key(message):
    """A message by its words and context."""
    return message.context, texts(message.id)[0]


def test_translations_are_complete(extracted):
    known = {key(m) for m in messages() if all(texts(m.string))}
    missing = [key(m)[1] for m in extracted if m.id and key(m) not in known]
    assert missing == []


def test_translations_hold_nothing_that_is_gone(extracted):
    wanted = {key(m) for m in extracted}
    assert [key(m)[1] for m in messages() if key(m) not in wanted] == []
    assert len(catalogue().obsolete) == 0


def test_catalogue_has_one_form_for_any_number():
    assert catalogue().num_plurals == 1
    assert [m.id for m in messages() if isinstance(m.id, tuple) and len(texts(m.string)) != 1] == []


def test_translations_are_not_in_doubt():
    assert [m.id for m in messages() if m.fuzzy] == []


def test_translations_keep_the_placeholders():
    wrong = [
        m.id
        for m in messages()
        for chinese in texts(m.string)
        if chinese
        if set(NAMED.findall(chinese)) != set().union(*(NAMED.findall(t) for t in texts(m.id)))
    ]
    assert wrong == []


def test_messages_name_their_placeholders():
    bare = re.compile(r"(?<!%)%[sd]|\{\}")
    assert [m.id for m in messages() for text in texts(m.id) if bare.search(text)] == []


def test_translations_use_full_width_punctuation():
    odd = [
        chinese
        for m in messages()
        for chinese in texts(m.string)
        if HALF_WIDTH.search(chinese) and m.id not in READ_BY_MACHINES
    ]
    assert odd == []


def test_translations_are_chinese():
    """A message may stay as it is only when it has no words (codes, units, names)."""
    words = re.compile(r"[a-z]{3}")
    plain = [
        m.id
        for m in messages()
        for chinese in texts(m.string)
        if chinese and not re.search(HAN, chinese) and words.search(NAMED.sub("", texts(m.id)[0]))
    ]
    assert plain == []
