"""Every rule has a clause and worked examples on both sides; editions follow without gap."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest

from contracts import editions
from contracts.rules import RULES
from tests.architecture.tree import ROOT
from torch_portal.common.findings import Level

VECTORS = json.loads((ROOT / "tests/contracts/vectors.json").read_text(encoding="utf-8"))
CASES = [*VECTORS["cases"], *VECTORS["decisions"]]
CODES = sorted({rule.code for rule in RULES})
# A document number 〔year〕n号, a named law with its article, a standard, or a named official text.
CITES = re.compile(
    r"〔\d{4}〕\d+号|第[一二三四五六七八九十百零〇、]+[条项]|GB[/ T]*\d+|说明|指南|问答|流程"
)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.code}-{r.function.__name__}")
def test_rule_has_a_clause_and_a_sentence(rule):
    assert re.fullmatch(r"V[HS]-\d\d", rule.code)
    assert CITES.search(rule.clause), rule.clause
    assert str(rule.sentence).endswith(".")
    assert rule.level is (Level.BLOCK if rule.code.startswith("VH") else Level.WARN)


@pytest.mark.parametrize("code", CODES)
def test_rule_has_a_passing_and_a_failing_vector(code):
    assert any(code in case.get("fails", ()) for case in CASES)
    assert any(code in case.get("passes", ()) for case in CASES)


def test_vectors_speak_of_known_rules_and_once():
    named = {code for case in CASES for code in (*case.get("fails", ()), *case.get("passes", ()))}
    assert named <= set(CODES)
    doubled = [name for name, times in Counter(case["id"] for case in CASES).items() if times > 1]
    assert doubled == []


def test_rules_are_numbered_without_gap():
    for prefix, first in (("VH", 0), ("VS", 1)):
        numbers = sorted({int(c[3:]) for c in CODES if c.startswith(prefix)})
        assert numbers == list(range(first, first + len(numbers)))


def test_editions_follow_each_other_without_gap():
    rows = editions.EDITIONS
    assert all(one.ends == next_.starts for one, next_ in pairwise(rows))
    assert all(e.ends is None or e.starts < e.ends for e in rows)
    assert rows[-1].ends is None
    assert len({e.code for e in rows}) == len(rows)


def test_editions_cite_their_source_and_say_what_is_not_confirmed():
    assert all(re.search(r"[一-龥]", e.source) for e in editions.EDITIONS)
    assert all(bool(e.unconfirmed) != e.confirmed for e in editions.EDITIONS)


def test_overlays_of_a_place_do_not_overlap():
    rows = editions.OVERLAYS
    clashes = [
        (a.holds_in, b.since)
        for i, a in enumerate(rows)
        for b in rows[i + 1 :]
        if a.holds_in == b.holds_in
        and (a.until is None or b.since < a.until)
        and (b.until is None or a.since < b.until)
    ]
    assert clashes == []
    assert all(CITES.search(o.limit.clause) for o in rows)
